"""Links that go out by mail, and what comes back through them."""

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import Invitation, User

INVITATION = "accounts.invitation"


def set_password_link(user: User) -> str:
    """The link of allauth's own "forgotten password" mail; it works once and for three days."""
    key = PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    uid = user_pk_to_url_str(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
    return f"{settings.SITE_URL}{path}"


def send_set_password_mail(user: User) -> None:
    with translation.override(user.language):
        page = {"user": user, "link": set_password_link(user), "site": settings.SITE_URL}
        send_mail(
            subject=gettext("Your access to Drawbridge"),
            message=render_to_string("accounts/email/set_password.txt", page),
            from_email=None,
            recipient_list=[user.email],
        )


def invitation_link(invitation: Invitation) -> str:
    """Signed, and bound to the latest mail; the row says whether it is still open."""
    token = signing.dumps([str(invitation.pk), invitation.sends], salt=INVITATION)
    path = reverse("accounts:invitation-accept", kwargs={"token": token})
    return f"{settings.SITE_URL}{path}"


def invitation_behind(token: str) -> tuple[Invitation, bool] | None:
    """The invitation, and whether this is the link of its latest mail; None for a forged link."""
    try:
        key, sends = signing.loads(token, salt=INVITATION)
    except signing.BadSignature:
        return None
    rows = Invitation.objects.select_related("organisation", "invited_by")
    found = rows.filter(pk=key).first()
    return (found, found.sends == sends) if found else None


def send_invitation_mail(invitation: Invitation) -> None:
    with translation.override(invitation.language):
        organisation = invitation.organisation.name
        page = {
            "invitation": invitation,
            "organisation": organisation,
            "link": invitation_link(invitation),
            "site": settings.SITE_URL,
        }
        send_mail(
            subject=gettext("Invitation to %(organisation)s") % {"organisation": organisation},
            message=render_to_string("accounts/email/invitation.txt", page),
            from_email=None,
            recipient_list=[invitation.email],
        )


def mail_goes_out() -> bool:
    """False on a trial installation, which prints its mails instead of sending them."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")
