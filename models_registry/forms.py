"""Forms check the shape of what is typed; the services check its meaning."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.countries import country_choices
from accounts.forms import capfirst_lazy
from accounts.models import Actor
from models_registry.choosing import (
    MOST_OFFERED,
    UNKNOWN,
    EntryChoiceField,
    has_more_than_offered,
    offered,
)
from models_registry.models import AIModel, AISystem, RegisterRow, Supplier
from models_registry.selectors import models_of, supplier_names, uses_of
from models_registry.services import stamp

MOST_NAMES = 200
MOST_PARTS = 40
SUPPLIER_LIST = "supplier-names"


class EntryForm(forms.Form):
    """A row of the register as a form; what the services refuse is shown at its field."""

    # Where a refusal is shown that is about no field or about several.
    main_field = "name"
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
            for error in errors:
                self.add_error(name if name in self.fields else self.main_field, error)

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
        words = dict(_flat(getattr(self.fields[name].widget, "choices", ())))
        return str(words.get(str(getattr(value, "pk", value)), value if value is not None else ""))


def _flat(choices: Any) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for value, label in choices:
        pairs += _flat(label) if isinstance(label, list | tuple) else [(str(value), label)]
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


class SupplierForm(EntryForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    country = forms.ChoiceField(label=_("Country of its seat"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self["country"].value() or ""
        choices: list[Any] = [("", _("Not known")), *country_choices()]
        if given and given not in dict(_flat(choices)) and given == self.initial.get("country"):
            choices.append((given, given))
        self.fields["country"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def of(row: Supplier) -> dict[str, Any]:
        return {"name": row.name, "country": row.country, "seen": stamp(row)}


class AIModelForm(NamesSupplierForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    version = forms.CharField(label=_("Version"), max_length=60, required=False)
    supplier_name = supplier_field(
        _("Provider"), _("Who made it. Choose a name that is known, or type a new one.")
    )
    access = forms.ChoiceField(
        label=_("How you can get at it"),
        choices=[(access.value, capfirst_lazy(access.label)) for access in AIModel.Access],
        widget=forms.RadioSelect,
    )
    licence = forms.CharField(label=_("Licence"), max_length=120, required=False)
    training_compute = forms.FloatField(
        label=_("Operations spent on training"),
        help_text=_("As published or estimated by its provider, as in 1e25 or 3.1e24."),
        min_value=0,
        max_value=1e40,
        required=False,
    )

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {"provider": values.pop("supplier_name")}

    @staticmethod
    def of(row: AIModel) -> dict[str, Any]:
        return {
            "name": row.name,
            "version": row.version,
            "supplier_name": row.provider.name if row.provider else "",
            "access": row.access,
            "licence": row.licence,
            "training_compute": row.training_compute,
            "seen": stamp(row),
        }


class SystemForm(NamesSupplierForm):
    """A system and the models in it; two rows for further models stand empty."""

    name = forms.CharField(label=_("Name"), max_length=200)
    version = forms.CharField(label=_("Version"), max_length=60, required=False)
    supplier_name = supplier_field(
        _("Supplier"),
        _("Who you have it from. Leave it empty for a system of your own making."),
    )
    find = forms.CharField(label=_("Find a model"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = range(self._rows_needed())
        models = models_of(self.actor)
        self.has_more_models = has_more_than_offered(models)
        chosen = [self._typed(f"model_{n}") for n in self.rows]
        options = offered(models, find=str(self._typed("find") or ""), chosen=chosen)
        self.has_models = bool(options)
        for n in self.rows:
            number = {"n": n + 1}
            label = gettext("Model %(n)d") % number
            field = EntryChoiceField(models, label=label, required=False)
            field.show(options, _("No model"))
            self.fields[f"model_{n}"] = field
            self.fields[f"role_{n}"] = forms.CharField(
                label=gettext("What model %(n)d does in the system") % number,
                max_length=200,
                required=False,
            )

    @staticmethod
    def of(row: AISystem) -> dict[str, Any]:
        typed: dict[str, Any] = {
            "name": row.name,
            "version": row.version,
            "supplier_name": row.supplier.name if row.supplier else "",
            "seen": stamp(row),
        }
        for n, part in enumerate(row.parts.all()):
            typed |= {f"model_{n}": str(part.model_id), f"role_{n}": part.role}
        return typed

    def part_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"model_{n}"], self[f"role_{n}"]) for n in self.rows]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[Any] = set()
        for n in self.rows:
            model, role = cleaned.get(f"model_{n}"), cleaned.get(f"role_{n}")
            if role and not model and f"model_{n}" not in self.errors:
                self.add_error(f"model_{n}", _("Choose the model that does this."))
            if model and model.pk in seen:
                self.add_error(
                    f"model_{n}", _("The model stands twice in this system; name it once.")
                )
            seen.add(model and model.pk)
        return cleaned

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        parts = [(given[f"model_{n}"], given[f"role_{n}"]) for n in self.rows]
        kept = {name: given[name] for name in ("name", "version")}
        return kept | {
            "supplier": given["supplier_name"],
            "models": [(model, role) for model, role in parts if model],
        }

    def _typed(self, name: str) -> Any:
        return self.data.get(name) if self.is_bound else self.initial.get(name)

    def _rows_needed(self) -> int:
        used = [
            n for n in range(MOST_PARTS) if self._typed(f"model_{n}") or self._typed(f"role_{n}")
        ]
        return min(max(used, default=-1) + 3, MOST_PARTS)


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
