"""What the address of the evidence library says."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Value
from django.db.models.functions import Coalesce, Lower
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms import capfirst_lazy
from accounts.paging import KeysetPage, page_of
from models_registry.evidence.selectors import expired, expiring, for_lines
from models_registry.filters import Address
from models_registry.models import Attachment, Evidence
from models_registry.models.evidence import EvidenceQuerySet
from models_registry.selectors import with_words

_NEVER = date(9999, 12, 31)


def _any(label: Any, choices: Any) -> list[tuple[str, Any]]:
    return [("", label), *((each.value, capfirst_lazy(each.label)) for each in choices)]


class EvidenceFilter(Address):
    """Search and filters of the library; expiring evidence comes in the order of its end."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("of evidence", "In the library")),
            ("expiring", _("Expired or expiring soon")),
            ("expired", _("Expired")),
            ("quarantined", _("In quarantine")),
            ("archived", _("Archived")),
        ],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Newest first")), ("title", _("Title")), ("end", _("Valid until"))],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    strength = forms.ChoiceField(label=_("Strength"), required=False)
    confidentiality = forms.ChoiceField(label=_("Confidentiality"), required=False)
    attached = forms.ChoiceField(
        label=_("Attached to"),
        required=False,
        choices=[
            ("", pgettext_lazy("attached to", "Anything")),
            ("model", _("a model")),
            ("system", _("a system")),
            ("nothing", _("nothing yet")),
        ],
    )
    model = forms.UUIDField(required=False, widget=forms.HiddenInput)
    system = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, *, on: date) -> None:
        self._on = on
        super().__init__(request)

    def offer(self) -> None:
        for name, label, choices in (
            ("kind", _("All kinds"), Evidence.Kind),
            ("strength", _("Every strength"), Evidence.Strength),
            ("confidentiality", _("All"), Evidence.Confidentiality),
        ):
            self.fields[name].choices = _any(label, choices)  # type: ignore[attr-defined]

    def page(self, rows: EvidenceQuerySet) -> KeysetPage[Any]:
        rows, shown = self.narrowed(rows), for_lines(rows)
        order = self.said("sort")
        if order == "end" or self.said("state") in ("expiring", "expired"):
            ends = rows.annotate(sort_end=Coalesce("valid_to", Value(_NEVER)))
            return page_of(ends, self.request, by="sort_end", shown=shown)
        if order == "title":
            titles = rows.annotate(sort_title=Lower("title"))
            return page_of(titles, self.request, by="sort_title", shown=shown)
        return page_of(rows, self.request, by="created_at", newest_first=True, shown=shown)

    def narrowed(self, rows: EvidenceQuerySet) -> EvidenceQuerySet:
        rows = self._in_state(rows)
        for name in ("kind", "strength", "confidentiality"):
            if value := self.said(name):
                rows = rows.filter(**{name: value})
        rows = self._attached(rows)
        fields = ("title", "issuer", "scope", "file_name", "link", "stored__sha256")
        return with_words(rows, self.said("q"), *fields)

    def _in_state(self, rows: EvidenceQuerySet) -> EvidenceQuerySet:
        state = self.said("state")
        if state == "archived":
            return rows.exclude(archived_at=None)
        if state == "expiring":
            return expiring(rows, self._on)
        if state == "expired":
            return expired(rows, self._on)
        if state == "quarantined":
            return rows.current().filter(stored__isnull=False).exclude(stored__quarantined="")
        return rows.current()

    def _attached(self, rows: EvidenceQuerySet) -> EvidenceQuerySet:
        attachments = Attachment.objects.all()
        for end in ("model", "system"):
            if isinstance(key := self.said(end), UUID):
                ids = attachments.filter(**{f"{end}_id": key}).values("evidence_id")
                rows = rows.filter(pk__in=ids)
        if (end := self.said("attached")) == "nothing":
            return rows.filter(attachments=None)
        if end:
            ids = attachments.filter(**{f"{end}__isnull": False}).values("evidence_id")
            return rows.filter(pk__in=ids)
        return rows
