"""EUI: what the deployment does for Europe's own infrastructure."""

from models_registry.checks.results import Value, Verdict
from models_registry.checks.sovereignty.deployment import OWN, Deployment
from models_registry.checks.sovereignty.levels import Scored

_LOCATIONS = {"outside": 0, "partly": 1, "eu_cloud": 2, "eurohpc": 3}
_FUNDING = {"none": 0, "part": 1, "whole": 2}
_HOSTING = {"foreign_region": 0, "eu_region_of_foreign_operator": 1, "eu_operator": 2}


def eui_1(given: Deployment) -> Scored:
    """Seat and control."""
    inside = given.value("in_union")
    if not isinstance(inside, bool):
        return None
    if inside:
        controlled = given.answers.get("controlled_in_union")
        if controlled is None:
            return given.by_value(2, 3, "in_union")
        return (
            given.by_answer(3, 3, "controlled_in_union")
            if controlled
            else (given.by_answer(2, 2, "controlled_in_union"))
        )
    entity = given.answers.get("entity_in_union")
    if entity is None:
        return given.by_value(0, 1, "in_union")
    return given.by_answer(int(bool(entity)), int(bool(entity)), "entity_in_union")


def eui_2(given: Deployment) -> Scored:
    """Place of training."""
    return _by_table(given, "training_location", _LOCATIONS)


def eui_3(given: Deployment) -> Scored:
    """Place of operation."""
    hosting = given.answers.get("hosting")
    if hosting == "on_premises" or (
        hosting == "eu_operator" and given.answers.get("hosting_label") is True
    ):
        return given.by_answer(3, 3, "hosting", "hosting_label")
    return _by_table(given, "hosting", _HOSTING)


def eui_4(given: Deployment) -> Scored:
    """Law of third countries."""
    inside, hosting = given.value("in_union"), given.answers.get("hosting")
    if not isinstance(inside, bool) or hosting is None:
        return None
    here = hosting in OWN
    if inside:
        return given.by_answer(3, 3, "hosting") if here else given.by_answer(0, 1, "hosting")
    if not here:
        return given.by_answer(0, 0, "hosting")
    frozen = given.closed is False
    return given.by_answer(2, 2, "hosting") if frozen else given.by_answer(1, 1, "hosting")


def eui_5(given: Deployment) -> Scored:
    """Public funding."""
    if given.answers.get("public_funding") == "whole":
        data = given.value("training_data_disclosure")
        level = 3 if data == "open_data" else 2
        return given.by_answer(level, level, "public_funding")
    return _by_table(given, "public_funding", _FUNDING)


def eui_6(given: Deployment) -> Scored:
    """Energy."""
    told = given.verdict("D12")
    if told is None:
        return None
    low, high = {Verdict.PASS: (3, 3), Verdict.PARTIAL: (2, 2), Verdict.FAIL: (0, 1)}[told]
    return given.by_check(low, high, "D12")


def _by_table(given: Deployment, name: str, levels: dict[str, int]) -> Scored:
    answer: Value = given.answers.get(name)
    level = levels.get(answer) if isinstance(answer, str) else None
    return None if level is None else given.by_answer(level, level, name)
