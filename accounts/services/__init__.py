"""The only writers of organisations and their people: one transaction and one event each."""

from accounts.services.examples import open_example, reset_example
from accounts.services.invitations import (
    AccountClosedError,
    InvitationUsedError,
    WrongPersonError,
    accept_invitation,
    invite,
    send_again,
    withdraw_invitation,
)
from accounts.services.members import add_member, change_roles, hand_over, remove_member
from accounts.services.organisations import (
    ProfileChangedError,
    create_organisation,
    update_organisation,
)
from accounts.services.people import (
    record_email_change,
    record_password_change,
    set_first_password,
    set_language,
    update_profile,
)

__all__ = [
    "AccountClosedError",
    "InvitationUsedError",
    "ProfileChangedError",
    "WrongPersonError",
    "accept_invitation",
    "add_member",
    "change_roles",
    "create_organisation",
    "hand_over",
    "invite",
    "open_example",
    "record_email_change",
    "record_password_change",
    "remove_member",
    "reset_example",
    "send_again",
    "set_first_password",
    "set_language",
    "update_organisation",
    "update_profile",
    "withdraw_invitation",
]
