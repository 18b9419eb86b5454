"""What signing in says where allauth would say it in another voice."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# What the validators of settings.py ask for, in one breath.
PASSWORD_HINT = _(
    "At least 12 characters. No common password, not only digits, and nothing like your name."
)

# By the names that allauth's adapter gives them.
ERRORS = {
    "account_inactive": _("This account is closed."),
    "cannot_remove_primary_email": _("You sign in with this address, so it cannot be removed."),
    "duplicate_email": _("This is your address already."),
    "email_password_mismatch": _("E-mail address and password do not fit together."),
    "email_taken": _("This address belongs to another account. Choose another one."),
    "enter_current_password": _("This is not your current password."),
    "incorrect_password": _("This is not your password."),
    "invalid_or_expired_key": _("This link no longer works. Ask for a new one."),
    "invalid_password_reset": _("This link no longer works. Ask for a new one."),
    "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
    "unknown_email": _("No account has this address."),
    "unverified_primary_email": _("Confirm your e-mail address first."),
    "same_as_current": _("Choose another value than the present one."),
    "rate_limited": _("Too many requests. Wait a few minutes, then try again."),
}

# Said by forms and checks that are not ours, whose German is stiff or says "du".
SAID_BY_OTHERS = (
    gettext_noop("You must type the same password each time."),
    gettext_noop("This password is too common."),
    gettext_noop("This password is entirely numeric."),
)
