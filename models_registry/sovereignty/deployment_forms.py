"""What only an operator can say of a deployment, and what an organisation asks of it at least."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from models_registry.checks.catalogue import Row
from models_registry.checks.sovereignty.levels import HIGHEST
from models_registry.comparison.words import words
from models_registry.models import Deployment
from models_registry.sovereignty.knowledge import check_catalogue

Label = str | Promise
Choices = list[tuple[str, Label]]

NOT_KNOWN: tuple[str, Label] = ("", pgettext_lazy("an answer", "not known"))
HOSTING: Choices = [
    ("vendor", gettext_lazy("at the provider of the model")),
    ("foreign_region", gettext_lazy("at an operator outside the Union")),
    ("eu_region_of_foreign_operator", gettext_lazy("in the Union, at an operator from outside")),
    ("eu_operator", gettext_lazy("at an operator of the Union")),
    ("on_premises", gettext_lazy("on your own premises")),
]
PURPOSE: Choices = [
    ("commercial", gettext_lazy("commercial")),
    ("administrative", gettext_lazy("public administration")),
    ("research", gettext_lazy("research")),
]
_TRAINED: Choices = [
    ("outside", gettext_lazy("outside the Union")),
    ("partly", gettext_lazy("partly in the Union")),
    ("eu_cloud", gettext_lazy("in a cloud in the Union")),
    ("eurohpc", gettext_lazy("on a EuroHPC system")),
]
_FUNDED: Choices = [
    ("none", gettext_lazy("no")),
    ("part", gettext_lazy("in part")),
    ("whole", gettext_lazy("yes, wholly")),
]
_YES_NO: Choices = [("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]
# What is asked in words of its own, and so not by its level as well.
ASKED_IN_WORDS = (
    *("ICL-2", "ICL-3", "ICL-4", "ICL-5", "INN-3"),
    *("EUI-1", "EUI-2", "EUI-3", "EUI-4", "EUI-5"),
)
CHOICES: Mapping[str, Choices] = {
    "hosting": HOSTING,
    "purpose": PURPOSE,
    "training_location": _TRAINED,
    "public_funding": _FUNDED,
}
QUESTIONS: Mapping[str, Label] = {
    "hosting": gettext_lazy("Where does it run?"),
    "purpose": gettext_lazy("What is it used for?"),
    "hosting_label": gettext_lazy("Does the operator hold a label for sovereign hosting?"),
    "suppliers": gettext_lazy("How many independent suppliers host this model?"),
    "supplier_in_union": gettext_lazy("Is one of them in the Union?"),
    "version_frozen_by_contract": gettext_lazy("Does a contract freeze the version?"),
    "compatible_interface": gettext_lazy("Do others offer the same interface?"),
    "tuning_by_provider": gettext_lazy("Does the provider offer tuning?"),
    "entity_in_union": gettext_lazy("Has the provider a company in the Union?"),
    "controlled_in_union": gettext_lazy("Is the provider controlled from within the Union?"),
    "training_location": gettext_lazy("Where was the model trained?"),
    "public_funding": gettext_lazy(
        "Was it paid for by public money of the Union or a Member State?"
    ),
}
_MOST_SUPPLIERS = 1000


class DeploymentForm(forms.Form):
    """A deployment; whatever is left open stays unknown and is not taken for a no."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        help_text=gettext_lazy("Such as “production, own data centre”."),
    )
    operator = forms.CharField(
        label=gettext_lazy("Who operates it"), max_length=200, required=False
    )
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in QUESTIONS.items():
            self.fields[name] = _question(name, label)
        for row in self.criteria():
            self.fields[row["id"]] = _level_field(row)

    @staticmethod
    def of(row: Deployment) -> dict[str, Any]:
        """What stands there, as the form holds it."""
        said = {name: _as_typed(value) for name, value in row.answers.items()}
        seen = row.changed_at.isoformat()
        return {**said, "name": row.name, "operator": row.operator, "seen": seen}

    @staticmethod
    def criteria() -> list[Row]:
        """The criteria whose level may be stated where nothing else tells it."""
        rows = check_catalogue().section("sovereignty_criteria").values()
        return [row for row in rows if row["id"] not in ASKED_IN_WORDS]

    def answers(self) -> dict[str, Any]:
        """Only what was said."""
        cleaned = self.cleaned_data
        names = [*QUESTIONS, *(row["id"] for row in self.criteria())]
        said = {name: _as_said(name, cleaned.get(name)) for name in names}
        return {name: value for name, value in said.items() if value is not None}

    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in QUESTIONS]

    def levels(self) -> Iterator[dict[str, Any]]:
        """The fields of stated levels by dimension."""
        titles = check_catalogue().section("sovereignty_dimensions")
        for name, row in titles.items():
            own = [self[one["id"]] for one in self.criteria() if one["dimension"] == name]
            yield {"title": words().text(row["title"]), "fields": own}

    @property
    def states_levels(self) -> bool:
        """Whether a level is stated, so that its list should be in sight."""
        return any(self[row["id"]].value() not in (None, "") for row in self.criteria())

    def take_in(self, refusal: ValidationError) -> None:
        """Shows what a service refused at the field it is about."""
        faults = refusal.error_dict if hasattr(refusal, "error_dict") else {}
        for name, errors in faults.items() or [("name", refusal.error_list)]:
            for error in errors:
                self.add_error(name if name in self.fields else "name", error)


def _question(name: str, label: Label) -> forms.Field:
    if name == "suppliers":
        return forms.IntegerField(
            label=str(label), required=False, min_value=0, max_value=_MOST_SUPPLIERS
        )
    choices = CHOICES.get(name, _YES_NO)
    return forms.ChoiceField(label=str(label), required=False, choices=[NOT_KNOWN, *choices])


def _level_field(row: Row) -> forms.ChoiceField:
    said = words()
    levels = [
        (str(number), f"{number}: {said.text(text)}") for number, text in enumerate(row["levels"])
    ]
    label = f"{row['id']} {said.text(row['title'])}"
    return forms.ChoiceField(label=label, required=False, choices=[NOT_KNOWN, *levels])


def _as_said(name: str, typed: Any) -> Any:
    if typed in (None, ""):
        return None
    if name in QUESTIONS:
        return typed if name in CHOICES or name == "suppliers" else typed == "yes"
    return int(typed)


def _as_typed(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


class MinimumLevelForm(forms.Form):
    """What every deployment must reach, dimension by dimension; empty asks nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = words()
        for name, row in check_catalogue().section("sovereignty_dimensions").items():
            self.fields[name] = forms.DecimalField(
                label=said.text(row["title"]),
                required=False,
                min_value=0,
                max_value=HIGHEST,
                max_digits=2,
                decimal_places=1,
                localize=True,
            )

    def levels(self) -> dict[str, float | None]:
        return {
            name: None if value is None else float(value)
            for name, value in self.cleaned_data.items()
        }


def answer_words(name: str, value: Any) -> str:
    """An operator's answer as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    labels = dict(CHOICES.get(name, ()))
    return str(labels.get(str(value), value))
