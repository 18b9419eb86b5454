"""What members own, so that it can be given to a colleague when they leave.

Each app names its kinds in settings.BELONGINGS, because this one may not import those above it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import ngettext

from accounts.models import Invitation, Membership

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Belongings:
    """One kind of thing: what it is called, whose it is, and how it changes hands."""

    name: str
    in_words: Callable[[int], str]
    owned_by: Callable[[Membership], Rows]
    give: Callable[[Rows, Membership], int]


def kinds_of_belongings() -> list[Belongings]:
    return [import_string(path) for path in settings.BELONGINGS]


def belongings_of(member: Membership) -> list[str]:
    """What the member owns, a phrase for each kind of which there is something."""
    counts = [(kind, kind.owned_by(member).count()) for kind in kinds_of_belongings()]
    return [kind.in_words(count) for kind, count in counts if count]


def _pending_invitations(member: Membership) -> Rows:
    sent = Invitation.objects.pending().filter(organisation=member.organisation_id)
    return sent.filter(invited_by=member.user_id)


def _invitations(count: int) -> str:
    words = ngettext("%(n)d pending invitation", "%(n)d pending invitations", count)
    return words % {"n": count}


INVITATIONS = Belongings(
    name="invitations",
    in_words=_invitations,
    owned_by=_pending_invitations,
    give=lambda rows, heir: rows.update(invited_by=heir.user_id),
)
