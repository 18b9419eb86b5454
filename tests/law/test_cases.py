"""The worked cases of tests/cases: each rule met and narrowly missed, each duty before its day."""

from datetime import date
from pathlib import Path

import pytest

from law import determine, load
from law.facts import read_facts
from law.reading import read_yaml

FOLDER = Path(__file__).parent.parent / "cases"


def _read(path):
    return read_yaml(path.read_text(encoding="utf-8"), name=path.name).data


BASES = _read(FOLDER / "bases.yaml")
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['case']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.name != "bases.yaml"
    for case in _read(path)
]


@pytest.fixture(scope="session")
def catalogue():
    return load()


def _result(catalogue, case):
    answers = BASES.get(case.get("base"), {}) | case["facts"]
    return determine(catalogue, read_facts(catalogue, answers), on=date.fromisoformat(case["as_of"]))


@pytest.mark.parametrize("case", CASES)
def test_the_case_comes_out_as_expected(catalogue, case):
    result = _result(catalogue, case)
    expect = case["expect"]
    outcomes = {o.id: o.truth for o in (*result.outcomes, *result.roles)}
    duties = {duty.id: duty for duty in result.duties}
    if "tier" in expect:
        assert result.headline == expect["tier"]
    if "gpai" in expect:
        assert result.gpai == expect["gpai"]
    for name in expect.get("holds", ()):
        assert outcomes.get(name, False) is True, f"{name} should hold"
    for name in expect.get("not", ()):
        assert name not in outcomes, f"{name} should not hold"
    for name in expect.get("open", ()):
        assert outcomes.get(name, False) is None, f"{name} should be open"
    for name in (*expect.get("duties", ()), *expect.get("not_yet", ())):
        assert name in duties and duties[name].truth is True, f"{name} should apply"
    for name in expect.get("not_duties", ()):
        assert name not in duties, f"{name} should not apply"
    for name in expect.get("not_yet", ()):
        assert not duties[name].bites, f"{name} should not bite yet"
    for name, day in expect.get("days", {}).items():
        found = duties[name].applies_from
        assert (found.isoformat() if found else "after a change") == day
