"""Pages around a session that ended while somebody was typing."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import enter, memberships_of
from accounts.keeping import FIELD, fields_typed, in_words, is_from_our_page, keep, kept_for


@never_cache
@login_not_required
@require_safe
def session_state(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and a token for a form that has been open for long; for our own scripts."""
    user = request.user
    person = str(user.pk) if user.is_authenticated else ""
    return JsonResponse({"signed_in": bool(person), "person": person, "csrf": get_token(request)})


def kept_until_sign_in(request: HttpRequest) -> HttpResponseBase | None:
    """To the page for signing in, which leads to what was typed; None where nothing is kept."""
    token = keep(request)
    if token is None:
        return None
    messages.info(
        request,
        _("You were signed out. What you typed is kept for 30 minutes: sign in to see it again."),
    )
    return redirect_to_login(reverse("accounts:kept-post", args=[token]))


@never_cache
@require_safe
def kept_post(request: HttpRequest, token: UUID) -> HttpResponse:
    """What was typed, with a button that sends it; nothing for anybody else."""
    kept = kept_for(request.user, token)
    if kept is None:
        return render(request, "accounts/kept_gone.html", status=404)
    for membership in memberships_of(request):
        if str(membership.organisation_id) == kept.organisation:
            enter(request, membership)
    page = {
        "path": kept.path,
        "opened": kept.opened,
        "fields": [*kept.fields, (FIELD, [str(token)])],
        "typed": in_words(kept.fields),
    }
    return render(request, "accounts/kept_post.html", page)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """For a form without a valid token: what was typed on a page of ours is not lost by that."""
    # Nothing that another site made up may be shown as if the reader had typed it.
    fields = fields_typed(request) if is_from_our_page(request) else None
    if fields is not None and not request.user.is_authenticated:
        answer = kept_until_sign_in(request)
        if answer is not None:
            return answer
    page = {"path": request.get_full_path(), "fields": fields, "typed": in_words(fields or [])}
    return render(request, "403_csrf.html", page, status=403)
