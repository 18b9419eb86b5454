"""What the address of a list says: search, filter and order; what makes no sense is left out."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.paging import KeysetPage, page_of
from models_registry.choosing import LongSelect
from models_registry.models import RegisterQuerySet, SupplierIdentifier
from models_registry.numbers_of_suppliers import searched_as
from models_registry.selectors import occurs, systems_with_model, with_words


class Address(forms.Form):
    """The parameters of an address; an invalid one counts as not given."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    # Beside the search; the other fields wait behind "More filters".
    first: ClassVar[tuple[str, ...]] = ("state", "sort")

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request.GET, auto_id="filter_%s", **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.widget, field.choices = LongSelect(), field.choices
            kind = "select" if isinstance(field.widget, forms.Select) else "input"
            field.widget.attrs["class"] = f"govuk-{kind}"
        self.request = request
        self.offer()
        self.is_valid()

    def offer(self) -> None:
        """Fills the choices that depend on who reads and in which language."""

    def said(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    @property
    def is_narrowed(self) -> bool:
        """Whether it hides rows that the plain list shows."""
        return any(self.said(name) for name in self.fields if name != "sort")

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.first]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        seen = {"q", *self.first}
        return [field for field in self.visible_fields() if field.name not in seen]

    @property
    def is_refined(self) -> bool:
        """Whether something behind "More filters" is said, so that it should be in sight."""
        return any(self.said(field.name) for field in self.more_fields)


class EntryFilter(Address):
    """For suppliers, models and systems."""

    searched: ClassVar[tuple[str, ...]] = ("name",)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", pgettext_lazy("of a row", "In use")), ("retired", _("Retired"))],
    )
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=[("", _("Name")), ("changed", _("Last changed"))]
    )

    def page(
        self, rows: RegisterQuerySet[Any], shown: RegisterQuerySet[Any] | None = None
    ) -> KeysetPage[Any]:
        """The page that the address asks for; `shown` says how its rows are read."""
        rows = self.narrowed(rows)
        if self.said("sort") == "changed":
            return page_of(rows, self.request, by="changed_at", newest_first=True, shown=shown)
        rows = rows.annotate(sort_name=Lower("name"))
        return page_of(rows, self.request, by="sort_name", shown=shown)

    def narrowed(self, rows: RegisterQuerySet[Any]) -> RegisterQuerySet[Any]:
        retired = self.said("state") == "retired"
        rows = rows.filter(retired_at__isnull=not retired)
        return with_words(rows, self.said("q"), *self.searched)


class SupplierFilter(EntryFilter):
    searched = ("name", "eu_representative")

    def narrowed(self, rows: RegisterQuerySet[Any]) -> RegisterQuerySet[Any]:
        """By name, or by a number that the supplier is listed under."""
        retired = self.said("state") == "retired"
        rows = rows.filter(retired_at__isnull=not retired)
        words = self.said("q")
        found = with_words(rows, words, *self.searched)
        if not (number := searched_as(words)):
            return found
        listed = SupplierIdentifier.objects.filter(occurs(number, "value") | occurs(words, "value"))
        return rows.filter(Q(pk__in=found.values("pk")) | Q(pk__in=listed.values("supplier_id")))


class ModelFilter(EntryFilter):
    searched = ("name", "version", "licence", "provider__name")
    supplier = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def narrowed(self, rows: RegisterQuerySet[Any]) -> RegisterQuerySet[Any]:
        rows = super().narrowed(rows)
        supplier = self.said("supplier")
        return rows.filter(provider_id=supplier) if supplier else rows


class SystemFilter(EntryFilter):
    searched = ("name", "version", "supplier__name")
    supplier = forms.UUIDField(required=False, widget=forms.HiddenInput)
    model = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def narrowed(self, rows: RegisterQuerySet[Any]) -> RegisterQuerySet[Any]:
        rows = super().narrowed(rows)
        supplier, model = self.said("supplier"), self.said("model")
        if isinstance(supplier, UUID):
            rows = rows.filter(supplier_id=supplier)
        return systems_with_model(rows, model) if isinstance(model, UUID) else rows
