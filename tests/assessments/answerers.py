"""Colleagues who answer at the same moment: different questions, and one and the same."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from accounts.models import Role  # noqa: E402
from assessments.models import Assessment  # noqa: E402
from assessments.selectors import determination_of  # noqa: E402
from assessments.services import ConflictError, save_answer  # noqa: E402
from tests.accounts.factories import MembershipFactory, OrganisationFactory  # noqa: E402
from tests.assessments.factories import an_assessment  # noqa: E402

GIVEN = {
    "subject_kind": "system",
    "output_basis": "learned",
    "works_with_some_autonomy": True,
    "use_areas": ["employment"],
}
ROUNDS = 5


def at_once(deeds):
    """What came of each deed, all of them begun together."""
    barrier = Barrier(len(deeds))

    def do(deed):
        barrier.wait()
        try:
            deed()
        except ConflictError:
            return "conflict"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(len(deeds)) as threads:
        return sorted(threads.map(do, deeds))


def saving(assessment, by, question_id, value):
    stale = Assessment.objects.get(pk=assessment.pk)
    return lambda: save_answer(
        assessment=stale,
        question_id=question_id,
        version=0,
        value=value,
        note=by.user.email,
        asked=None,
        by=by.user,
    )


def main():
    call_command("migrate", verbosity=0)
    home = OrganisationFactory()
    people = [MembershipFactory(organisation=home, roles=[Role.OFFICER]) for _ in GIVEN]
    for _round in range(ROUNDS):
        assessment = an_assessment(people[0])
        deeds = [
            saving(assessment, by, *given) for by, given in zip(people, GIVEN.items(), strict=True)
        ]
        assert at_once(deeds) == ["saved"] * len(GIVEN)
        assessment.refresh_from_db()
        assert assessment.revision == 1 + len(GIVEN)
        assert dict(assessment.answers.values_list("question_id", "value")) == GIVEN
        assert assessment.headline == determination_of(assessment).determination.headline
        rivals = [saving(assessment, by, "seat", "union") for by in people[:2]]
        assert at_once(rivals) == ["conflict", "saved"]
    sys.stdout.write(f"{ROUNDS} rounds without a lost answer\n")


if __name__ == "__main__":
    main()
