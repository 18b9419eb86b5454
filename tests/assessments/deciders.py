"""Two approvers who sign at the same moment, while the author still changes an answer."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import IntegrityError, connection  # noqa: E402

from accounts.models import Role  # noqa: E402
from assessments.freezing import latest_submission, thawed  # noqa: E402
from assessments.models import Assessment, Decision  # noqa: E402
from assessments.services import (  # noqa: E402
    FrozenError,
    StaleError,
    save_answers,
    submit_for_review,
)
from tests.accounts.factories import MembershipFactory, OrganisationFactory  # noqa: E402
from tests.assessments.reviews import a_draft, in_review, sign  # noqa: E402

ROUNDS = 8
REFUSALS = (ValidationError, FrozenError, StaleError, IntegrityError)


def at_once(*deeds):
    """What came of each deed, all of them begun together."""
    barrier = Barrier(len(deeds))

    def do(deed):
        barrier.wait()
        try:
            deed()
        except REFUSALS as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(do, deeds))


def main():
    call_command("migrate", verbosity=0)
    home = OrganisationFactory()
    ana = MembershipFactory(organisation=home, roles=[Role.OFFICER])
    approvers = [MembershipFactory(organisation=home, roles=[Role.APPROVER]) for _ in range(2)]
    for _round in range(ROUNDS):
        assessment = in_review(ana)
        rejected = {"outcome": "rejected", "reason": "No."}
        outcomes = at_once(
            lambda a=assessment: sign(a, approvers[0]),
            lambda a=assessment, r=rejected: sign(a, approvers[1], **r),
            lambda a=assessment: answer(a, ana),
        )
        assert sorted(outcomes)[-1] == "done", outcomes
        assert outcomes.count("done") == 1, outcomes
        assert outcomes[2] != "done", outcomes
        assert Decision.objects.filter(assessment=assessment).count() == 1
    sys.stdout.write(f"{Assessment.objects.filter(state='decided').count()} decided once\n")
    for _round in range(ROUNDS):
        hand_in_against_an_answer(ana)
    sys.stdout.write(f"{ROUNDS} handed in as they stood\n")


def hand_in_against_an_answer(ana):
    """What is handed in is what is kept: no answer slips in behind it."""
    draft = a_draft(ana)
    at_once(
        lambda: submit_for_review(assessment=draft, by=ana, revision=draft.revision),
        lambda: answer(Assessment.objects.get(pk=draft.pk), ana),
    )
    draft = Assessment.objects.get(pk=draft.pk)
    if draft.state == "in_review":
        frozen = thawed(latest_submission(draft))["answers"]
        kept = dict(draft.answers.values_list("question_id", "value"))
        assert {row["question"]: row["value"] for row in frozen} == kept


def answer(assessment, by):
    save_answers(
        assessment=assessment,
        revision=assessment.revision,
        answers={"use_areas": ["education"]},
        by=by.user,
    )


if __name__ == "__main__":
    main()
