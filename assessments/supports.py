"""The evidence and the checks behind answers and findings, and how strong they make them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from assessments.duty_checks import is_about_models, points_of, weakest_point
from assessments.law_in_use import catalogue
from assessments.models import Assessment, Finding, Strength, Support
from models_registry.checks.results import Strength as CheckStrength
from models_registry.models import AIModel, Attachment, CheckRun

_ORDER = list(Strength.values)
_OUT_OF_REACH = AIModel.Access.API_ONLY


def supports_of(assessment: Assessment) -> QuerySet[Support]:
    """All of one assessment, with what a page tells of each, in a constant number of queries."""
    attached = Attachment.objects.select_related("model")
    of_it = Support.objects.filter(answer__assessment=assessment) | Support.objects.filter(
        finding__assessment=assessment
    )
    rows = of_it.select_related(
        "answer", "finding", "evidence__stored", "evidence__confirmed_by", "run__model"
    )
    return rows.defer("run__accounts", "run__files", "run__claims").prefetch_related(
        Prefetch("evidence__attachments", attached)
    )


def by_answer(supports: Iterable[Support]) -> dict[UUID, list[Support]]:
    return _grouped(supports, "answer_id")


def by_finding(supports: Iterable[Support]) -> dict[UUID, list[Support]]:
    return _grouped(supports, "finding_id")


def _grouped(supports: Iterable[Support], key: str) -> dict[UUID, list[Support]]:
    groups: dict[UUID, list[Support]] = {}
    for support in supports:
        if owner := getattr(support, key):
            groups.setdefault(owner, []).append(support)
    return groups


def strength_of(support: Support, *, closed: bool) -> str:
    """How strong one piece is; ``closed`` where a model inside is out of everybody's reach."""
    if support.run is not None:
        return check_strength(support.run, support.check_id)
    stated = str(support.evidence.strength) if support.evidence else Strength.NONE.value
    if not is_capped(support, closed=closed):
        return stated
    return min(stated, Strength.DOCUMENTED.value, key=_ORDER.index)


def is_capped(support: Support, *, closed: bool) -> bool:
    """Whether nobody outside can verify it: a property of a model whose files are not held."""
    if support.evidence is None:
        return False
    models = [one.model for one in support.evidence.attachments.all() if one.model]
    if any(model.access == _OUT_OF_REACH for model in models):
        return True
    return closed and not models and _is_about_model(support)


def _is_about_model(support: Support) -> bool:
    if support.finding is not None:
        return is_about_models(support.finding.duty_id)
    question = support.answer and catalogue().entries.questions.get(support.answer.question_id)
    return bool(question) and question.about == "model"  # type: ignore[union-attr]


def has_closed_model(assessment: Assessment) -> bool:
    use = assessment.use_case
    if use.model:
        return use.model.access == _OUT_OF_REACH
    system = use.system
    return bool(system) and system.ai_models.filter(access=_OUT_OF_REACH).exists()  # type: ignore[union-attr]


def check_strength(run: CheckRun, check: str) -> str:
    found: Mapping[str, Any] | None = next(
        (row for row in run.results if row["check"] == check), None
    )
    return str(found["strength"]) if found else Strength.NONE.value


def strength_from(finding: Finding, supports: Iterable[Support], *, closed: bool) -> str:
    """A finding is as strong as the weakest piece it needs; ``none`` without any."""
    pieces: list[str] = []
    by_run: dict[CheckRun, dict[str, CheckStrength]] = {}
    for support in supports:
        found = strength_of(support, closed=closed)
        if support.run is None:
            pieces.append(found)
        else:
            by_run.setdefault(support.run, {})[support.check_id] = CheckStrength[found.upper()]
    points = points_of(finding.duty_id)
    pieces += [weakest_point(points, held).name.lower() for held in by_run.values()]
    return min(pieces, key=_ORDER.index, default=Strength.NONE.value)
