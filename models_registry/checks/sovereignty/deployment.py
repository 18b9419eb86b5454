"""What is assessed: a model under its licence, where it runs and who operates it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models_registry.checks.catalogue import Catalogue
from models_registry.checks.examining import Examination
from models_registry.checks.licences.catalogue import Licence, licences
from models_registry.checks.licences.clauses import Effect
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Result, Strength, Value, Verdict, strongest
from models_registry.checks.sovereignty.levels import Level, Origin
from models_registry.checks.starter_entries import StarterModel

CLOSED = ("api_only", "in_house")
OWN = ("on_premises", "eu_operator")
HOSTING = ("vendor", "foreign_region", "eu_region_of_foreign_operator", *OWN)
PURPOSES = ("commercial", "administrative", "research")


@dataclass(frozen=True, slots=True)
class Known:
    """A value about the model, how strong it is, and by what it is known."""

    value: Value
    strength: Strength
    origin: Origin
    source: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """Everything the criteria look at.

    ``answers`` are the operator's: ``hosting`` (one of HOSTING), ``purpose`` (one of PURPOSES),
    ``hosting_label``, ``suppliers`` and so on by name, or a criterion's identifier with a level.
    """

    catalogue: Catalogue
    values: Mapping[str, Known] = field(default_factory=dict)
    results: Mapping[str, Result] = field(default_factory=dict)
    licence: Licence | None = None
    licence_strength: Strength = Strength.NONE
    exemption: LicenceVerdict = LicenceVerdict.UNKNOWN
    answers: Mapping[str, Value] = field(default_factory=dict)

    @property
    def closed(self) -> bool | None:
        """Whether the weights are out of reach; None where that is not known."""
        access = self.value("access")
        if access in CLOSED:
            return True
        if access in ("open_weights", "gated") or self.verdict("W01") is Verdict.PASS:
            return False
        available = self.value("weights_available")
        return None if available is None else not available

    @property
    def hosted_here(self) -> bool | None:
        """Whether the operator or somebody of the Union for it runs the weights."""
        hosting = self.answers.get("hosting")
        return None if hosting is None else hosting in OWN

    def value(self, name: str) -> Value:
        known = self.values.get(name)
        return known.value if known else None

    def verdict(self, check: str) -> Verdict | None:
        """What a check came to; None where it did not run or could say nothing."""
        result = self.results.get(check)
        said = (Verdict.PASS, Verdict.PARTIAL, Verdict.FAIL)
        return result.verdict if result and result.verdict in said else None

    def effects(self) -> frozenset[Effect]:
        return frozenset(self.licence.effects) if self.licence else frozenset()

    def by_check(self, low: int, high: int, *checks: str) -> Level:
        """A level that rests on checks; as strong as the weakest of them."""
        ran = [self.results[check] for check in checks if check in self.results]
        strength = min((result.strength for result in ran), default=Strength.NONE)
        return Level(low, high, strength, Origin.CHECKS, checks)

    def by_value(self, low: int, high: int, *names: str) -> Level:
        """A level that rests on what is known of the model."""
        known = [self.values[name] for name in names if name in self.values]
        strength = min((one.strength for one in known), default=Strength.NONE)
        origins = {one.origin for one in known}
        origin = Origin.REGISTER if Origin.REGISTER in origins or not origins else Origin.CHECKS
        return Level(low, high, strength, origin, names)

    def by_licence(self, level: int) -> Level:
        """A level that rests on the licence's clauses."""
        read = self.licence_strength is Strength.VERIFIED
        origin = Origin.CHECKS if read else Origin.REGISTER
        return Level(level, level, self.licence_strength, origin, ("licence",))

    def by_answer(self, low: int, high: int, *names: str) -> Level:
        """A level that the operator states; nobody has proven it."""
        return Level(low, high, Strength.ASSERTED, Origin.OPERATOR, names)


def of_starter(
    model: StarterModel, catalogue: Catalogue, answers: Mapping[str, Value] | None = None
) -> Deployment:
    """A model of the starter catalogue, of which nothing is held here."""
    values = {
        name: Known(stated.value, Strength.ASSERTED, Origin.REGISTER, stated.source.id)
        for name, stated in model.values.items()
        if stated is not None
    }
    for name in ("in_union", "code_of_practice"):
        stated = getattr(model.provider, name)
        if stated is not None:
            values[name] = Known(stated.value, Strength.ASSERTED, Origin.REGISTER, stated.source.id)
    if model.access:
        values["access"] = Known(model.access, Strength.ASSERTED, Origin.REGISTER, "access")
    licence = licences(catalogue).by_id.get(model.licence)
    return Deployment(
        catalogue=catalogue,
        values=values,
        licence=licence,
        licence_strength=Strength.ASSERTED if licence else Strength.NONE,
        answers=answers or {},
    )


def of_examination(
    found: Examination,
    answers: Mapping[str, Value] | None = None,
    *,
    register: Deployment | None = None,
) -> Deployment:
    """Examined material; what the register knows besides stays where no fact replaces it."""
    finding = found.licence.finding
    return of_results(
        found.results,
        found.context.claims,
        found.context.catalogue,
        read=finding.licences if finding else None,
        exemption=found.exemption.verdict,
        answers=answers,
        register=register,
    )


def of_results(
    results: Iterable[Result],
    claims: Mapping[str, Value],
    catalogue: Catalogue,
    *,
    read: tuple[Licence, ...] | None,
    exemption: LicenceVerdict,
    answers: Mapping[str, Value] | None = None,
    register: Deployment | None = None,
) -> Deployment:
    """The same from what a run left; ``read`` is None where no licence text was there."""
    by_check = {result.check: result for result in results}
    values = dict(register.values) if register else {}
    for name, claim in claims.items():
        values.setdefault(name, Known(claim, Strength.ASSERTED, Origin.REGISTER, "claims"))
    for fact in strongest(by_check.values()):
        values[fact.name] = Known(fact.value, fact.strength, Origin.CHECKS, fact.check)
    by_register = register.licence if register else None
    claimed = licences(catalogue).by_id.get(str(claims.get("licence", "")))
    one = read[0] if read and len(read) == 1 else None
    licence = one if read is not None else by_register or claimed
    strength = Strength.VERIFIED if read else Strength.ASSERTED if licence else Strength.NONE
    return Deployment(
        catalogue=catalogue,
        values=values,
        results=by_check,
        licence=licence,
        licence_strength=strength,
        exemption=exemption,
        answers=answers or {},
    )
