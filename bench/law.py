"""How long the law takes: ``python -m bench.law`` times determining, explaining and loading.

Beside them stands a chain of ``if`` written by hand for one outcome, as the floor.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.cases import read_document
from law import determine, explain, load
from law.compiled import Catalogue, Facts
from law.conditions import Value
from law.explanation import possible_answers
from law.facts import read_facts

EXAMPLES = Path(__file__).parent.parent / "examples"
ON = date(2026, 11, 23)
AIMS = {"determine": 1.0, "explain": 50.0, "load": 1000.0}
INFERRED = {"learned", "generative", "encoded_knowledge"}
HIRING = {
    "targets_job_ads",
    "searches_candidates",
    "screens_applications",
    "evaluates_candidates",
    "other_hiring_step",
}
SUPPLYING = {
    "develops_under_own_name",
    "imports",
    "resells",
    "represents_foreign_provider",
    "makes_product_with_it",
    "supplies_component",
}
SECTION_B = {
    "aviation_security",
    "two_three_wheelers",
    "agricultural_vehicles",
    "marine_equipment",
    "rail",
    "motor_vehicles",
    "vehicle_general_safety",
    "unmanned_aircraft",
}
NONE: frozenset[str] = frozenset()


def recruitment_by_hand(facts: Mapping[str, Any]) -> bool:
    """Whether Annex III(4)(a) makes it high-risk, with all answered and the usual readings."""
    get = facts.get
    if "employment" not in get("use_areas", NONE):
        return False
    if HIRING.isdisjoint(get("employment_tasks", NONE)) or not get("employer_uses_results"):
        return False
    return _in_scope(facts) and not _exempt(facts) and not _left_to_product_law(facts)


def _in_scope(facts: Mapping[str, Any]) -> bool:
    get = facts.get
    if get("subject_kind") != "system" or get("output_basis") not in INFERRED:
        return False
    if not get("works_with_some_autonomy") or not get("output_influences_surroundings"):
        return False
    return bool(get("union_link")) and not _excluded(facts)


def _excluded(facts: Mapping[str, Any]) -> bool:
    get = facts.get
    purpose = get("exclusive_purpose", NONE)
    if "military_defence_national_security" in purpose or "scientific_research" in purpose:
        return True
    if "foreign_law_enforcement_cooperation" in purpose and get("foreign_cooperation_safeguards"):
        return True
    if "development_before_market" in purpose:
        return "tests_in_real_world" not in get("provider_circumstances", NONE)
    private = "personal_non_professional" in purpose
    return private and SUPPLYING.isdisjoint(get("own_part", NONE))


def _exempt(facts: Mapping[str, Any]) -> bool:
    get = facts.get
    if get("processes_personal_data") and get("evaluates_persons"):
        return False
    if get("joint_result_influences_decision") or get("influences_decision"):
        return False
    if get("checks_finished_decisions") and get("person_reviews_findings"):
        return True
    conditions = ("narrow_procedural_task", "improves_finished_work", "preparatory_task")
    return any(get(name) for name in conditions)


def _left_to_product_law(facts: Mapping[str, Any]) -> bool:
    get = facts.get
    products, only_other = get("product_law", NONE), get("check_for_other_risks_only", NONE)
    checked = get("outside_check", NONE) & SECTION_B
    if "machinery" in get("outside_check", NONE) | get("own_check_with_standards", NONE):
        checked |= {"machinery"}
    if not (products & checked) - only_other:
        return False
    role, harms = get("ai_role_in_product"), get("failure_harms", NONE)
    if role != "component":
        return bool(role == "product_itself")
    purpose = get("safety_purpose")
    if purpose == "prevents_danger" or "people" in harms:
        return True
    return "property" in harms and purpose != "comfort_or_efficiency"


def with_every_answer(catalogue: Catalogue, facts: Facts) -> dict[str, Value]:
    """The facts with every other question answered too: no, nothing, or the first option."""
    full = dict(facts)
    for question in catalogue.entries.questions.values():
        answers = possible_answers(catalogue, question)
        full.setdefault(question.id, False if question.kind == "yes_no" else answers[0])
    return full


def median_ms(work: Callable[[], object], times: int) -> float:
    """The median of so many runs, in milliseconds, after one run to warm up."""
    work()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def load_in_a_fresh_process() -> float:
    """Milliseconds from starting Python to the loaded catalogue."""
    command = [sys.executable, "-c", "from law import load; load()"]
    return median_ms(lambda: subprocess.run(command, check=True), 5)


def main() -> None:
    """Print the times with their aims, and the floor."""
    catalogue = load()
    worst = {"determine": 0.0, "explain": 0.0}
    print(f"{'example':26} {'answers':>7} {'determine ms':>13} {'explain ms':>11}")
    for name, facts in _examples(catalogue).items():
        times = {
            "determine": median_ms(lambda f=facts: determine(catalogue, f, on=ON), 200),  # type: ignore[misc]
            "explain": median_ms(lambda f=facts: explain(catalogue, f, on=ON), 10),  # type: ignore[misc]
        }
        worst = {what: max(worst[what], times[what]) for what in worst}
        print(f"{name:26} {len(facts):7} {times['determine']:13.3f} {times['explain']:11.1f}")
    for what, spent in (worst | {"load": load_in_a_fresh_process()}).items():
        verdict = "met" if spent <= AIMS[what] else "MISSED"
        print(f"{what}: at most {spent:.2f} ms, aim {AIMS[what]:.0f} ms, {verdict}")
    _print_floor(catalogue)


def _examples(catalogue: Catalogue) -> dict[str, dict[str, Value]]:
    found = {
        path.stem: dict(read_facts(catalogue, read_document(path)["answers"]))
        for path in sorted(EXAMPLES.glob("*.yaml"))
    }
    return found | {
        f"{name}, all answered": with_every_answer(catalogue, found[name])
        for name in ("recruitment", "spam_filter")
    }


def _print_floor(catalogue: Catalogue) -> None:
    facts = _examples(catalogue)["recruitment, all answered"]
    chain = median_ms(lambda: recruitment_by_hand(facts), 2000) * 1000
    everything = median_ms(lambda: catalogue.evaluate(facts, ON), 200) * 1000
    rules = len(catalogue.slots) - len(catalogue.entries.questions)
    print(f"floor: {chain:.1f} µs for Annex III(4)(a) alone as if-chains in Python;")
    print(
        f"       {everything:.0f} µs for all {rules} conditions, {everything / rules:.2f} µs each"
    )


if __name__ == "__main__":
    main()
