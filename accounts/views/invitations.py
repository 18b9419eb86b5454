"""Inviting people: what an organisation's admins do."""

from uuid import UUID

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_of, member_required, require_role
from accounts.forms import InvitationForm, posted
from accounts.links import invitation_link, mail_goes_out
from accounts.models import Invitation, Role
from accounts.services import (
    InvitationUsedError,
    invite,
    send_again,
    withdraw_invitation,
)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def invitation_create(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    require_role(member, Role.ADMIN)
    start = {"email": request.GET.get("email", ""), "language": get_language()}
    form = InvitationForm(posted(request), initial=start)
    if request.method == "POST" and form.is_valid():
        invitation = _invited(request, form)
        if invitation:
            _tell_how_it_went(request, invitation)
            return _back_to_people()
    page = {"form": form, "days": Invitation.VALID_FOR.days}
    return render(request, "accounts/invitation_create.html", page)


def _invited(request: HttpRequest, form: InvitationForm) -> Invitation | None:
    if not consume(request, action="invite"):
        form.add_error(None, _("You invited many people just now. Go on in an hour."))
        return None
    member = member_of(request)
    try:
        return invite(organisation=member.organisation, by=member.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("email", error)
        return None


@require_POST
@member_required
def invitation_send_again(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    invitation = _of_my_organisation(request, invitation_id)
    if not consume(request, action="invite_again", key=str(invitation.pk)):
        messages.error(request, _("Three mails an hour are enough for one person. Wait a little."))
        return _back_to_people()
    try:
        _tell_how_it_went(request, send_again(invitation=invitation, by=member_of(request).user))
    except InvitationUsedError:
        messages.info(request, _("This invitation was accepted or withdrawn in the meantime."))
    return _back_to_people()


@require_POST
@member_required
def invitation_withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    invitation = _of_my_organisation(request, invitation_id)
    try:
        withdraw_invitation(invitation=invitation, by=member_of(request).user)
    except InvitationUsedError:
        messages.info(request, _("This invitation was accepted or withdrawn in the meantime."))
    else:
        words = _("The invitation of %(email)s is withdrawn; its link no longer works.")
        messages.success(request, words % {"email": invitation.email})
    return _back_to_people()


def _of_my_organisation(request: HttpRequest, invitation_id: UUID) -> Invitation:
    """404 for an invitation of others, then 403 for a colleague who is no admin."""
    member = member_of(request)
    found = get_object_or_404(Invitation.objects.visible_to(member), pk=invitation_id)
    require_role(member, Role.ADMIN)
    return found


def _back_to_people() -> HttpResponse:
    return HttpResponseRedirect(reverse("accounts:member-list"))


def _tell_how_it_went(request: HttpRequest, invitation: Invitation) -> None:
    words = {"email": invitation.email, "link": invitation_link(invitation)}
    if not mail_goes_out():
        shown = _("This installation sends no mail. Give %(email)s this link: %(link)s")
        messages.info(request, shown % words)
    elif invitation.mailed_at:
        messages.success(request, _("The invitation is on its way to %(email)s.") % words)
    else:
        failed = _("The mail to %(email)s could not be sent. Try “Send again” in a few minutes.")
        messages.warning(request, failed % words)
