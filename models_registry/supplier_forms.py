"""The form of a supplier, with the numbers under which it is listed elsewhere."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.countries import country_choices
from models_registry.forms import flat_choices
from models_registry.models import Supplier, SupplierIdentifier
from models_registry.numbers_of_suppliers import as_registered
from models_registry.row_forms import RowsForm
from models_registry.services import stamp


class SupplierForm(RowsForm):
    columns = ("scheme", "number")
    most_rows = 20
    shown_at: ClassVar = {"identifiers": "number_0"}

    name = forms.CharField(label=_("Name"), max_length=200)
    country = forms.ChoiceField(label=_("Country of its seat"), required=False)
    eu_representative = forms.CharField(
        label=_("Authorised representative in the Union"),
        help_text=_("Only for a supplier outside the Union: who was appointed to speak for it."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self["country"].value() or ""
        choices: list[Any] = [("", _("Not known")), *country_choices()]
        known = dict(flat_choices(choices))
        if given and given not in known and given == self.initial.get("country"):
            choices.append((given, given))
        self.fields["country"].choices = choices  # type: ignore[attr-defined]

    def fields_of_row(self, number: int) -> dict[str, forms.Field]:
        which = {"n": number}
        return {
            "scheme": forms.ChoiceField(
                label=gettext("Kind of number %(n)d") % which,
                choices=[("", _("None")), *SupplierIdentifier.Scheme.choices],
                required=False,
            ),
            "number": forms.CharField(
                label=gettext("Number %(n)d") % which, max_length=120, required=False
            ),
        }

    @staticmethod
    def of(row: Supplier) -> dict[str, Any]:
        typed: dict[str, Any] = {
            "name": row.name,
            "country": row.country,
            "eu_representative": row.eu_representative,
            "seen": stamp(row),
        }
        for n, identifier in enumerate(row.identifiers.all()):
            typed |= {f"scheme_{n}": identifier.scheme, f"number_{n}": identifier.value}
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for n, row in self.cleaned_rows():
            if row["number"] and not row["scheme"] and f"scheme_{n}" not in self.errors:
                self.add_error(f"scheme_{n}", _("Say what kind of number this is."))
            if row["scheme"] and row["number"]:
                self._check(n, row["scheme"], row["number"])
        return cleaned

    def values(self) -> dict[str, Any]:
        rows = [row for _n, row in self.cleaned_rows() if row["scheme"] and row["number"]]
        return super().values() | {"identifiers": [(row["scheme"], row["number"]) for row in rows]}

    def _check(self, n: int, scheme: str, number: str) -> None:
        try:
            as_registered(scheme, number)
        except ValidationError as refusal:
            self.add_error(f"number_{n}", refusal)
