"""Whether a general-purpose model is exempt as free and open source: a tree of steps.

Each step may turn out better or worse while answers are missing. The verdict is stated once the
best and the worst are the same; until then it is unknown, and one more answer overturns nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from models_registry.checks.licences.monetisation import DATA, SCENARIOS
from models_registry.checks.licences.verdicts import LicenceVerdict, gravest, span

USAGE = ("modalities_described", "capabilities_described", "limitations_described")
_MEETS, _FAILS = LicenceVerdict.MEETS, LicenceVerdict.FAILS
_UNKNOWN, _OUT = LicenceVerdict.UNKNOWN, LicenceVerdict.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known; None where it is not.

    ``licence_arguments`` name the catalogue's arguments where the licence is contested.
    ``gate_for_security_only`` is asked of whatever access asks, personal data included.
    """

    general_purpose: bool | None = None
    systemic_risk: bool | None = None
    licence: LicenceVerdict = LicenceVerdict.UNKNOWN
    licence_arguments: tuple[str, ...] = ()
    excluded_from_union: bool | None = None
    paid_licence_for_some_uses: bool | None = None
    paid_above_a_scale: bool | None = None
    paid_support_needed: bool | None = None
    purchase_obligatory: bool | None = None
    hosted_only_for_payment: bool | None = None
    personal_data_beyond_security: bool | None = None
    only_between_microenterprises: bool | None = None
    weights_public: bool | None = None
    architecture_public: bool | None = None
    modalities_described: bool | None = None
    capabilities_described: bool | None = None
    limitations_described: bool | None = None
    gated: bool | None = None
    gate_for_security_only: bool | None = None
    gate_discriminates: bool | None = None
    provider_outside_union: bool | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``reason`` names its text in the catalogue, ``open`` the facts still missing."""

    id: str
    verdict: LicenceVerdict
    reason: str
    open: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exemption:
    """The tree's result. ``verdict`` is about the documents, ``representative`` about the person
    that a provider outside the Union must name. ``if_general_purpose`` is what would hold then."""

    verdict: LicenceVerdict
    at_best: LicenceVerdict
    at_worst: LicenceVerdict
    if_general_purpose: LicenceVerdict
    representative: LicenceVerdict
    steps: tuple[Step, ...] = field(default=())

    @property
    def open(self) -> tuple[str, ...]:
        """The facts that could still settle it, each once, in the order of the steps."""
        if self.verdict is not _UNKNOWN:
            return ()
        return tuple(dict.fromkeys(name for step in self.steps for name in step.open))

    @property
    def arguments(self) -> tuple[str, ...]:
        """The catalogue's arguments that bear on the verdict."""
        return tuple(dict.fromkeys(name for step in self.steps for name in step.arguments))


def exemption_of(known: Circumstances) -> Exemption:
    """Every step, and what follows from them together."""
    purpose = _general_purpose(known)
    conditions = tuple(_conditions(known))
    steps = (purpose, *conditions)
    if purpose.verdict is _OUT:
        return Exemption(_OUT, _OUT, _OUT, _OUT, _OUT, steps)
    spans = [span(step.verdict) for step in conditions]
    best, worst = gravest(s[0] for s in spans), gravest(s[1] for s in spans)
    if_general = best if best is worst else _UNKNOWN
    verdict = if_general if purpose.verdict is _MEETS else _UNKNOWN
    return Exemption(
        verdict=verdict,
        at_best=best if purpose.verdict is _MEETS else _better(best),
        at_worst=worst,
        if_general_purpose=if_general,
        representative=_representative(known, verdict),
        steps=steps,
    )


def _better(best: LicenceVerdict) -> LicenceVerdict:
    # No general-purpose model has no such duty: better than any failing, no better than meeting.
    return best if best is _MEETS else _OUT


def _conditions(known: Circumstances) -> Iterator[Step]:
    yield _systemic(known)
    yield _licence(known)
    yield _monetisation(known)
    yield _publication(known)
    yield _access(known)


def _general_purpose(known: Circumstances) -> Step:
    # Systemic risk is a property of general-purpose models only, so it answers this too.
    if known.general_purpose or known.systemic_risk:
        return Step("general_purpose", _MEETS, "holds")
    if known.general_purpose is False:
        return Step("general_purpose", _OUT, "does_not_hold")
    return Step("general_purpose", _UNKNOWN, "open", ("general_purpose",))


