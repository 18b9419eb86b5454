from datetime import date
from pathlib import Path

from assessments.law_in_use import catalogue
from assessments.services import start_assessment
from assessments.use_file import read_use_file
from tests.models_registry.factories import UseCaseFactory

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DAY = date(2026, 11, 23)


def described(name="recruitment"):
    """One of the uses in examples/, as its file describes it."""
    return read_use_file(EXAMPLES / f"{name}.yaml", catalogue())


def an_assessment(member, answers=None, *, as_of=DAY, **use):
    """A draft of a new use in the member's organisation, started by her."""
    use_case = UseCaseFactory(organisation=member.organisation, **use)
    return start_assessment(use_case=use_case, as_of=as_of, by=member.user, answers=answers)


def a_full_assessment(member, name="recruitment", **use):
    """A draft with every answer of an example, so that it has a class, duties and findings."""
    return an_assessment(member, described(name).answers, **use)
