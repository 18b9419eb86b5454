"""Models with files attached, and runs of checks over them, without a worker."""

import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path

from django.core.files.base import ContentFile

from models_registry.building import check
from models_registry.models import AIModel, Attachment, CheckRun, Evidence, StoredFile
from models_registry.services.checking import request_run
from tests.models_registry.factories import AIModelFactory

DAY = date(2026, 11, 23)
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
OPEN, CLOSED = EXAMPLES / "model", EXAMPLES / "model-closed"


def zipped(folder):
    """The folder as the bytes of a ZIP, the same each time."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                name = zipfile.ZipInfo(path.relative_to(folder).as_posix())
                archive.writestr(name, path.read_bytes())
    return content.getvalue()


def stored(organisation, content, *, kind="text", quarantined=""):
    """The bytes as the library of evidence keeps them."""
    sha256 = hashlib.sha256(content).hexdigest()
    kept = StoredFile.objects.filter(organisation=organisation, sha256=sha256).first()
    if kept:
        return kept
    row = StoredFile(
        organisation=organisation, sha256=sha256, size=len(content), content=kind,
        quarantined=quarantined,
    )  # fmt: skip
    row.file.save("x", ContentFile(content), save=False)
    row.save()
    return row


def attached(model, name, content, *, kind="text", quarantined=""):
    """The evidence with these bytes, attached to the model; nothing is checked yet."""
    organisation = model.organisation
    evidence = Evidence.objects.create(
        organisation=organisation,
        title=name,
        file_name=name,
        kind=Evidence.Kind.MODEL_FILES,
        stored=stored(organisation, content, kind=kind, quarantined=quarantined),
    )
    Attachment.objects.create(organisation=organisation, evidence=evidence, model=model)
    return evidence


def a_model(member, **columns):
    given = {"name": "Harbour 8k", "access": AIModel.Access.OPEN_WEIGHTS, "licence_id": "mit"}
    return AIModelFactory(organisation=member.organisation, **given | columns)


def a_queued_run(model, folder=OPEN, by=None, on=DAY):
    """A run over a folder of examples, asked for and not begun."""
    if not model.attachments.exists():
        attached(model, f"{Path(folder).name}.zip", zipped(folder), kind="zip")
    return request_run(model=model, by=by, on=on)


def a_done_run(model, folder=OPEN, by=None, on=DAY):
    """The same, done."""
    run = a_queued_run(model, folder, by, on)
    check(run.pk)
    return CheckRun.objects.get(pk=run.pk)
