from datetime import date
from pathlib import Path

from assessments.law_in_use import catalogue
from assessments.models import Assessment
from assessments.services import start_assessment
from assessments.use_file import read_use_file
from models_registry.models import SystemModel
from tests.models_registry.factories import (
    AIModelFactory,
    AISystemFactory,
    SupplierFactory,
    UseCaseFactory,
)

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DAY = date(2026, 11, 23)


def described(example="recruitment"):
    """One of the uses in examples/, as its file describes it."""
    return read_use_file(EXAMPLES / f"{example}.yaml", catalogue())


def an_assessment(member, answers=None, *, as_of=DAY, **use):
    """A draft of a new use in the member's organisation, started by her."""
    use_case = UseCaseFactory(organisation=member.organisation, **use)
    return start_assessment(use_case=use_case, as_of=as_of, by=member.user, answers=answers)


def a_full_assessment(member, example="recruitment", **use):
    """A draft with every answer of an example, so that it has a class, duties and findings."""
    return an_assessment(member, described(example).answers, **use)


def register_rows(member, count, name="Use number {:03}", **summary):
    """Many uses for lists, each with system, supplier, model and provider of its own."""
    own = {"organisation": member.organisation}
    summary = {"headline": "minimal", "at_best": "minimal", "at_worst": "minimal"} | summary
    rows = []
    for number in range(count):
        supplier = SupplierFactory(**own)
        system = AISystemFactory(**own, supplier=supplier)
        model = AIModelFactory(**own, provider=supplier)
        SystemModel.objects.create(**own, system=system, model=model)
        use_case = UseCaseFactory(**own, system=system, name=name.format(number))
        rows.append(Assessment(**own, use_case=use_case, as_of=DAY, gpai="none", **summary))
    return Assessment.objects.bulk_create(rows)
