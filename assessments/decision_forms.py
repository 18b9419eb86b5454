from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models import Decision
from assessments.models.decision import faults_of

LONGEST = 4000


class DeedForm(forms.Form):
    """A form whose service says what is wrong with the meaning."""

    def take_in(self, refusal: ValidationError) -> None:
        """The service's words, each beside its field."""
        told = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
        for name, texts in told.items():
            place = name if name in self.fields and name != NON_FIELD_ERRORS else None
            for text in texts:
                self.add_error(place, text)

    def values(self) -> Mapping[str, Any]:
        return self.cleaned_data


def _text(label: Any, *, help_text: Any = "", missing: Any = "") -> forms.CharField:
    """A text that may be left empty, unless there are words for its being missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        error_messages={"required": missing} if missing else None,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RevisionForm(DeedForm):
    """Says which revision the person had before them."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class LastDayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self) -> None:
        super().__init__(
            label=_("Valid until"),
            required=False,
            input_formats=["%Y-%m-%d"],
            help_text=_("It lapses earlier when the system or the law data change."),
        )


class DecisionForm(RevisionForm):
    outcome = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        choices=[
            (Decision.Outcome.APPROVED, _("Approve")),
            (Decision.Outcome.APPROVED_WITH_CONDITIONS, _("Approve with conditions")),
            (Decision.Outcome.REJECTED, _("Reject")),
        ],
    )
    conditions = _text(
        pgettext_lazy("approval", "Conditions"), help_text=_("For an approval with conditions.")
    )
    reason = _text(_("Reason"), help_text=_("A rejection needs one."))
    valid_until = LastDayField()

    def clean(self) -> dict[str, Any]:
        """Before the password is asked for; the service says the same of what it is given."""
        given = self.cleaned_data
        if "outcome" in given:
            texts = (given.get("conditions", ""), given.get("reason", ""))
            faults = faults_of(given["outcome"], *texts, given.get("valid_until"))
            for name, text in faults.items():
                if name not in self.errors:
                    self.add_error(name, text)
        return given


class RecordForm(RevisionForm):
    valid_until = LastDayField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_until"].required = True


class ChangesForm(RevisionForm):
    reason = _text(_("What should be changed?"), missing=_("Say what should be changed."))


class CommentForm(RevisionForm):
    comment = _text(_("Comment"))


class WithdrawalForm(DeedForm):
    reason = _text(_("Reason"), missing=_("Say why the decision is withdrawn."))


class DisagreementForm(DeedForm):
    reason = _text(
        _("Why do you see it differently?"),
        missing=_("Say why you see it differently."),
        help_text=_(
            "The reviewers read it, and it stands in the report. The computed class stays as it is."
        ),
    )


class CloneForm(DeedForm):
    name = forms.CharField(
        label=_("Name of the other use"),
        error_messages={"required": _("Give the other use a name.")},
        max_length=200,
        help_text=_("Its answers begin as these are; check each of them for the other use."),
    )


def a_year_after(day: date) -> date:
    """The same day next year; the last of February after a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
