"""Forms for a use: little to register it, the rest whenever it is known."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.countries import IN_THE_UNION, by_name
from models_registry.choosing import (
    EntryChoiceField,
    chosen_row,
    has_more_than_offered,
    offered,
)
from models_registry.forms import MOST_NAMES, EntryForm, supplier_field
from models_registry.models import UseCase
from models_registry.selectors import models_of, supplier_names, systems_of, unit_names
from models_registry.services import stamp

UNIT_LIST = "unit-names"


class UseForm(EntryForm):
    """What every use has, and the system that is used, out of a list that stays small."""

    name = forms.CharField(
        label=_("What do you call this use?"),
        help_text=_("One system doing one job, as in “Shortlisting of apprentices”."),
        max_length=200,
    )
    purpose = forms.CharField(
        label=_("What does it do, in a sentence?"),
        help_text=_("For whom, with what, and what comes out of it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    unit = forms.CharField(
        label=_("Who uses it?"),
        help_text=_("A unit or team, as your organisation calls it."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": UNIT_LIST, "autocomplete": "off"}),
    )
    find = forms.CharField(label=_("Find a system"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_names = unit_names(self.actor, MOST_NAMES)
        systems = systems_of(self.actor)
        options = offered(
            systems, find=str(self.typed("find") or ""), chosen=[self.typed("system")]
        )
        self.has_systems = bool(options)
        self.has_more_systems = has_more_than_offered(systems)
        field = EntryChoiceField(systems, label=_("System"), required=False)
        field.show(options, self.no_system)
        self.fields["system"] = field

    # What the list says first, before any system is chosen.
    no_system: Any = _("Choose a system")

    def typed(self, name: str) -> Any:
        return self.data.get(name) if self.is_bound else self.initial.get(name)


class UseRegistrationForm(UseForm):
    """A new use of a system that the register knows, of a new one, or of a model as such."""

    no_system = _("Not in the register yet")
    new_system = forms.CharField(
        label=_("Name of the system"),
        help_text=_("A product, or what you call a system of your own making."),
        max_length=200,
        required=False,
    )
    supplier_name = supplier_field(
        _("Its supplier"), _("Leave it empty for a system of your own making.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.supplier_names = supplier_names(self.actor, MOST_NAMES)
        models = models_of(self.actor)
        self.fields["model"] = EntryChoiceField(models, required=False, widget=forms.HiddenInput)
        # Chosen on the page of the model, where the system plays no part.
        self.chosen_model = chosen_row(models, self.typed("model"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("model") or self.errors.keys() & {"system", "model", "new_system"}:
            return given
        if given.get("system") and given.get("new_system"):
            self.add_error("new_system", _("Choose a system or name a new one, not both."))
        if not given.get("system") and not given.get("new_system"):
            self.add_error("new_system", _("Name the system that is used."))
        return given

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "name": given["name"],
            "purpose": given["purpose"],
            "unit": given["unit"],
            "subject": given["model"] or given["system"],
            "new_system": given["new_system"],
            "supplier": given["supplier_name"],
        }


class UseEditForm(UseForm):
    """Everything the register holds of a use."""

    member_states = forms.MultipleChoiceField(
        label=_("Member States in which it is used"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    affected_persons = forms.CharField(
        label=_("Whom does it affect, and how many?"),
        help_text=_("As in “about 300 applicants a year”."),
        max_length=400,
        required=False,
    )

    def __init__(self, *args: Any, use_case: UseCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_case = use_case
        self.fields["member_states"].choices = by_name(IN_THE_UNION)  # type: ignore[attr-defined]
        if use_case.system_id is None:
            del self.fields["system"], self.fields["find"]
        else:
            self.fields["system"].required = True

    @staticmethod
    def of(row: UseCase) -> dict[str, Any]:
        return {
            "name": row.name,
            "purpose": row.purpose,
            "unit": row.unit,
            "system": str(row.system_id) if row.system_id else None,
            "member_states": row.member_states,
            "affected_persons": row.affected_persons,
            "seen": stamp(row),
        }

    def values(self) -> dict[str, Any]:
        names = ("name", "purpose", "unit", "member_states", "affected_persons")
        given = {name: self.cleaned_data[name] for name in names}
        return given | {"subject": self.cleaned_data.get("system") or self.use_case.model}
