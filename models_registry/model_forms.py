"""The form of a model, what is known of it, and the models that it was made from."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms import capfirst_lazy
from models_registry.forms import supplier_field
from models_registry.licence.names import licence_meant, licence_names, licence_of
from models_registry.models import AIModel, Derivation, Modality, RegisterQuerySet
from models_registry.quantities import QuantityField
from models_registry.row_forms import ModelRowsForm
from models_registry.services import Base, stamp

LICENCE_LIST = "licence-names"
_GENERAL_PURPOSE = {"yes": True, "no": False, "": None}
_MODALITIES = [(one.value, capfirst_lazy(one.label)) for one in Modality]


def _modalities(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=_MODALITIES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class AIModelForm(ModelRowsForm):
    column = "base"
    columns = ("base", "relation", "compute")
    empty_rows = 1
    most_rows = 20
    no_model = _("No model")
    missing = _("Choose the model that it was made from.")
    twice = _("The model stands twice; name it once.")
    shown_at: ClassVar = {"bases": "base_0", "licence_id": "licence"}
    # Folded away, since most people leave it to a check of the files.
    more = (
        "released_on", "repository", "parameters_total", "parameters_active", "context_length",
        "training_tokens", "training_compute", "compute_is_lower_bound", "input_modalities",
        "output_modalities",
    )  # fmt: skip

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
    licence = forms.CharField(
        label=_("Licence"),
        help_text=_(
            "Choose one that is known, such as Apache License 2.0, and its conditions are shown. "
            "Any other name is kept as you type it."
        ),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": LICENCE_LIST, "autocomplete": "off"}),
    )
    general_purpose = forms.ChoiceField(
        label=_("Is it a general-purpose model?"),
        help_text=_("One that does many different tasks, as large language models do."),
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))],
        required=False,
        widget=forms.RadioSelect,
    )
    released_on = forms.DateField(
        label=_("Released on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    repository = forms.CharField(
        label=_("Repository"),
        help_text=_("Where its files lie, as in openai/gpt-oss-20b or an address."),
        max_length=200,
        required=False,
    )
    parameters_total = QuantityField(
        label=_("Parameters"), help_text=_("As in 7 billion, 1.04 trillion or 1e12.")
    )
    parameters_active = QuantityField(
        label=_("Active parameters"),
        help_text=_("For each token, in a mixture of experts."),
    )
    training_tokens = QuantityField(
        label=_("Training tokens"), help_text=_("As in 15.5 trillion or 15.5e12.")
    )
    context_length = QuantityField(
        whole=True, label=_("Context in tokens"), help_text=_("As in 262144 or 128k.")
    )
    training_compute = QuantityField(
        label=_("Operations spent on training"),
        help_text=_("As published or estimated by its provider, as in 1e25 or 3.1e24."),
    )
    compute_is_lower_bound = forms.BooleanField(
        label=_("It took at least this many; the true figure may be higher"), required=False
    )
    input_modalities = _modalities(_("What it takes in"))
    output_modalities = _modalities(_("What it gives out"))

    def __init__(self, *args: Any, model: AIModel | None = None, **kwargs: Any) -> None:
        self.model = model
        super().__init__(*args, **kwargs)
        self.licence_names = licence_names()

    def choosable(self) -> RegisterQuerySet[AIModel]:
        models = super().choosable()
        return models.exclude(pk=self.model.pk) if self.model else models

    def fields_of_row(self, number: int) -> dict[str, forms.Field]:
        which = {"n": number}
        return {
            "base": self.model_field(gettext("Made from model %(n)d") % which),
            "relation": forms.ChoiceField(
                label=gettext("How it was made from model %(n)d") % which,
                choices=[("", _("Not said")), *Derivation.Relation.choices],
                required=False,
            ),
            "compute": QuantityField(
                label=gettext("Operations that the change of model %(n)d took") % which
            ),
        }

    def more_fields(self) -> dict[str, forms.BoundField]:
        return {name: self[name] for name in self.more}

    @property
    def says_more(self) -> bool:
        """Whether something in the folded part is filled in or wrong."""
        return any(self.typed(name) or name in self.errors for name in self.more)

    @property
    def says_bases(self) -> bool:
        return self.has_rows or bool(self.typed("find"))

    @staticmethod
    def of(row: AIModel) -> dict[str, Any]:
        said = next(key for key, value in _GENERAL_PURPOSE.items() if value is row.general_purpose)
        typed: dict[str, Any] = {
            "name": row.name,
            "version": row.version,
            "supplier_name": row.provider.name if row.provider else "",
            "access": row.access,
            "licence": row.licence or _name_of(row.licence_id),
            "general_purpose": said,
            **{name: getattr(row, name) for name in AIModelForm.more},
            "seen": stamp(row),
        }
        for n, step in enumerate(row.ancestry.all()):
            typed |= {
                f"base_{n}": str(step.base_id),
                f"relation_{n}": step.relation,
                f"compute_{n}": step.compute,
            }
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for n, row in self.cleaned_rows():
            if row["base"] and not row["relation"] and f"relation_{n}" not in self.errors:
                self.add_error(f"relation_{n}", _("Say how it was made from this model."))
        return cleaned

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {
            "provider": values.pop("supplier_name"),
            "general_purpose": _GENERAL_PURPOSE[values["general_purpose"]],
            "licence_id": self._licence_id(values["licence"]),
            "bases": [
                Base(row["base"], row["relation"], row["compute"]) for row in self.filled_rows()
            ],
        }

    def _licence_id(self, typed: str) -> str:
        """What was not touched stays, even where its name alone would not say which it is."""
        if self.model and typed == self.initial.get("licence"):
            return self.model.licence_id or licence_meant(typed)
        return licence_meant(typed)


def _name_of(licence_id: str) -> str:
    licence = licence_of(licence_id)
    return licence.name if licence else ""
