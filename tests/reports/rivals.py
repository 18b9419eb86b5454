"""Run as a process of its own: many workers and many visitors who want the same thing at once."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from accounts.services import create_organisation  # noqa: E402
from assessments.models import Assessment  # noqa: E402
from assessments.services import StaleError, save_answers, start_assessment  # noqa: E402
from models_registry.services import register_system, register_use_case  # noqa: E402
from reports import services  # noqa: E402
from reports.models import Report  # noqa: E402

RIVALS, ROUNDS = 6, 5
DAY = date(2026, 11, 23)


def all_at_once(act):
    """What each rival got; they start together and each closes its connection."""
    ready = threading.Barrier(RIVALS)

    def run(number):
        ready.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(RIVALS) as pool:
        return list(pool.map(run, range(RIVALS)))


def tell(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def main():
    call_command("migrate", verbosity=0)
    services.send_build = lambda report_id: None
    member = create_organisation(name="Muster", admin_email="ana@example.org")
    own = {"organisation": member.organisation, "by": member.user}
    system = register_system(**own, name="Sorter")
    use_case = register_use_case(**own, name="Post", purpose="Sorts.", subject=system)
    assessment = start_assessment(use_case=use_case, as_of=DAY, by=member.user)
    for turn in range(ROUNDS):
        race(assessment.pk, turn, member.user)
    tell("reports", Report.objects.count(), "revision", Assessment.objects.get().revision)


def race(assessment_id, turn, user):
    revision = Assessment.objects.get(pk=assessment_id).revision

    def answer(number):
        assessment = Assessment.objects.get(pk=assessment_id)
        given = {"answers": {"subject_kind": ["system", "model"][number % 2]}, "by": user}
        try:
            save_answers(assessment=assessment, revision=revision, **given)
        except StaleError:
            return "stale"
        return "saved"

    def ask(number):
        assessment = Assessment.objects.get(pk=assessment_id)
        given = {"language": "en", "by": user, "on": DAY}
        return services.request_report(assessment=assessment, **given).pk

    def claim(number):
        return Report.objects.claim(wanted, step=Report.Step.PREPARING) is not None

    tell("answers", sorted(all_at_once(answer)))
    asked = set(all_at_once(ask))
    tell("asked", len(asked))
    (wanted,) = asked
    tell("claims", sum(all_at_once(claim)))


if __name__ == "__main__":
    main()
