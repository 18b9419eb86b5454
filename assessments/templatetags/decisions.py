"""For pages of the register, which lies below the assessments and cannot ask them itself."""

from dataclasses import dataclass

from django import template
from django.utils.timezone import localdate

from assessments.standing import decisions_at_stake
from models_registry.models import AIModel, AISystem, UseCase

register = template.Library()
MOST_NAMED = 10


@dataclass(frozen=True)
class AtStake:
    n: int
    names: str


@register.simple_tag(name="decisions_at_stake")
def at_stake(row: AISystem | AIModel | UseCase) -> AtStake:
    """How many decisions an edit of the row would let lapse, and on which uses."""
    names = list(
        decisions_at_stake(row, localdate())
        .order_by("assessment__use_case__name")
        .values_list("assessment__use_case__name", flat=True)
    )
    more = ["…"] if len(names) > MOST_NAMED else []
    return AtStake(len(names), ", ".join(names[:MOST_NAMED] + more))
