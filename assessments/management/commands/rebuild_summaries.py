from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from assessments.models import Assessment
from assessments.services import rebuild_summary

BATCH = 500


class Command(BaseCommand):
    help = (
        "Determines every open assessment anew, as after a change of the law; decided ones stay. "
        "It can be stopped and started again at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        seen = changed = 0
        for assessment_id in _open_assessments():
            seen += 1
            changed += rebuild_summary(assessment_id=assessment_id, by=None)
            if seen % BATCH == 0:
                self.stderr.write(f"{seen} looked at, {changed} changed ...")
        self.stdout.write(f"{seen} open assessments looked at, {changed} changed.")


def _open_assessments() -> Iterator[UUID]:
    """Their ids in batches, so that neither memory nor a transaction grows with the register."""
    rows = Assessment.objects.filter(state__in=Assessment.OPEN_STATES).order_by("pk")
    batch = list(rows.values_list("pk", flat=True)[:BATCH])
    while batch:
        yield from batch
        batch = list(rows.filter(pk__gt=batch[-1]).values_list("pk", flat=True)[:BATCH])
