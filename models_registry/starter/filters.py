"""What the address of the starter catalogue says: search, filters and order."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from models_registry.checks.starter import starter
from models_registry.checks.starter_entries import StarterModel
from models_registry.comparison.words import value_words
from models_registry.filters import Address
from models_registry.model_access import gate_unknown_in_words
from models_registry.models import AIModel
from models_registry.selectors import MOST_WORDS
from models_registry.sovereignty.knowledge import check_catalogue
from models_registry.starter.words import licence_of, stated

GATE_UNKNOWN = "gate_unknown"
_YES_NO = {"yes": True, "no": False, "open": None}
_VERDICTS = ("meets", "contested", "likely_fails", "fails")


class StarterFilter(Address):
    """For the starter catalogue; what makes no sense is left out."""

    first: ClassVar[tuple[str, ...]] = ("access", "sort")
    access = forms.ChoiceField(label=_("Access"), required=False)
    provider = forms.ChoiceField(label=_("Provider"), required=False)
    licence = forms.ChoiceField(label=_("Licence"), required=False)
    verdict = forms.ChoiceField(label=_("Licence under Art 53(2)"), required=False)
    general_purpose = forms.ChoiceField(
        label=_("General purpose"),
        required=False,
        choices=[
            ("", _("All")),
            ("yes", _("yes, stated or by its compute")),
            ("no", _("no")),
            ("open", _("not known")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("", _("Name")),
            ("released", _("Newest first")),
            ("compute", _("Most training compute first")),
            ("parameters", _("Most parameters first")),
        ],
    )

    def offer(self) -> None:
        listed = starter(check_catalogue())
        licences = {one.id: one.name for one in map(licence_of, listed.models.values())}
        self._choose("access", access_words().items())
        self._choose("provider", [(one.id, one.name) for one in listed.providers.values()])
        self._choose("licence", sorted(licences.items(), key=lambda item: item[1].lower()))
        self._choose("verdict", [(one, value_words("x_verdict", one)) for one in _VERDICTS])

    def found(self) -> list[StarterModel]:
        """The entries that fit, in the order asked for."""
        fitting = [one for one in starter(check_catalogue()).models.values() if self._fits(one)]
        return _in_order(fitting, str(self.said("sort")))

    def _choose(self, name: str, options: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", gettext("All")), *options]  # type: ignore[attr-defined]

    def _fits(self, entry: StarterModel) -> bool:
        licence = licence_of(entry)
        held = {
            "access": access_of(entry),
            "provider": entry.provider.id,
            "licence": licence.id,
            "verdict": licence.verdict.value,
        }
        if any(self.said(name) and self.said(name) != value for name, value in held.items()):
            return False
        general = self.said("general_purpose")
        if general and stated(entry, "general_purpose") is not _YES_NO[general]:
            return False
        text = f"{entry.name} {entry.provider.name} {licence.name} {entry.repository}".lower()
        return all(word in text for word in self.said("q").lower().split()[:MOST_WORDS])


def access_of(entry: StarterModel) -> str:
    """The access as the filter knows it."""
    if entry.access:
        return entry.access
    return GATE_UNKNOWN if stated(entry, "weights_available") else ""


def access_words() -> dict[str, str]:
    """Every kind of access in the catalogue."""
    access = AIModel.Access
    return {
        access.OPEN_WEIGHTS.value: str(access.OPEN_WEIGHTS.label),
        access.GATED.value: str(access.GATED.label),
        GATE_UNKNOWN: gate_unknown_in_words(),
        access.API_ONLY.value: str(access.API_ONLY.label),
    }


def _in_order(entries: list[StarterModel], order: str) -> list[StarterModel]:
    by_name = sorted(entries, key=lambda entry: entry.name.lower())
    keys: dict[str, Callable[[StarterModel], Any]] = {
        "released": lambda entry: str(stated(entry, "release_date") or ""),
        "compute": lambda entry: stated(entry, "training_compute") or 0,
        "parameters": lambda entry: stated(entry, "parameters_total") or 0,
    }
    return sorted(by_name, key=keys[order], reverse=True) if order in keys else by_name
