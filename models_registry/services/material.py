"""Several files about one model or system: each kept or refused by itself, attached together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.files.base import File

from accounts.models import Membership
from models_registry.checks.intake.refusal import Refused
from models_registry.evidence.kinds import kind_by_content, title_of
from models_registry.evidence.selectors import the_same_file
from models_registry.models import AIModel, AISystem, Evidence
from models_registry.services.evidence import add_evidence, attach_all
from models_registry.services.storing import store

# Each is opened by a process of its own, and whoever sent them waits.
_PDFS_LOOKED_INTO = 8


@dataclass
class TakenIn:
    """What became of the files: new evidence, evidence that was there, and what was refused."""

    added: list[Evidence] = field(default_factory=list)
    known: list[Evidence] = field(default_factory=list)
    refused: list[tuple[str, Refused]] = field(default_factory=list)

    @property
    def quarantined(self) -> list[Evidence]:
        return [one for one in self.added if one.stored and one.stored.quarantined]


def take_in(
    *,
    uploads: Iterable["File[bytes]"],
    subject: AIModel | AISystem,
    by: Membership,
    on: date,
    confidentiality: str,
) -> TakenIn:
    """Every file that can be kept becomes evidence about the subject; a model is then checked."""
    taken, pdfs = TakenIn(), _PDFS_LOOKED_INTO
    for upload in uploads:
        try:
            evidence, is_new = _one(upload, by, confidentiality, looks_into_pdf=pdfs > 0)
        except Refused as refused:
            taken.refused.append((str(upload.name), refused))
            continue
        (taken.added if is_new else taken.known).append(evidence)
        if evidence.stored and evidence.stored.content == "pdf":
            # One that had to be given up has taken the time of all.
            pdfs = 0 if evidence.stored.quarantined else pdfs - 1
    end = {"model": subject} if isinstance(subject, AIModel) else {"system": subject}
    attach_all(evidence=[*taken.added, *taken.known], by=by.user, on=on, **end)
    return taken


def _one(
    upload: "File[bytes]", by: Membership, confidentiality: str, *, looks_into_pdf: bool
) -> tuple[Evidence, bool]:
    name, organisation = str(upload.name), by.organisation
    kept = store(
        upload=upload, organisation=organisation, by=by.user, looks_into_pdf=looks_into_pdf
    )
    if known := the_same_file(by, kept.stored.sha256):
        return known, False
    evidence = add_evidence(
        organisation=organisation,
        by=by.user,
        title=title_of(name),
        kind=kind_by_content(kept.stored, kept.seen, name),
        stored=kept.stored,
        file_name=name,
        confidentiality=confidentiality,
    )
    return evidence, True
