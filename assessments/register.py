"""The register of uses as its address says: searched, filtered, in an order, with its tiles."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Case, Count, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest, Lower
from django.db.models.lookups import Contains
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Actor, Membership
from accounts.paging import KeysetPage, page_of
from assessments.law_in_use import catalogue
from assessments.models import Assessment, AssessmentQuerySet
from assessments.selectors import (
    as_rows,
    assessments_in_register,
    retired_from_register,
    uses_in_force,
)
from assessments.words import role_in_words, tier_in_words
from law.entries import Tier
from models_registry.choosing import LongSelect
from models_registry.filters import Address
from models_registry.models import AIModel, AISystem, Supplier, SystemModel
from models_registry.selectors import MOST_WORDS, occurs, supplier_choices, unit_names

TIERS = [tier.value for tier in Tier]
RETIRED = "retired"
MOST_CHOICES = 200
_GRAVITY = Case(
    *(When(headline=tier, then=Value(place)) for place, tier in enumerate(TIERS)),
    default=Value(len(TIERS)),
    output_field=IntegerField(),
)
_SORTED_BY = {
    "": ("sort_name", Lower("use_case__name")),
    "class": ("gravity", _GRAVITY),
    "date": ("sort_day", Coalesce("next_day", Value(date.max))),
    "changed": ("last_changed", Greatest("changed_at", "use_case__changed_at")),
}


_COLUMNS = {
    "unit": ("use_case__unit",),
    "supplier": ("use_case__system__supplier", "use_case__model__provider"),
    "system": ("use_case__system",),
    "model": ("use_case__model",),
}
_STATES = [
    (state.value, state.label)
    for state in Assessment.State
    if state not in (Assessment.State.SUPERSEDED, Assessment.State.ARCHIVED)
]


class RegisterAddress(Address):
    """Each way to look at the register has its address."""

    tier = forms.ChoiceField(label=_("Class"), required=False)
    role = forms.ChoiceField(label=_("Your role"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=200, widget=LongSelect())
    supplier = forms.UUIDField(label=_("Supplier"), required=False, widget=LongSelect())
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", _("Name")),
            ("class", _("Class, gravest first")),
            ("date", _("Next date")),
            ("changed", _("Last changed")),
        ],
    )
    system = forms.UUIDField(required=False, widget=forms.HiddenInput)
    model = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, member: Membership) -> None:
        self.member = member
        super().__init__(request)

    def offer(self) -> None:
        everything = ("", _("All"))
        self._offer("tier", [everything, *((tier, tier_in_words(tier)) for tier in TIERS)])
        roles = [(role.id, role_in_words(role.id)) for role in catalogue().roles]
        self._offer("role", [everything, *roles])
        self._offer("state", [everything, *_STATES, (RETIRED, _("Retired"))])
        units = [(unit, unit) for unit in unit_names(self.member, MOST_CHOICES)]
        self._offer("unit", [everything, *units])
        suppliers = supplier_choices(self.member, MOST_CHOICES)
        self._offer("supplier", [everything, *suppliers])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        else:
            field.widget.choices = choices

    def page(self) -> KeysetPage[Assessment]:
        by, key = _SORTED_BY[self.said("sort")]
        # So that the index of their names can lead.
        own = Q(use_case__organisation__in=self.member.visible_organisation_ids())
        rows = self.narrowed().filter(own).annotate(**{by: key})
        return page_of(
            rows,
            self.request,
            by=by,
            newest_first=self.said("sort") == "changed",
            shown=as_rows(Assessment.objects.visible_to(self.member)),
        )

    def narrowed(self, *, by_class: bool = True) -> AssessmentQuerySet:
        """What the address asks for; the tiles count the classes of what is left without one."""
        state = self.said("state")
        listed = retired_from_register if state == RETIRED else assessments_in_register
        rows = listed(self.member)
        if state and state != RETIRED:
            rows = rows.filter(state=state)
        if by_class and self.said("tier"):
            rows = rows.filter(headline=self.said("tier"))
        if self.said("role"):
            # Neither database of ours searches a list in JSON the way the other does.
            rows = rows.filter(Contains(Cast("roles", TextField()), f'"{self.said("role")}"'))
        for name, paths in _COLUMNS.items():
            if value := self.said(name):
                rows = rows.filter(_one_of(paths, value))
        for word in self.said("q").split()[:MOST_WORDS]:
            rows = rows.filter(_mentions(word, self.member))
        return rows

    def tiles(self) -> list[dict[str, Any]]:
        """One tile for each class that occurs, gravest first; a second click takes it back."""
        rows = self.narrowed(by_class=False).select_related(None).prefetch_related(None).order_by()
        counts = dict(rows.values_list("headline").annotate(n=Count("pk")))
        chosen = self.said("tier")
        return [
            {
                "tier": tier,
                "count": counts[tier],
                "url": self.address(tier="" if tier == chosen else tier),
                "current": tier == chosen,
            }
            for tier in TIERS
            if tier in counts
        ]

    def address(self, **changes: str) -> str:
        """The register with what is said here, but for the changes."""
        said = {name: str(self.said(name)) for name in self.fields} | changes
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{reverse('assessments:use-list')}?{query}".rstrip("?")


def days_within_a_year(member: Membership, today: date) -> int:
    """How many different days within a year bring new duties to the organisation's uses."""
    soon = uses_in_force(member).filter(
        next_day__gt=today, next_day__lte=today + timedelta(days=365)
    )
    return soon.values("next_day").distinct().count()


def _one_of(paths: tuple[str, ...], value: Any) -> Q:
    found = Q()
    for path in paths:
        found |= Q(**{path: value})
    return found


def _mentions(word: str, actor: Actor) -> Q:
    """A condition: the use, its system, a model in it or a supplier is spelled with the word.

    Each table is searched by itself: joined, the same system would be read for each of its uses.
    """
    suppliers = Supplier.objects.visible_to(actor).filter(occurs(word, "name"))
    by_them = Q(provider__in=suppliers.values("pk"))
    models = AIModel.objects.visible_to(actor).filter(occurs(word, "name", "version") | by_them)
    parts = SystemModel.objects.filter(model__in=models.values("pk"))
    systems = AISystem.objects.visible_to(actor).filter(
        occurs(word, "name", "version")
        | Q(supplier__in=suppliers.values("pk"))
        | Q(pk__in=parts.values("system"))
    )
    return (
        occurs(word, "use_case__name", "use_case__purpose", "use_case__unit")
        | Q(use_case__system__in=systems.values("pk"))
        | Q(use_case__model__in=models.values("pk"))
    )
