"""Choosing a row of one's own register in a form that stays small however long the register is."""

from collections.abc import Container, Iterable
from html import escape
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from models_registry.models import RegisterQuerySet, RegisterRow
from models_registry.selectors import with_words

Entry = TypeVar("Entry", bound=RegisterRow)
MOST_OFFERED = 100
UNKNOWN = _("This is not in your register. Choose another one.")


class LongSelect(forms.Select):
    """Looks like any other; Django would render a template for each of its many options."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = {str(part) for part in self.format_value(value) or ()}
        options = "".join(_option(str(key), label, chosen) for key, label in self.choices)
        given = flatatt({**self.attrs, **(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", given, mark_safe(options))  # noqa: S308


def _option(key: str, label: Any, chosen: Container[str]) -> str:
    mark = " selected" if key in chosen else ""
    return f'<option value="{escape(key)}"{mark}>{escape(str(label))}</option>'


class EntryChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the rows, whichever of them the list shows; a row of others is unknown."""

    widget = LongSelect

    def __init__(self, rows: RegisterQuerySet[Any], **kwargs: Any) -> None:
        super().__init__(rows, error_messages={"invalid_choice": UNKNOWN}, **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(UNKNOWN, code="invalid_choice") from error

    def show(self, options: Iterable[tuple[str, str]], empty: Any) -> None:
        """Offers these and nothing else, with the words for choosing none of them first."""
        self.widget.choices = [("", empty), *options]


def offered(
    rows: RegisterQuerySet[Entry], *, find: str = "", chosen: Iterable[Any] = ()
) -> list[tuple[str, str]]:
    """What a list offers: rows in use that the words fit, and what is chosen already."""
    ids = [key for key in map(_key, chosen) if key]
    fitting = with_words(rows.in_use(), find, "name", "version").in_order()
    found = {row.pk: row for row in fitting[:MOST_OFFERED]}
    missing = [key for key in ids if key not in found]
    if missing:
        found |= {row.pk: row for row in rows.filter(pk__in=missing)}
    return [(str(key), str(row)) for key, row in found.items()]


def chosen_row(rows: RegisterQuerySet[Entry], value: Any) -> Entry | None:
    """The row that a form or an address names, if it is one of these."""
    key = _key(value)
    return rows.filter(pk=key).first() if key else None


def has_more_than_offered(rows: RegisterQuerySet[Any]) -> bool:
    return rows.in_use().order_by()[MOST_OFFERED : MOST_OFFERED + 1].exists()


def _key(value: Any) -> UUID | None:
    try:
        return UUID(str(getattr(value, "pk", value)))
    except ValueError:
        return None
