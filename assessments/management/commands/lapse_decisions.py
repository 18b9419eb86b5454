from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.services import lapse_decisions


class Command(BaseCommand):
    help = (
        "Writes down which decisions have lapsed: past their last day, or signed for another "
        "version of the system or the law data. Pages say so by themselves; the log does not."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{lapse_decisions(on=timezone.localdate())} decisions have lapsed.")
