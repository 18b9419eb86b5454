"""Which checks of the models are evidence for a duty, by the provisions both name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from assessments.known_models import KnownModel
from assessments.law_in_use import catalogue
from models_registry.checks.results import Result, Strength, Verdict
from models_registry.sovereignty.knowledge import check_catalogue

_HELD = (Verdict.PASS, Verdict.PARTIAL)
# Duties about the model itself: what a person confirms of it counts less where it is closed.
_ABOUT_MODELS = ("Art 53", "Art 54", "Art 55", "Annex XI", "Annex XII")
# For others, as quality management, a check of what a model's provider shows is no evidence of
# what the provider of the system does.
_RELATED = (*_ABOUT_MODELS, "Art 13", "Art 15", "Art 25(4)", "Annex IV(2)")


@dataclass(frozen=True)
class DutyChecks:
    """What the newest runs hold for one duty; ``points`` are provisions that checks look at."""

    duty_id: str
    held: tuple[tuple[KnownModel, Result], ...]
    failed: tuple[tuple[KnownModel, Result], ...]
    points: Mapping[str, tuple[str, ...]]

    @property
    def strongest(self) -> Strength:
        return max((result.strength for _known, result in self.held), default=Strength.NONE)

    @property
    def weakest(self) -> Strength:
        """What a finding that rests on them comes to: of each model, its weakest point."""
        by_model: dict[str, dict[str, Strength]] = {}
        for known, result in self.held:
            by_model.setdefault(str(known.model.pk), {})[result.check] = result.strength
        return min(
            (weakest_point(self.points, held) for held in by_model.values()),
            default=Strength.NONE,
        )

    @property
    def points_held(self) -> int:
        checks = {result.check for _known, result in self.held}
        return sum(not checks.isdisjoint(supporting) for supporting in self.points.values())


def checks_for(duty_id: str, models: Iterable[KnownModel]) -> DutyChecks | None:
    """What the runs of the models give for a duty; None where no check could."""
    points = points_of(duty_id)
    if not points:
        return None
    wanted = {check for checks in points.values() for check in checks}
    found = [
        (known, result)
        for known in models
        if known.run
        for result in known.knowledge.results.values()
        if result.check in wanted
    ]
    return DutyChecks(
        duty_id=duty_id,
        held=tuple((k, r) for k, r in found if r.verdict in _HELD and r.strength),
        failed=tuple((k, r) for k, r in found if r.verdict is Verdict.FAIL),
        points=points,
    )


@cache
def points_of(duty_id: str) -> dict[str, tuple[str, ...]]:
    """The provisions of a duty that checks support, each with its checks."""
    duty = catalogue().entries.duties.get(duty_id)
    points: dict[str, tuple[str, ...]] = {}
    # What deployers do with what they were told shows in no check of a model.
    if duty is None or duty.roles == ("deployer",):
        return points
    for entry in check_catalogue().checks.values():
        for provision in entry.supports.get("act", ()):
            related = any(_within(provision, one) for one in _RELATED)
            if related and any(_meet(provision, cite) for cite in duty.cite):
                points[provision] = (*points.get(provision, ()), entry.id)
    return points


def is_about_models(duty_id: str) -> bool:
    duty = catalogue().entries.duties.get(duty_id)
    cites = duty.cite if duty else ()
    return any(_within(cite, provision) for cite in cites for provision in _ABOUT_MODELS)


def weakest_point(points: Mapping[str, tuple[str, ...]], held: Mapping[str, Strength]) -> Strength:
    """Of each point the strongest check that holds, and of these the weakest."""
    strongest = [
        max(held[check] for check in checks if check in held)
        for checks in points.values()
        if not held.keys().isdisjoint(checks)
    ]
    return min(strongest, default=Strength.NONE)


def _meet(one: str, other: str) -> bool:
    return _within(one, other) or _within(other, one)


def _within(part: str, whole: str) -> bool:
    return part == whole or part.startswith(f"{whole}(")
