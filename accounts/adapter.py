from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.utils import translation

from accounts.models import User
from accounts.services import record_email_change, record_password_change
from accounts.wording import ERRORS


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an organisation's admins; nobody signs up by themselves."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        # In the language the person chose; whoever opens the link may use any browser.
        user = context.get("user")
        with translation.override(user.language if user else translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        super().send_notification_mail(
            template_prefix, user, {**(context or {}), "user": user}, email
        )

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        record_password_change(user=user)

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        # The address may be shared between two requests; the row in the database says what it was.
        before = User.objects.get(pk=email_address.user_id).email
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed and before != email_address.email:
            user = User.objects.get(pk=email_address.user_id)
            record_email_change(user=user, before=before, after=email_address.email)
        return confirmed
