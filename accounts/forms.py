"""The shape of what people type; what it means is judged by the services."""

import re
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.countries import country_choices, country_name
from accounts.models import Membership, Organisation, Role, User
from accounts.wording import PASSWORD_HINT

capfirst_lazy = lazy(capfirst, str)
# Either one mark between groups of three, or none; then cents.
EUROS = re.compile(r"([0-9]{1,3}([., '’])[0-9]{3}(?:\2[0-9]{3})*|[0-9]+)(?:[.,]([0-9]{1,2}))?")


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to; a form without fields is posted empty, and bound all the same."""
    return request.POST if request.method == "POST" else None


class RoleChoices(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        # The role itself as label, so that the page can show its explanation too.
        super().__init__(choices=[(role.value, role) for role in Role], **kwargs)


class LanguageChoice(forms.ChoiceField):
    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        # Each language in its own words, for whoever reads only that one.
        own = [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
        super().__init__(choices=[(code, capfirst(name)) for code, name in own], **kwargs)


class ColleagueChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user)


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    roles = RoleChoices(
        label=_("Roles"),
        help_text=_("Several are possible. Nobody approves answers they gave themselves."),
        error_messages={"required": _("Choose at least one role.")},
    )
    language = LanguageChoice(
        label=_("Language of the mail"), help_text=_("They can change it later.")
    )


class RolesForm(forms.Form):
    roles = RoleChoices(
        label=_("Roles"), error_messages={"required": _("Choose at least one role.")}
    )


class HeirForm(forms.Form):
    heir = ColleagueChoice(
        label=_("Who takes over?"),
        queryset=Membership.objects.none(),
        empty_label=_("Choose a colleague"),
    )

    def __init__(self, *args: Any, colleagues: Any, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heir = cast(ColleagueChoice, self.fields["heir"])
        heir.queryset, heir.required = colleagues, required


class JoinForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("Colleagues see it beside your answers, and reports name it."),
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput,
        help_text=PASSWORD_HINT,
    )
    password2 = forms.CharField(
        label=_("Password (again)"), strip=False, widget=forms.PasswordInput
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> None:
        found = super().clean() or {}
        first, again = found.get("password1"), found.get("password2")
        if not first or not again:
            return
        if first != again:
            self.add_error("password2", _("The two passwords differ."))
        try:
            validate_password(first, User(email=self.email, name=found.get("name", "")))
        except ValidationError as error:
            self.add_error("password1", error)


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("Colleagues see it beside your answers, and reports name it."),
    )
    language = LanguageChoice(label=_("Language of pages and mails"))


class EuroField(forms.CharField):
    """An amount as people write it: 1.234.567,50 or 1,234,567.50 or 1 234 567 EUR."""

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        # Spaces of every kind, and the marks that people put beside an amount.
        text = re.sub(r"\s+", " ", re.sub(r"EUR|€", "", text, flags=re.IGNORECASE)).strip()
        if not text:
            return None
        found = EUROS.fullmatch(text)
        if not found:
            raise ValidationError(_("Write the amount in full, as in 12,500,000."), code="invalid")
        whole, cents = re.sub(r"\D", "", found[1]), found[3] or "0"
        if len(whole) > 16:
            raise ValidationError(_("This amount is too large."), code="too_large")
        return Decimal(f"{whole}.{cents}")


def in_euro(amount: Decimal | None) -> str:
    """The amount as EuroField reads it, in groups of three that no line break parts."""
    if amount is None:
        return ""
    whole, cents = f"{amount:.2f}".split(".")
    grouped = f"{int(whole):,}".replace(",", "\u202f")
    return grouped if cents == "00" else f"{grouped},{cents}"


class OrganisationForm(forms.Form):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=pgettext_lazy("of an organisation", "Name"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, capfirst_lazy(kind.label)) for kind in Organisation.Kind],
        widget=forms.RadioSelect,
        help_text=_("Public bodies and private providers of public services owe more."),
    )
    size_class = forms.ChoiceField(
        label=_("Size"),
        choices=[(size.value, capfirst_lazy(size.label)) for size in Organisation.SizeClass],
        widget=forms.RadioSelect,
        help_text=_("Count the whole group. Smaller companies face lower ceilings of fines."),
    )
    seat = forms.ChoiceField(
        label=_("Country of the seat"),
        required=False,
        help_text=_("Outside the Union some roles need a representative in it."),
    )
    turnover = EuroField(
        label=_("Worldwide annual turnover, in euro"),
        required=False,
        max_length=40,
        help_text=_(
            "Of the last financial year and the whole group. Ceilings of fines are a share of it; "
            "without it we show the amounts of the Act."
        ),
    )

    def __init__(self, *args: Any, seat: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [("", _("Not said yet")), *country_choices()]
        if seat and country_name(seat) == seat:
            # Set up from the command line with a country that has no name in our list.
            choices.append((seat, seat))
        cast(forms.ChoiceField, self.fields["seat"]).choices = choices
