"""What an invited person meets behind the link."""

from typing import Any, cast

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.access import enter
from accounts.forms import JoinForm, posted
from accounts.links import invitation_behind
from accounts.models import Invitation, Membership, User
from accounts.selectors import guest_of, obstacle_to
from accounts.services import InvitationUsedError, accept_invitation


@never_cache
@sensitive_post_parameters("password1", "password2")
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    behind = invitation_behind(token)
    if behind is None:
        return _closed(request, "unknown", 404)
    invitation, is_latest = behind
    if why := obstacle_to(invitation, is_latest=is_latest, now=timezone.now()):
        return _closed(request, why, 410, invitation)
    guest = guest_of(invitation)
    if guest and not guest.is_active:
        return _closed(request, "closed", 403)
    if request.user.is_authenticated:
        return _as_whoever_is_signed_in(request, invitation)
    if guest and guest.has_usable_password():
        return render(request, "accounts/invitation_sign_in.html", {"invitation": invitation})
    return _as_newcomer(request, invitation)


def _as_whoever_is_signed_in(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    user = cast(User, request.user)
    if user.email != invitation.email:
        page = {"invitation": invitation}
        return render(request, "accounts/invitation_wrong_person.html", page, status=403)
    if request.method != "POST":
        return render(request, "accounts/invitation_join.html", {"invitation": invitation})
    return _accepted(request, invitation, {"by": user})


def _as_newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = JoinForm(posted(request), email=invitation.email)
    if request.method == "POST":
        if not consume(request, action="accept_invitation"):
            return render(request, "429.html", status=429)
        if form.is_valid():
            chosen = {"name": form.cleaned_data["name"], "password": form.cleaned_data["password1"]}
            chosen["language"] = (get_language() or "en")[:2]
            return _accepted(request, invitation, chosen)
    page = {"invitation": invitation, "form": form}
    return render(request, "accounts/invitation_newcomer.html", page)


def _accepted(request: HttpRequest, invitation: Invitation, who: dict[str, Any]) -> HttpResponse:
    try:
        membership = accept_invitation(invitation=invitation, **who)
    except InvitationUsedError:
        return _closed(request, "used", 410, invitation)
    except ValidationError:
        return _closed(request, "member", 410, invitation)
    _welcome(request, membership)
    return HttpResponseRedirect("/")


def _welcome(request: HttpRequest, membership: Membership) -> None:
    if not request.user.is_authenticated:
        login(request, membership.user)
    enter(request, membership)
    words = _("Welcome. You now work for %(organisation)s.")
    messages.success(request, words % {"organisation": membership.organisation})


def _closed(
    request: HttpRequest, why: str, status: int, invitation: Invitation | None = None
) -> HttpResponse:
    page = {"why": why, "invitation": invitation}
    return render(request, "accounts/invitation_closed.html", page, status=status)
