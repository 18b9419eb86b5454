"""The register of uses as its address says: searched, filtered, in an order, with its tiles."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Case, Count, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest, Lower
from django.db.models.lookups import Contains
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Actor, Membership
from accounts.paging import KeysetPage, page_of
from assessments.law_in_use import catalogue
from assessments.models import Assessment, AssessmentQuerySet
from assessments.selectors import (
    as_rows,
    assessments_in_register,
    assessments_of_retired,
    classes_and_days,
    uses_in_register,
    uses_retired,
)
from assessments.words import role_in_words, tier_in_words
from law.entries import Tier
from models_registry.choosing import LongSelect
from models_registry.filters import Address
from models_registry.models import (
    AIModel,
    AISystem,
    RegisterQuerySet,
    Supplier,
    SystemModel,
    UseCase,
    UseCaseQuerySet,
)
from models_registry.selectors import MOST_WORDS, occurs, supplier_choices, unit_names

TIERS = [tier.value for tier in Tier]
RETIRED = "retired"
MOST_CHOICES = 200
MOST_KEYS = 100
_GRAVITY = Case(
    *(When(current_class=tier, then=Value(place)) for place, tier in enumerate(TIERS)),
    default=Value(len(TIERS)),
    output_field=IntegerField(),
)
_SORTED_BY = {
    "": ("sort_name", Lower("name")),
    "class": ("gravity", _GRAVITY),
    "date": ("sort_day", Coalesce("current_day", Value(date.max))),
    "changed": ("last_changed", Greatest("current_change", "changed_at")),
}


_COLUMNS = {
    "unit": ("unit",),
    "supplier": ("system__supplier", "model__provider"),
    "system": ("system",),
    "model": ("model",),
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
        return page_of(
            self.narrowed().annotate(**{by: key}),
            self.request,
            by=by,
            newest_first=self.said("sort") == "changed",
            shown=as_rows(self._current()),
            named_by="use_case_id",
        )

    def _current(self) -> AssessmentQuerySet:
        if self._wants_retired:
            return assessments_of_retired(self.member)
        return assessments_in_register(self.member)

    def narrowed(self, *, by_class: bool = True) -> UseCaseQuerySet:
        """The uses that the address asks for."""
        found = uses_retired if self._wants_retired else uses_in_register
        rows = found(self.member).filter(self._of_uses)
        if self._state:
            rows = rows.filter(Q(current_state=self._state))
        if by_class and self.said("tier"):
            rows = rows.filter(Q(current_class=self.said("tier")))
        return rows.filter(self._role_in("current_roles"))

    def counts(self) -> dict[str, int]:
        """How many uses of each class are left, whatever class is chosen."""
        if not any(self.said(name) for name in self.fields if name not in ("tier", "sort")):
            return self.whole.by_class
        if self._wants_retired:
            retired: Any = self.narrowed(by_class=False).order_by()
            return dict(retired.values_list("current_class").annotate(n=Count("*")))
        # From the other side, since the index over the assessments counts without reading them.
        rows = assessments_in_register(self.member)
        if self._of_uses:
            uses = UseCase.objects.visible_to(self.member).filter(self._of_uses)
            rows = rows.filter(use_case__in=uses.values("pk"))
        if self._state:
            rows = rows.filter(state=self._state)
        counted = rows.filter(self._role_in("roles")).order_by().values_list("headline")
        return dict(counted.annotate(n=Count("*")))

    @property
    def _wants_retired(self) -> bool:
        return bool(self.said("state") == RETIRED)

    @property
    def _state(self) -> str:
        return "" if self._wants_retired else str(self.said("state"))

    def _role_in(self, column: str) -> Any:
        if not self.said("role"):
            return Q()
        # Neither database of ours searches a list in JSON the way the other does.
        return Contains(Cast(column, TextField()), f'"{self.said("role")}"')

    @cached_property
    def _of_uses(self) -> Q:
        """What is asked of the use itself, whatever its assessment says."""
        asked = Q()
        for name, paths in _COLUMNS.items():
            if value := self.said(name):
                asked &= _one_of(paths, value)
        words = self.said("q").split()[:MOST_WORDS]
        for word in words:
            asked &= _mentions(word, self.member)
        # Searched through once for list and tiles, unless most uses are found anyway.
        found = _keys(UseCase.objects.visible_to(self.member).filter(asked)) if words else None
        return Q(pk__in=found) if isinstance(found, list) else asked

    @cached_property
    def whole(self) -> "Counted":
        """The register without what the address asks for."""
        return Counted(classes_and_days(self.member))

    def tiles(self) -> list[dict[str, Any]]:
        """One tile for each class that occurs, gravest first; a second click takes it back."""
        counts, chosen = self.counts(), self.said("tier")
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


@dataclass(frozen=True)
class Counted:
    """All uses that are not retired, by class and by the day of their next duties."""

    rows: list[tuple[str, date | None, int]]

    @property
    def total(self) -> int:
        return sum(count for _tier, _day, count in self.rows)

    @property
    def by_class(self) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for tier, _day, count in self.rows:
            counts[tier] += count
        return dict(counts)

    def days_within_a_year(self, today: date) -> int:
        """How many different days within a year bring new duties."""
        last = today + timedelta(days=365)
        return len({day for _tier, day, _count in self.rows if day and today < day <= last})


def _one_of(paths: tuple[str, ...], value: Any) -> Q:
    found = Q()
    for path in paths:
        found |= Q(**{path: value})
    return found


def _mentions(word: str, actor: Actor) -> Q:
    """A condition: the use, its system, a model in it or a supplier is spelled with the word.

    Each table is searched by itself: joined, the same system would be read for each of its uses.
    """
    suppliers = Supplier.objects.visible_to(actor).filter(occurs(word, "name")).values("pk")
    by_them = Q(provider__in=suppliers)
    models = _keys(
        AIModel.objects.visible_to(actor).filter(occurs(word, "name", "version") | by_them)
    )
    parts = SystemModel.objects.filter(model__in=models)
    systems = _keys(
        AISystem.objects.visible_to(actor).filter(
            occurs(word, "name", "version")
            | Q(supplier__in=suppliers)
            | Q(pk__in=parts.values("system"))
        )
    )
    named = occurs(word, "name", "purpose", "unit")
    return named | Q(system__in=systems) | Q(model__in=models)


def _keys(rows: RegisterQuerySet[Any]) -> Any:
    """Looked up once for list and tiles; the query itself where many rows are found."""
    keys = list(rows.order_by().values_list("pk", flat=True)[: MOST_KEYS + 1])
    return keys if len(keys) <= MOST_KEYS else rows.values("pk")
