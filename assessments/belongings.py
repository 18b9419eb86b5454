"""The open work that a leaver hands over; what is decided is history and stays as it is."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext

from accounts.belongings import Belongings
from accounts.models import Membership
from assessments.models import Assessment


def _carried_on_by(member: Membership) -> QuerySet[Any]:
    open_rows = Assessment.objects.in_progress().filter(organisation=member.organisation_id)
    return open_rows.filter(responsible=member.user_id)


def _in_words(count: int) -> str:
    words = ngettext("%(n)d open assessment", "%(n)d open assessments", count)
    return words % {"n": count}


OPEN_WORK = Belongings(
    name="open_assessments",
    in_words=_in_words,
    owned_by=_carried_on_by,
    give=lambda rows, heir: rows.update(responsible=heir.user_id),
)
