from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User


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
