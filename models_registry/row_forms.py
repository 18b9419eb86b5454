"""Forms with numbered rows; some further rows stand empty, and saving makes room for more."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from models_registry.choosing import EntryChoiceField, has_more_than_offered, offered
from models_registry.forms import EntryForm, NamesSupplierForm
from models_registry.models import AIModel, RegisterQuerySet
from models_registry.selectors import models_of

MOST_ROWS = 40
Row = dict[str, Any]


class RowsForm(EntryForm):
    """Fields that stand once in each row are named by the row, as in `value_0`."""

    columns: ClassVar[tuple[str, ...]]
    empty_rows: ClassVar[int] = 2
    most_rows: ClassVar[int] = MOST_ROWS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = range(self._rows_needed())
        for n in self.rows:
            for name, field in self.fields_of_row(n + 1).items():
                self.fields[f"{name}_{n}"] = field

    def fields_of_row(self, number: int) -> dict[str, forms.Field]:
        """The fields of one row, with labels that tell the rows apart."""
        raise NotImplementedError

    def bound_rows(self) -> list[dict[str, forms.BoundField]]:
        return [{name: self[f"{name}_{n}"] for name in self.columns} for n in self.rows]

    @property
    def has_rows(self) -> bool:
        """Whether something is typed in any of them."""
        return any(self._is_used(n) for n in self.rows)

    def cleaned_rows(self) -> Iterator[tuple[int, Row]]:
        for n in self.rows:
            yield n, {name: self.cleaned_data.get(f"{name}_{n}") for name in self.columns}

    def values(self) -> dict[str, Any]:
        names = {f"{name}_{n}" for name in self.columns for n in self.rows}
        return {name: value for name, value in super().values().items() if name not in names}

    def _is_used(self, n: int) -> bool:
        return any(self.typed(f"{name}_{n}") for name in self.columns)

    def _rows_needed(self) -> int:
        last = max((n for n in range(self.most_rows) if self._is_used(n)), default=-1)
        return min(last + 1 + self.empty_rows, self.most_rows)


class ModelRowsForm(RowsForm, NamesSupplierForm):
    """Each row begins with a model of the register, named once."""

    column: ClassVar[str]
    no_model: ClassVar[Promise]
    missing: ClassVar[Promise]
    twice: ClassVar[Promise]
    find = forms.CharField(label=_("Find a model"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        models = self.choosable()
        self.has_more_models = has_more_than_offered(models)
        chosen = [self.typed(f"{self.column}_{n}") for n in self.rows]
        options = offered(models, find=str(self.typed("find") or ""), chosen=chosen)
        self.has_models = bool(options)
        for n in self.rows:
            field = self.fields[f"{self.column}_{n}"]
            if isinstance(field, EntryChoiceField):
                field.show(options, self.no_model)

    def choosable(self) -> RegisterQuerySet[AIModel]:
        return models_of(self.actor)

    def model_field(self, label: str) -> EntryChoiceField:
        return EntryChoiceField(self.choosable(), label=label, required=False)

    def filled_rows(self) -> list[Row]:
        return [row for _n, row in self.cleaned_rows() if row[self.column]]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "find"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[Any] = set()
        for n, row in self.cleaned_rows():
            model, name = row[self.column], f"{self.column}_{n}"
            if not model and any(row.values()) and name not in self.errors:
                self.add_error(name, str(self.missing))
            if model and model.pk in seen:
                self.add_error(name, str(self.twice))
            seen.add(model and model.pk)
        return cleaned
