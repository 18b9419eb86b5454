"""The exemption of a model of which nothing was examined, by what the register says of it."""

from models_registry.checks.compute import margins
from models_registry.checks.exemption import Circumstances, Exemption, exemption_of
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.sovereignty.deployment import Deployment
from models_registry.checks.sovereignty.gates import Gate, gates_of

_LICENCE_EXCLUDES_THE_UNION = "G1"
_BY_GATE = {Gate.STOPS: True, Gate.CLEAR: False, Gate.OPEN: None}


def exemption_by_register(given: Deployment) -> Exemption:
    """Every step as far as the register answers it; what it does not say stays open."""
    return exemption_of(circumstances_by_register(given))


def circumstances_by_register(given: Deployment) -> Circumstances:
    """The answers to every step, as far as the register has them."""
    licence, closed = given.licence, given.closed
    gates = {gate.id: gate.state for gate in gates_of(given)}
    inside = _yes_no(given, "in_union")
    general, systemic = _of_compute(given)
    arguments = (licence.arguments,) if licence and licence.arguments else ()
    return Circumstances(
        licence=licence.verdict if licence else LicenceVerdict.UNKNOWN,
        licence_arguments=arguments,
        general_purpose=_first(_yes_no(given, "general_purpose"), general),
        systemic_risk=systemic,
        excluded_from_union=_BY_GATE[gates[_LICENCE_EXCLUDES_THE_UNION]],
        weights_public=None if closed is None else not closed,
        gated=_yes_no(given, "gated"),
        provider_outside_union=None if inside is None else not inside,
    )


def _of_compute(given: Deployment) -> tuple[bool | None, bool | None]:
    """Whether it is general-purpose, and of systemic risk; below a threshold nothing is settled,
    since the Commission can designate a model and the figure may be a bound."""
    flop = given.value("training_compute")
    if isinstance(flop, bool) or not isinstance(flop, int | float) or flop <= 0:
        return None, None
    reached = {margin.threshold: margin.reached for margin in margins(flop, given.catalogue)}
    return reached.get("general_purpose") or None, reached.get("systemic_risk") or None


def _yes_no(given: Deployment, name: str) -> bool | None:
    value = given.value(name)
    return value if isinstance(value, bool) else None


def _first(said: bool | None, found: bool | None) -> bool | None:
    return found if said is None else said
