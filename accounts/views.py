from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as set_language_cookie

from accounts.access import choose_membership, current_membership, memberships_of
from accounts.services import set_language


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_choose(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        choose_membership(request, request.POST.get("organisation", ""))
        return HttpResponseRedirect(next_page(request, request.POST.get("next", "")))
    page = {
        "memberships": memberships_of(request),
        "chosen": current_membership(request),
        "next": next_page(request, request.GET.get("next", "")),
    }
    return render(request, "accounts/organisation_choose.html", page)


@login_not_required
@require_POST
def language_set(request: HttpRequest) -> HttpResponseBase:
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        set_language(user=request.user, language=language)
    return set_language_cookie(request)


def next_page(request: HttpRequest, wanted: str) -> str:
    """Where to go on, if that is a page of ours."""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else settings.LOGIN_REDIRECT_URL
