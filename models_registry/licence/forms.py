from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from models_registry.models import LicenceDecision


class LicenceDecisionForm(forms.Form):
    """What to plan on and why; the text that was read comes along, unseen."""

    plan_on = forms.ChoiceField(
        label=_("What do you plan on?"),
        choices=LicenceDecision.PlanOn.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Say which argument convinces you, and who was asked. It is kept for audits."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    text_sha256 = forms.CharField(required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
