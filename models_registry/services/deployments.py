"""Where models run and who operates them, and what the organisation asks of it at least."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import Organisation, User
from events.services import record
from models_registry.models import AIModel, Deployment, MinimumLevel
from models_registry.services.keeping import StaleError, kept, written


@transaction.atomic
def register_deployment(
    *, model: AIModel, by: User, name: str, operator: str, answers: Mapping[str, Any]
) -> Deployment:
    row = Deployment(
        organisation=model.organisation,
        model=model,
        name=name,
        operator=operator,
        answers=dict(answers),
    )
    return kept(row, by, "deployment.registered", {"model": str(model.pk), **_said(row)})


@transaction.atomic
def update_deployment(
    *,
    deployment: Deployment,
    by: User,
    name: str,
    operator: str,
    answers: Mapping[str, Any],
    seen: str = "",
) -> Deployment:
    """The deployment as it is told now; StaleError where somebody changed it since it was read."""
    row = Deployment.objects.select_for_update().get(pk=deployment.pk)
    if seen and seen != row.changed_at.isoformat():
        raise StaleError(f"The deployment {row.pk} was changed meanwhile.")
    before = _said(row)
    row.name, row.operator, row.answers = name, operator, dict(answers)
    after = _said(row)
    if before != after:
        written(row)
        _tell(row, by, "deployment.changed", {"before": before, "after": after})
    return row


@transaction.atomic
def remove_deployment(*, deployment: Deployment, by: User) -> None:
    """Takes the deployment away; what it said stays in the audit trail."""
    _tell(deployment, by, "deployment.removed", _said(deployment))
    deployment.delete()


@transaction.atomic
def set_minimum_levels(
    *, organisation: Organisation, by: User, levels: Mapping[str, float | None]
) -> None:
    """What each dimension must reach; None asks nothing of it."""
    rows = {row.dimension: row for row in MinimumLevel.objects.filter(organisation=organisation)}
    for dimension, level in levels.items():
        row = rows.get(dimension)
        if level == (row.level if row else None):
            continue
        if level is None:
            _ask_nothing(rows[dimension], by)
            continue
        before = row.level if row else None
        row = row or MinimumLevel(organisation=organisation, dimension=dimension)
        row.level = level
        written(row)
        detail = {"dimension": dimension, "before": before, "after": level}
        _tell(row, by, "minimum_level.set", detail)


def _ask_nothing(row: MinimumLevel, by: User) -> None:
    detail = {"dimension": row.dimension, "before": row.level, "after": None}
    _tell(row, by, "minimum_level.set", detail)
    row.delete()


def _tell(row: Deployment | MinimumLevel, by: User, kind: str, detail: Mapping[str, Any]) -> None:
    record(organisation=row.organisation, actor=by, kind=kind, subject=row, detail=detail)


def _said(row: Deployment) -> dict[str, Any]:
    return {"name": row.name, "operator": row.operator, "answers": row.answers}
