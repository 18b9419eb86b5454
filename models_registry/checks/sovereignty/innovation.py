"""INN: what others can make of the model."""

from models_registry.checks.licences.clauses import Effect
from models_registry.checks.results import Verdict
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.checks.sovereignty.independence import hardware
from models_registry.checks.sovereignty.levels import Scored

_PASS, _PARTIAL, _FAIL = Verdict.PASS, Verdict.PARTIAL, Verdict.FAIL
_HARMLESS = {Effect.ENDS_ON_BREACH}
_ONE_ACCELERATOR = 2
_LANGUAGES, _ALL = (5, 13), 24


def inn_1(given: Deployment) -> Scored:
    """Changing it."""
    licence, effects = given.licence, given.effects()
    if licence is None:
        return None
    if licence.kind != "licence" or Effect.GEOGRAPHIC_EXCLUSION in effects:
        return given.by_licence(0)
    if Effect.NON_COMMERCIAL in effects:
        return given.by_licence(1)
    free = licence.conditions["free_terms_for_derivatives"] is True and not effects - _HARMLESS
    return given.by_licence(3 if free else 2)


def inn_2(given: Deployment) -> Scored:
    """Commercial use by a small enterprise."""
    licence, effects = given.licence, given.effects()
    if licence is None:
        return None
    commercial = licence.conditions["commercial_use"]
    if licence.kind == "absence" or commercial is False or Effect.GEOGRAPHIC_EXCLUSION in effects:
        return given.by_licence(0)
    if licence.kind == "service_terms":
        return given.by_licence(1)
    if commercial is None:
        return None
    threshold = "users_from" in licence.conditions or "revenue_from" in licence.conditions
    if Effect.SEPARATE_LICENCE in effects:
        return given.by_licence(2 if threshold else 1)
    return given.by_licence(3 if commercial is True else 2)


def inn_3(given: Deployment) -> Scored:
    """Tuning in practice."""
    if given.closed:
        offered = given.answers.get("tuning_by_provider")
        if offered is None:
            return given.by_value(0, 1, "access")
        return given.by_answer(int(bool(offered)), int(bool(offered)), "tuning_by_provider")
    total = given.value("parameters_total")
    if given.closed is None or isinstance(total, bool) or not isinstance(total, int | float):
        return None
    # Adapters are trained on weights of four bits; whether there is a recipe is not asked yet.
    small = hardware(given, total / 2) >= _ONE_ACCELERATOR
    return given.by_value(2, 3 if small else 2, "parameters_total")


def inn_4(given: Deployment) -> Scored:
    """Completeness for research."""
    if given.closed:
        return given.by_value(0, 0, "access")
    if given.closed is None:
        return None
    told = given.verdict("D07") in (_PASS, _PARTIAL) and given.verdict("D13") in (_PASS, _PARTIAL)
    if told:
        whole = given.verdict("W14") is _PASS and given.verdict("D08") is _PASS
        level = 3 if whole else 2
        return given.by_check(level, level, "D07", "D13", "W14", "D08")
    missing = _FAIL in (given.verdict("D07"), given.verdict("D13"))
    return given.by_check(1, 1, "D07", "D13") if missing else given.by_value(1, 3, "access")


def inn_5(given: Deployment) -> Scored:
    """What stands before the files."""
    if given.closed:
        return given.by_value(0, 0, "access")
    gate = given.verdict("L08")
    gated = given.value("gated")
    if gate is _FAIL:
        return given.by_check(1, 1, "L08")
    if gated is True:
        return given.by_value(1, 2, "gated")
    return given.by_value(3, 3, "gated") if gated is False else None


def inn_6(given: Deployment) -> Scored:
    """Languages; that all are evaluated is not known from a list of them."""
    number = given.value("union_languages")
    if isinstance(number, int) and not isinstance(number, bool):
        level = sum(number >= least for least in _LANGUAGES)
        return given.by_value(level, 3 if number >= _ALL else level, "union_languages")
    told = given.verdict("D20")
    if told is None:
        return None
    low, high = {_PASS: (2, 3), _PARTIAL: (1, 2), _FAIL: (0, 0)}[told]
    return given.by_check(low, high, "D20")
