"""The worked cases of tests/cases, read once."""

from datetime import date
from pathlib import Path

from law import determine
from law.facts import read_facts
from law.reading import read_yaml

FOLDER = Path(__file__).parent.parent / "cases"


def _read(path):
    return read_yaml(path.read_text(encoding="utf-8"), name=path.name).data


BASES = _read(FOLDER / "bases.yaml")
CASES = {
    f"{path.stem}: {case['case']}": case
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.name != "bases.yaml"
    for case in _read(path)
}


def facts_of(catalogue, case):
    return read_facts(catalogue, BASES.get(case.get("base"), {}) | case["facts"])


def day_of(case):
    return date.fromisoformat(case["as_of"])


def result_of(catalogue, case):
    facts, on = facts_of(catalogue, case), day_of(case)
    return determine(catalogue, facts, on=on, readings=case.get("readings"))
