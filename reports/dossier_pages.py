"""Model documents as the pages show them, and the names of what is downloaded."""

from typing import Any

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Membership
from models_registry.models import CheckRun
from reports.models import ModelDocument

Page = dict[str, Any]


def dossier_lines(run: CheckRun, member: Membership) -> list[Page]:
    """The dossiers of a run, each with where it stands."""
    rows = ModelDocument.objects.visible_to(member).filter(run=run)
    return [
        {
            "language": document.get_language_display(),
            "state": document.state,
            "reason": document.get_failure_display(),
            "size": document.size,
            "pages": document.pages,
            "download_url": _download_url(document),
        }
        for document in rows
    ]


def exports_of(run: CheckRun) -> list[Page]:
    """The files for other programs, each made from the account as it is asked for."""
    named = (
        ("ml-bom-1-6", "CycloneDX ML-BOM 1.6"),
        ("ml-bom-1-7", "CycloneDX ML-BOM 1.7"),
        ("mof", _("Model Openness Framework (YAML)")),
        ("account", _("Everything as JSON")),
    )
    return [
        {"label": label, "url": reverse(f"reports:run-{kind}", args=[run.pk])}
        for kind, label in named
    ]


def name_of(run: CheckRun, what: str, ending: str) -> str:
    """A name that sorts and tells: drawbridge-dossier-harbour-8k-2026-11-23-en.pdf."""
    model = slugify(str(run.model))[:60] or "model"
    return f"drawbridge-{what}-{model}-{run.as_of.isoformat()}{ending}"


def _download_url(document: ModelDocument) -> str:
    if document.state != ModelDocument.State.DONE:
        return ""
    return reverse("reports:dossier-download", args=[document.pk])
