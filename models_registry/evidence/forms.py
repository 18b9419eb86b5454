"""Forms of the library: what a file or a link shows, for whom and how long."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.forms import capfirst_lazy
from accounts.models import Actor
from models_registry.models import Evidence

_LARGEST_TITLE = 200
GUESS = "guess"


def _choices(labels: Any) -> list[tuple[str, Any]]:
    return [(each.value, capfirst_lazy(each.label)) for each in labels]


def _day(label: Any, hint: Any = "") -> forms.DateField:
    # The browser's own field for days sends them in this form and no other.
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=False, widget=widget)


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; how many and how large is said before anything is done with them."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        files = [file for file in data or [] if file]
        if not files:
            raise forms.ValidationError(_("Choose at least one file."), code="required")
        if len(files) > (most := settings.MAX_UPLOAD_FILES):
            said = _(
                "These are %(count)d files. Send at most %(most)d at once, or pack them as ZIP."
            )
            raise forms.ValidationError(said, params={"count": len(files), "most": most})
        return files


class MaterialForm(forms.Form):
    """Files for one model or system in one go; what each of them is, is guessed."""

    files = FilesField(  # type: ignore[assignment]
        label=_("Files"),
        help_text=_(
            "Single files, a PDF, or the folder of a model as ZIP. Nothing in them is run, and no "
            "address in them is called."
        ),
    )
    confidentiality = forms.ChoiceField(
        label=_("Who may see them"), choices=(), initial=Evidence.Confidentiality.INTERNAL
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["confidentiality"].choices = _choices(Evidence.Confidentiality)  # type: ignore[attr-defined]


class AboutForm(forms.Form):
    """What evidence says of itself; the same for files and links."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=_LARGEST_TITLE, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=())
    issuer = forms.CharField(
        label=_("Issuer"), max_length=200, required=False, help_text=_("Who wrote or signed it.")
    )
    issued_on = _day(_("Date of the evidence"), _("The date it bears, not the day of the upload."))
    period_from = _day(_("Covers from"))
    period_to = _day(_("Covers until"))
    valid_to = _day(_("Valid until"))
    scope = forms.CharField(
        label=_("Scope"),
        max_length=400,
        required=False,
        help_text=_("What it is about: a version, a site, a part of the organisation."),
    )
    confidentiality = forms.ChoiceField(
        label=_("Confidentiality"),
        choices=(),
        initial=Evidence.Confidentiality.INTERNAL,
        help_text=_("Contributors see what is confidential only if they added it themselves."),
    )
    is_statement = forms.BooleanField(
        label=_("It only states something, and shows no proof"),
        help_text=_(
            "A letter, a brochure or a declaration of one's own: its strength is asserted."
        ),
        required=False,
    )
    note = forms.CharField(
        label=_("Note"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.theirs: list[tuple[str, str]] = []
        self.fields["kind"].choices = _choices(Evidence.Kind)  # type: ignore[attr-defined]
        self.fields["confidentiality"].choices = _choices(Evidence.Confidentiality)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("period_from"), cleaned.get("period_to")
        if first and last and last < first:
            self.add_error("period_to", _("This is before the day on which the period begins."))
        issued, ends = cleaned.get("issued_on"), cleaned.get("valid_to")
        if issued and ends and ends < issued:
            self.add_error("valid_to", _("This is before the date of the evidence."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the services take."""
        left_out = {"seen", "upload"}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}

    def refuse(self, faults: Mapping[str, list[str]]) -> None:
        """Shows what a service refused at the field it is about."""
        for name, texts in faults.items():
            for text in texts:
                self.add_error(name if name in self.fields else None, text)

    @property
    def state_seen(self) -> str:
        """The state of the row that the person had before her."""
        return str(self["seen"].value() or "")

    def show_theirs(self, current: Mapping[str, Any]) -> None:
        """After somebody else's change: keeps what was typed and shows what stands there now."""
        self.theirs = [
            (str(self[name].label), str(current[name] or ""))
            for name in self.fields
            if name in current and name != "seen" and current[name] != self.cleaned_data.get(name)
        ]
        data = cast("QueryDict", self.data).copy()
        data["seen"] = current["seen"]
        self.data = data
        self.add_error(
            None, _("Somebody changed this while you were writing. Compare, then save again.")
        )

    @property
    def sent(self) -> "UploadedFile[bytes] | None":
        return self.cleaned_data.get("upload")


class AddForm(AboutForm):
    """A file or a link, and what it shows."""

    upload = forms.FileField(label=_("File"), required=False, allow_empty_file=True)
    link = forms.URLField(
        label=_("Or a link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("It is shown to people and never called by this server."),
    )
    field_order = ("upload", "link", "title", "kind")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _("Made of the file's name if you leave it empty.")
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (GUESS, _("Guess it by what is in the file")),
            *_choices(Evidence.Kind),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        upload, link = cleaned.get("upload"), cleaned.get("link")
        if not upload and not link and not {"upload", "link"} & self.errors.keys():
            self.add_error("upload", _("Choose a file, or give a link."))
        if upload and link:
            self.add_error("link", _("Choose either a file or a link; add the other by itself."))
        if link and not cleaned.get("title"):
            self.add_error("title", _("Say what the link shows."))
        return cleaned


class EditForm(AboutForm):
    """The same of evidence that is there; a file may take the place of the one before."""

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        if evidence.stored is None:
            # A copy, as the field of the class belongs to every form that is to come.
            self.fields["link"] = deepcopy(AddForm.base_fields["link"])
            self.fields["link"].required, self.fields["link"].label = True, _("Link")
            del self.fields["is_statement"]
        else:
            self.fields["upload"] = forms.FileField(
                label=_("Replace the file"), required=False, allow_empty_file=True
            )
        if evidence.confirmed_by_id:
            self.fields.pop("is_statement", None)
        self.order_fields(["upload", "link", "title", "kind"])

    @staticmethod
    def of(evidence: Evidence) -> dict[str, Any]:
        names = (
            "title", "kind", "issuer", "issued_on", "period_from", "period_to", "valid_to", "scope",
            "confidentiality", "note", "link",
        )  # fmt: skip
        values = {name: getattr(evidence, name) for name in names}
        asserted = evidence.strength == Evidence.Strength.ASSERTED
        return values | {
            "is_statement": asserted and evidence.stored_id is not None,
            "seen": evidence.changed_at.isoformat(),
        }


class ConfirmForm(forms.Form):
    compared = forms.BooleanField(
        label=_("I compared content and date with the original"),
        error_messages={"required": _("Confirm only what you have compared yourself.")},
    )
    independent = forms.BooleanField(
        label=_("Its issuer is independent of the supplier"),
        help_text=_("A testing body, an auditor or an authority, and not paid to say this."),
        required=False,
    )

    def __init__(self, *args: Any, may_be_independent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_independent:
            del self.fields["independent"]
