import pytest

from models_registry.checks.intake.refusal import Refused
from models_registry.checks.results import Fact, Result, Strength, Verdict
from models_registry.checks.running import run
from tests.models_registry.checks.making import context


def passes(_):
    fact = Fact("parameters_total", 7, Strength.DOCUMENTED, "A01")
    return Result("A01", Verdict.PASS, "fine", facts=(fact,))


def breaks(_):
    raise LookupError("a fault of ours")


def refuses(_):
    raise Refused("encrypted", name="a.bin")


def loses_its_file(_):
    raise OSError("gone")


def reads_the_fact(run_context):
    found = run_context.fact("parameters_total")
    return Result("A02", Verdict.PASS, str(found.value if found else None))


def results(*checks):
    group = tuple((f"A{number:02}", check) for number, check in enumerate(checks, start=1))
    return run(context({}), (group,))


def test_a_fault_in_one_check_stops_no_other():
    assert [(each.verdict, each.reason) for each in results(breaks, passes)] == [
        (Verdict.ERROR, "fault_of_ours"),
        (Verdict.PASS, "fine"),
    ]


def test_refused_material_is_told_with_its_reason():
    (found,) = results(refuses)
    assert (found.reason, found.values) == ("refused", {"refusal": "encrypted", "name": "a.bin"})


def test_a_file_that_is_gone_is_told():
    assert results(loses_its_file)[0].reason == "unreadable"


def test_later_checks_see_the_facts_of_earlier_ones():
    assert results(passes, reads_the_fact)[1].reason == "7"


def test_what_several_checks_need_is_made_once():
    made = []

    def make(_):
        made.append(1)
        return None

    def asks(run_context):
        run_context.once(make)
        return Result("A01", Verdict.PASS, "fine")

    results(asks, asks)
    assert made == [1]


def test_what_ends_the_whole_run_is_no_fault_of_a_check():
    with pytest.raises(LookupError):
        run(context({}), ((("A01", breaks), ("A02", passes)),), stops=(LookupError,))
