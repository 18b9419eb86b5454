"""Forms check the shape of what is typed; the services check its meaning."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Actor
from models_registry.choosing import MOST_OFFERED, UNKNOWN
from models_registry.models import AISystem, RegisterRow
from models_registry.quantities import QuantityField, quantity_in_words
from models_registry.selectors import supplier_names, uses_of
from models_registry.services import stamp

MOST_NAMES = 200
SUPPLIER_LIST = "supplier-names"


class EntryForm(forms.Form):
    """A row of the register as a form; what the services refuse is shown at its field."""

    # Where a refusal is shown that is about no field or about several.
    main_field = "name"
    # Where it is shown what a service refuses by another name than a field has.
    shown_at: ClassVar[Mapping[str, str]] = {}
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        # What others wrote meanwhile, by label.
        self.theirs: list[tuple[str, str]] = []

    def values(self) -> dict[str, Any]:
        """What the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @staticmethod
    def of(row: Any) -> dict[str, Any]:
        """What stands in the register, as the form would hold it."""
        raise NotImplementedError

    def typed(self, name: str) -> Any:
        """What a field holds before anything is checked."""
        return self.data.get(name) if self.is_bound else self.initial.get(name)

    @property
    def state_seen(self) -> str:
        """The state of the row that the person had before her."""
        return str(self["seen"].value() or "")

    def take_in(self, refusal: ValidationError) -> None:
        """Shows what a service refused at the field it is about."""
        faults = (
            refusal.error_dict
            if hasattr(refusal, "error_dict")
            else {NON_FIELD_ERRORS: refusal.error_list}
        )
        for name, errors in faults.items():
            place = self.shown_at.get(name, name)
            for error in errors:
                self.add_error(place if place in self.fields else self.main_field, error)

    def show_theirs(self, row: RegisterRow, current: Mapping[str, Any]) -> None:
        """After somebody else's change: keeps what was typed and shows what stands there now."""
        typed = {name: self.shown(name, value) for name, value in self.cleaned_data.items()}
        theirs = {name: self.shown(name, value) for name, value in current.items()}
        self.theirs = [
            (str(self[name].label), theirs[name])
            for name in self.fields
            if name in theirs and name != "seen" and theirs[name] != typed.get(name, "")
        ]
        data = cast("QueryDict", self.data).copy()
        data["seen"] = stamp(row)
        self.data = data
        self.add_error(
            None,
            _("Somebody changed this while you were writing. Compare, then save again."),
        )

    def shown(self, name: str, value: Any) -> str:
        """A value of a field in words."""
        if isinstance(value, list | tuple):
            return ", ".join(self.shown(name, part) for part in value)
        if isinstance(self.fields[name], QuantityField):
            return quantity_in_words(value)
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        words = dict(flat_choices(getattr(self.fields[name].widget, "choices", ())))
        return str(words.get(str(getattr(value, "pk", value)), value if value is not None else ""))


def flat_choices(choices: Any) -> list[tuple[str, Any]]:
    """Value and label of each choice, those within groups too."""
    pairs: list[tuple[str, Any]] = []
    for value, label in choices:
        pairs += flat_choices(label) if isinstance(label, list | tuple) else [(str(value), label)]
    return pairs


class NamesSupplierForm(EntryForm):
    """With a supplier by name: one that the register knows, or a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.supplier_names = supplier_names(self.actor, MOST_NAMES)


def supplier_field(label: Any, hint: Any) -> forms.CharField:
    suggests = forms.TextInput(attrs={"list": SUPPLIER_LIST, "autocomplete": "off"})
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=200, widget=suggests
    )


class NewVersionForm(EntryForm):
    """The next version of a system, and which of its uses move on to it."""

    main_field = "version"
    version = forms.CharField(
        label=_("Version"), max_length=60, help_text=_("As its supplier calls it, as in 2026.4.")
    )

    def __init__(self, *args: Any, system: AISystem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        uses = uses_of(self.actor).in_use().filter(system=system).in_order()
        field = forms.ModelMultipleChoiceField(
            uses,
            label=_("Uses that move on to it"),
            help_text=_("The others stay with the version they are used at today."),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": UNKNOWN, "invalid_pk_value": UNKNOWN},
        )
        # So many that they can be looked through; further ones can be moved one by one.
        field.widget.choices = [(str(use.pk), str(use)) for use in uses[:MOST_OFFERED]]
        self.fields["moving"] = field
        self.has_uses = bool(field.widget.choices)
