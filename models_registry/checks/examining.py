"""Everything that is found about one material: results, licence, exemption and compute."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from law.entries import Text
from models_registry.checks.catalogue import Catalogue
from models_registry.checks.compute import OPERATIONS, Margin, margins, training_compute
from models_registry.checks.context import Context
from models_registry.checks.coverage.limits import capped
from models_registry.checks.exemption import Exemption, exemption_of
from models_registry.checks.exemption_material import circumstances_of
from models_registry.checks.licences.assessing import Finding
from models_registry.checks.licences.catalogue import Licence
from models_registry.checks.licences.decision import OwnDecision, planned_on
from models_registry.checks.licences.material import declared_licence, is_closed, known, own
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.material import Material
from models_registry.checks.results import Fact, Result, Value, strongest
from models_registry.checks.running import Progress, Stops, run

CLAIMED_RESULT = "claimed_result"


@dataclass(frozen=True, slots=True)
class Compute:
    """One figure of training compute: ``basis`` is ``material`` where the supplied documents state
    it, ``register`` where it was told beside them, ``derived`` where it was worked out here."""

    basis: str
    flop: float
    lower_bound: bool
    margins: tuple[Margin, ...]
    active: float | None = None
    tokens: float | None = None


@dataclass(frozen=True, slots=True)
class LicenceFound:
    """Which licence it is and where it stands; ``finding`` is None where no text was there."""

    verdict: LicenceVerdict
    plan_on: LicenceVerdict
    names: tuple[str, ...]
    titles: tuple[Text, ...]
    reasons: tuple[str, ...]
    arguments: tuple[str, ...]
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Examination:
    """What a run over one material found. ``crossings`` says by threshold at how many tokens the
    compute of the training would pass it, where only the parameters are known."""

    context: Context
    results: tuple[Result, ...]
    licence: LicenceFound
    exemption: Exemption
    compute: tuple[Compute, ...]
    crossings: tuple[tuple[str, float], ...]
    closed: bool

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The strongest of each name, in the order in which they were found."""
        return strongest(self.results)

    @property
    def results_claimed(self) -> tuple[Fact, ...]:
        """Every result of an evaluation that is claimed, each a task, a metric and a value."""
        facts = (fact for result in self.results for fact in result.facts)
        return tuple(fact for fact in facts if fact.name == CLAIMED_RESULT)


def examine(
    material: Material,
    catalogue: Catalogue,
    *,
    on: date,
    claims: Mapping[str, Value] | None = None,
    decision: OwnDecision | None = None,
    told: Progress | None = None,
    stops: Stops = (),
) -> Examination:
    """Every registered check over the material, and what follows from all of them together."""
    context = Context(material, catalogue, on, claims=claims or {})
    results = capped(context, run(context, told=told, stops=stops))
    context = replace(context, results={result.check: result for result in results})
    return Examination(
        context=context,
        results=results,
        licence=_licence(context, decision),
        exemption=exemption_of(circumstances_of(context)),
        compute=tuple(_compute(context)),
        crossings=_crossings(context),
        closed=is_closed(context),
    )


def _licence(context: Context, decision: OwnDecision | None) -> LicenceFound:
    found, declared = own(context), declared_licence(context)
    finding = found.finding if found else None
    stated = context.fact("licence_verdict")
    verdict = LicenceVerdict(str(stated.value)) if stated else LicenceVerdict.UNKNOWN
    licences: tuple[Licence, ...] = ()
    reasons: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    if finding:
        licences = finding.licences
        reasons, arguments = finding.reasons, finding.arguments
    elif declared:
        licences, reasons = (declared,), declared.reasons
        arguments = (declared.arguments,) if declared.arguments else ()
    text = found.entry.sha256 if found else ""
    plan = planned_on(verdict, arguments, known(context), text=text, decision=decision)
    names = tuple(licence.name for licence in licences)
    titles = tuple(licence.title for licence in licences)
    return LicenceFound(verdict, plan, names, titles, reasons, arguments, finding)


def _compute(context: Context) -> list[Compute]:
    found = []
    if stated := _stated(context, "training_compute"):
        found.append(Compute("material", stated, False, margins(stated, context.catalogue)))
    claimed = context.number("training_compute")
    if claimed and claimed > 0 and claimed != stated:
        bound = context.claims.get("training_compute_is_lower_bound") is True
        found.append(Compute("register", claimed, bound, margins(claimed, context.catalogue)))
    # Never the total: of a mixture of experts only a part works on each token.
    active, tokens = _number(context, "parameters_active"), _number(context, "training_tokens")
    if active and tokens:
        flop = training_compute(active, tokens)
        limits = margins(flop, context.catalogue)
        found.append(Compute("derived", flop, True, limits, active, tokens))
    return found


def _crossings(context: Context) -> tuple[tuple[str, float], ...]:
    active = _number(context, "parameters_active")
    if not active:
        return ()
    limits = margins(1, context.catalogue)
    return tuple((limit.threshold, 1 / limit.ratio / (OPERATIONS * active)) for limit in limits)


def _number(context: Context, name: str) -> float | None:
    """What the material says, else what the register says."""
    return _stated(context, name) or _positive(context.claims.get(name))


def _stated(context: Context, name: str) -> float | None:
    fact = context.fact(name)
    return _positive(fact.value) if fact else None


def _positive(value: Value) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return None
    return float(value)