def _systemic(known: Circumstances) -> Step:
    if known.systemic_risk is None:
        return Step("systemic_risk", _UNKNOWN, "open", ("systemic_risk",))
    if known.systemic_risk:
        return Step("systemic_risk", _FAILS, "holds")
    return Step("systemic_risk", _MEETS, "does_not_hold")


def _licence(known: Circumstances) -> Step:
    missing = ("licence",) if known.licence is _UNKNOWN else ()
    return Step("licence", known.licence, known.licence.value, missing, known.licence_arguments)


def _monetisation(known: Circumstances) -> Step:
    answers = {name: getattr(known, name) for name in SCENARIOS}
    data = answers.pop(DATA)
    if data:
        return Step("monetisation", _FAILS, "data")
    missing = [name for name, answer in answers.items() if answer is None]
    if any(answers.values()):
        return _traded(known, data)
    if known.only_between_microenterprises:
        missing = []
    if data is None:
        missing.append(DATA)
    if missing:
        return Step("monetisation", _UNKNOWN, "open", tuple(missing))
    return Step("monetisation", _MEETS, "none")


def _traded(known: Circumstances, data: bool | None) -> Step:
    small = known.only_between_microenterprises
    if small is False:
        return Step("monetisation", _FAILS, "money")
    missing = [] if small else ["only_between_microenterprises"]
    if data is None:
        missing.append(DATA)
    if missing:
        return Step("monetisation", _UNKNOWN, "money_perhaps_small", tuple(missing))
    return Step("monetisation", _MEETS, "small")


def _publication(known: Circumstances) -> Step:
    names = ("weights_public", "architecture_public", *USAGE)
    answers = {name: getattr(known, name) for name in names}
    for name in ("weights", "architecture"):
        if answers[f"{name}_public"] is False:
            return Step("publication", _FAILS, f"no_{name}")
    if False in answers.values():
        return Step("publication", _FAILS, "no_usage")
    missing = tuple(name for name, answer in answers.items() if answer is None)
    if missing:
        return Step("publication", _UNKNOWN, "open", missing)
    return Step("publication", _MEETS, "public")


def _access(known: Circumstances) -> Step:
    if known.excluded_from_union or (known.gated and known.gate_discriminates):
        return Step("access", _FAILS, "discriminates")
    if known.gated and known.gate_for_security_only is False:
        return Step("access", _FAILS, "gate")
    missing = tuple(_missing_on_access(known))
    if missing:
        return Step("access", _UNKNOWN, "open", missing)
    return Step("access", _MEETS, "gate_for_security" if known.gated else "free")


def _missing_on_access(known: Circumstances) -> Iterator[str]:
    if known.excluded_from_union is None:
        yield "excluded_from_union"
    if known.gated is None:
        yield "gated"
    elif known.gated:
        for name in ("gate_for_security_only", "gate_discriminates"):
            if getattr(known, name) is None:
                yield name


def _representative(known: Circumstances, verdict: LicenceVerdict) -> LicenceVerdict:
    if known.provider_outside_union is False:
        return _OUT
    return verdict if known.provider_outside_union else _UNKNOWN


@dataclass(frozen=True, slots=True)
class Territory:
    """What an exclusion of the Union means for whoever integrates the model; None while open."""

    right_to_use: bool | None
    integrator_is_provider: bool | None
    reason: str


def territory_of(
    excluded: bool | None, *, for_union_market: bool | None, for_affected_model: bool | None = True
) -> Territory:
    """The integrator's standing. ``for_affected_model`` is false where only others are excluded,
    as where a licence leaves out multimodal models and this one knows text alone."""
    if excluded is False or for_affected_model is False:
        return Territory(True, False, "not_excluded")
    if excluded is None or for_affected_model is None:
        return Territory(None, False if for_union_market is False else None, "open")
    if for_union_market is None:
        return Territory(False, None, "excluded_market_open")
    reason = "excluded_integrator_provider" if for_union_market else "excluded_elsewhere"
    return Territory(False if for_union_market else None, for_union_market, reason)
