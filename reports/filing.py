"""Puts a finished document into the storage and its row to rest."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from jobs.models import Job
from jobs.running import mine, tell_of
from reports.models import Paper, Report


def keep_file(
    job: Report | Paper, content: bytes, pages: int, *, noun: str, detail: dict[str, Any]
) -> None:
    """The file and the row that names it, or neither."""
    name = f"{job.pk}-{job.attempts}.pdf"
    job.file.save(name, ContentFile(content), save=False)
    kept = False
    try:
        kept = _keep(job, content, pages, noun, detail)
    finally:
        if not kept:
            # The turn passed to another worker, whose file counts, or the row cannot be written.
            job.file.delete(save=False)


@transaction.atomic
def _keep(
    job: Report | Paper, content: bytes, pages: int, noun: str, detail: dict[str, Any]
) -> bool:
    digest = hashlib.sha256(content).hexdigest()
    kept = mine(job).update(
        state=Job.State.DONE,
        step="",
        file=job.file.name,
        file_sha256=digest,
        size=len(content),
        pages=pages,
        finished_at=timezone.now(),
    )
    if kept:
        tell_of(job, f"{noun}.done", {"file": digest, **detail})
    return bool(kept)
