"""Runs tables of cases: one line for each reason that a check can give."""

from dataclasses import dataclass, field

from models_registry.checks.catalogue import load
from models_registry.checks.results import Strength, Verdict
from models_registry.checks.running import run
from tests.models_registry.checks.making import context

PASS, PARTIAL, FAIL = Verdict.PASS, Verdict.PARTIAL, Verdict.FAIL
NOT_CHECKABLE, NOT_APPLICABLE = Verdict.NOT_CHECKABLE, Verdict.NOT_APPLICABLE
OPEN = {"access": "open_weights"}
CLOSED = {"access": "api_only"}


@dataclass(frozen=True)
class Case:
    check: str
    verdict: Verdict
    reason: str
    files: dict = field(default_factory=dict)
    claims: dict = field(default_factory=dict)

    def __str__(self):
        return f"{self.check}-{self.reason}"


def result(case, groups):
    found = {each.check: each for each in run(context(case.files, **case.claims), groups)}
    return found[case.check]


def judge(case, groups):
    """The verdict and reason are those of the case, and what goes with them is in order."""
    found = result(case, groups)
    assert (found.verdict, found.reason) == (case.verdict, case.reason), found
    entry = load().checks[found.check]
    assert found.strength <= entry.strongest
    for language in ("en", "de"):
        told = load().reason(found, language)
        assert "{" not in told
        assert "term:" not in told
    for proof in found.proofs:
        assert len(proof.quote) <= 300
        assert proof.path in case.files
    if found.verdict in (PASS, PARTIAL):
        assert found.strength >= Strength.ASSERTED
    return found


def untold(cases, letter):
    """The reasons of a group in the catalogue that no case gives."""
    given = {(case.check, case.reason) for case in cases}
    return {
        (entry.id, reason)
        for entry in load().checks.values()
        for reason in entry.reasons
        if entry.id.startswith(letter) and (entry.id, reason) not in given
    }
