"""ICL: whether the operator can go on by itself."""

from models_registry.checks.licences.clauses import Effect
from models_registry.checks.results import Verdict
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.checks.sovereignty.levels import HIGHEST, NotApplicable, Scored

_ENDED_AT_WILL = {Effect.GEOGRAPHIC_EXCLUSION, Effect.KILL_CLAUSE}
_REVOCABLE = {Effect.MUTABLE_POLICY}
_CONDITIONS = {
    Effect.NON_COMMERCIAL,
    Effect.SEPARATE_LICENCE,
    Effect.SCALE_THRESHOLD,
    Effect.NO_IMPROVING_OTHER_MODELS,
    Effect.USE_RESTRICTIONS,
    Effect.GUARDRAIL,
    Effect.BRANDING_DISPLAY,
}
_OPEN_FORMATS = {"safetensors", "gguf"}
_SUPPLIERS = ((6, 3), (3, 2), (2, 1), (0, 0))


def icl_1(given: Deployment) -> Scored:
    """The right to keep using it."""
    if given.licence is None:
        return None
    effects = given.effects()
    if given.licence.kind != "licence" or effects & _ENDED_AT_WILL:
        return given.by_licence(0)
    if effects & _REVOCABLE:
        return given.by_licence(1)
    return given.by_licence(2 if effects & _CONDITIONS else 3)


def icl_2(given: Deployment) -> Scored:
    """Running without a network."""
    if given.closed:
        partner = given.answers.get("hosting") in ("eu_operator", "eu_region_of_foreign_operator")
        return given.by_answer(1, 1, "hosting") if partner else given.by_value(0, 0, "access")
    if given.verdict("R05") is Verdict.PASS:
        return given.by_check(3, 3, "R05")
    if given.hosted_here is None or given.closed is None:
        return None
    # Whether a run needs a remote call was not shown.
    return (
        given.by_answer(2, 3, "hosting") if given.hosted_here else given.by_answer(1, 1, "hosting")
    )


def icl_3(given: Deployment) -> Scored:
    """Other suppliers."""
    suppliers = given.answers.get("suppliers")
    if isinstance(suppliers, bool) or not isinstance(suppliers, int):
        return None
    level = next(level for least, level in _SUPPLIERS if suppliers >= least)
    if level == HIGHEST and given.answers.get("supplier_in_union") is not True:
        level = 2
    return given.by_answer(level, level, "suppliers")


def icl_4(given: Deployment) -> Scored:
    """Formats and runtimes."""
    if given.closed:
        compatible = given.answers.get("compatible_interface")
        if compatible is None:
            return given.by_value(0, 1, "access")
        return given.by_answer(int(bool(compatible)), int(bool(compatible)), "compatible_interface")
    formats = given.value("weights_formats")
    if given.verdict("W06") is not Verdict.PASS or not isinstance(formats, tuple):
        return None
    open_ones = _OPEN_FORMATS & set(formats)
    return given.by_check(2, 3, "W06") if len(open_ones) == 1 else given.by_check(3, 3, "W06")


def icl_5(given: Deployment) -> Scored:
    """A version that stays."""
    if given.hosted_here and given.verdict("W04") in (Verdict.PASS, Verdict.PARTIAL):
        return given.by_check(3, 3, "W04")
    if given.answers.get("version_frozen_by_contract") is True:
        return given.by_answer(2, 2, "version_frozen_by_contract")
    pinned = given.verdict("V04")
    if pinned is None:
        return None
    low, high = {Verdict.PASS: (1, 1), Verdict.PARTIAL: (0, 1), Verdict.FAIL: (0, 0)}[pinned]
    return given.by_check(low, high, "V04")


def icl_6(given: Deployment) -> Scored:
    """Hardware, from sixteen bits for each parameter down to four."""
    if given.closed:
        return NotApplicable(("access",))
    total = given.value("parameters_total")
    if isinstance(total, bool) or not isinstance(total, int | float) or total <= 0:
        return None
    least, most = total / 2, total * 2
    return given.by_value(hardware(given, most), hardware(given, least), "parameters_total")


def hardware(given: Deployment, size: float) -> int:
    """The level for weights of that many bytes."""
    rows = given.catalogue.section("sovereignty_hardware").values()
    fitting = [int(row["level"]) for row in rows if size <= row["up_to"]]
    return max(fitting, default=0)
