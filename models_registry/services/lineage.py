"""Which models a model was made from."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Organisation
from models_registry.lineage.ancestors import MOST_LEVELS, levels_above, levels_below
from models_registry.models import AIModel, Derivation
from models_registry.services.keeping import written

MOST_BASES = 20


class Base(NamedTuple):
    """A model that another was made from, and the operations that the change itself took."""

    model: AIModel
    relation: str
    compute: float | None = None


Bases = Iterable[Base]
Told = dict[str, Any]


def exchange_bases(model: AIModel, bases: Bases) -> tuple[Told, Told]:
    """Leaves exactly these; what each was like before and is after, empty where all stayed."""
    wanted = list(bases)
    before = {str(row.base_id): _told(row.relation, row.compute) for row in model.ancestry.all()}
    after = {str(base.model.pk): _told(base.relation, base.compute) for base in wanted}
    if before == after and len(wanted) == len(after):
        return {}, {}
    _refuse_circles(model, wanted)
    model.ancestry.all().delete()
    for base in wanted:
        row = Derivation(
            organisation=model.organisation,
            model=model,
            base=base.model,
            relation=base.relation,
            compute=base.compute,
        )
        written(row, force_insert=True)
    return before, after


def _told(relation: str, compute: float | None) -> Told | str:
    return str(relation) if compute is None else {"relation": str(relation), "compute": compute}


def _refuse_circles(model: AIModel, wanted: list[Base]) -> None:
    if not wanted:
        return
    if len(wanted) > MOST_BASES:
        raise _refusal(_("Name at most %(n)d models.") % {"n": MOST_BASES})
    # Two people could otherwise make each model the base of the other at the same time.
    Organisation.objects.select_for_update().get(pk=model.organisation_id)
    if any(base.model.pk == model.pk for base in wanted):
        raise _refusal(_("A model is not made from itself. Choose another one."))
    above = levels_above({base.model.pk for base in wanted})
    for row in (row for level in above for row in level):
        if row.base_id == model.pk:
            sentence = _("%(base)s was itself made from this model. Remove one of the two steps.")
            raise _refusal(sentence % {"base": row.model})
    if len(above) + 1 + len(levels_below([model.pk])) > MOST_LEVELS:
        raise _refusal(
            _("With this the line would be longer than %(n)d steps.") % {"n": MOST_LEVELS}
        )


def _refusal(sentence: str) -> ValidationError:
    return ValidationError({"bases": sentence})
