"""Whether a change to a model, or building it in, makes somebody the provider of a model.

Every answer names rows of the catalogue's section ``modifications``: the reason, how the law was
read, and what would change the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models_registry.checks.catalogue import Catalogue
from models_registry.checks.compute import Modification, modification


class Answer(StrEnum):
    PROVIDER = "provider"
    NO_PROVIDER = "no_provider"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Original:
    """What is known of the model that was changed; None where nobody has said it."""

    compute: float | None = None
    compute_is_lower_bound: bool = False
    general_purpose: bool | None = None
    systemic_risk: bool | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer; ``amounts`` are operations by the names that the texts have for them."""

    answer: Answer
    reason: str
    readings: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    amounts: Mapping[str, float] = field(default_factory=dict)


_OF_RELATION = {"distilled": ("reading_distilled",), "merge": ("reading_merged",)}


def standing_of(
    flop: float | None, original: Original, catalogue: Catalogue, *, relation: str = ""
) -> Standing:
    """Whether the change makes a provider of whoever made it."""
    if original.general_purpose is False:
        known = ("if_general_purpose_known",)
        return Standing(Answer.NO_PROVIDER, "not_general_purpose", changes=known)
    readings = ("reading_third", *_OF_RELATION.get(relation, ()))
    low, high = _limits(flop or 0.0, original, catalogue)
    amounts = {"limit": low.limit, "higher": high.limit} | ({"flop": flop} if flop else {})
    if flop is None:
        changes = ("if_compute_stated", *_about_original(original))
        return Standing(Answer.OPEN, "compute_unknown", readings, changes, amounts)
    if not low.becomes_provider:
        return _below(low, original, readings, {**amounts, "flop": flop})
    return _above(low, high, original, readings, amounts)


def exclusion_of(excluded: bool | None, *, may_be_meant: bool = False) -> Standing | None:
    """What a licence without the Union means for whoever builds the model in; else None.

    ``may_be_meant``: the licence leaves the Union out for some models, and whether this is one of
    them is not known.
    """
    changes = ("if_licensed", "if_not_marketed")
    if excluded:
        return Standing(Answer.PROVIDER, "excluded", ("reading_market",), changes)
    if excluded is None and may_be_meant:
        return Standing(Answer.OPEN, "exclusion_open", ("reading_market",), changes)
    return None


def _limits(
    flop: float, original: Original, catalogue: Catalogue
) -> tuple[Modification, Modification]:
    """Against the lowest limit that may hold, and against the highest."""
    risks = (False, True) if original.systemic_risk is None else (original.systemic_risk,) * 2
    low, high = (
        modification(flop, catalogue, original=original.compute, systemic_risk=risk)
        for risk in risks
    )
    return low, high


def _below(
    low: Modification, original: Original, readings: tuple[str, ...], amounts: Mapping[str, float]
) -> Standing:
    reason = "up_to_limit" if low.limit_from_original else "up_to_fallback"
    readings = (*readings, "reading_earlier_changes")
    changes = ("if_more", *_about_original(original))
    return Standing(Answer.NO_PROVIDER, reason, readings, changes, amounts)


def _above(
    low: Modification,
    high: Modification,
    original: Original,
    readings: tuple[str, ...],
    amounts: Mapping[str, float],
) -> Standing:
    readings = (*readings, "reading_market", "reading_limited")
    if original.systemic_risk:
        readings = (*readings, "reading_systemic")
    about = _about_original(original)
    reason = "above_limit" if low.limit_from_original else "above_fallback"
    if not high.becomes_provider:
        reason, about = "systemic_open", ("if_systemic_known", *about)
    elif original.compute and original.compute_is_lower_bound:
        reason = "bound_open"
    elif original.general_purpose is None:
        reason, about = "general_purpose_open", ("if_general_purpose_known", *about)
    answer = Answer.OPEN if reason.endswith("_open") else Answer.PROVIDER
    return Standing(answer, reason, readings, (*about, "if_not_marketed"), amounts)


def _about_original(original: Original) -> tuple[str, ...]:
    if not original.compute:
        return ("if_original_known",)
    return ("if_true_figure",) if original.compute_is_lower_bound else ()
