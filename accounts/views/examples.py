from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import enter, member_of, member_required
from accounts.services import open_example, reset_example


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def example(request: HttpRequest) -> HttpResponse:
    """What the example is for; posting opens it."""
    member = member_of(request)
    if request.method == "POST":
        player = open_example(membership=member, on=timezone.localdate())
        enter(request, player)
        return HttpResponseRedirect("/")
    return render(request, "accounts/example.html", {"organisation": member.organisation})


@require_POST
@member_required
def example_reset(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    if not member.organisation.is_example:
        raise PermissionDenied
    reset_example(organisation=member.organisation, by=member.user, on=timezone.localdate())
    messages.success(request, _("The example is as it was at the start."))
    return HttpResponseRedirect("/")
