"""Evidence of every sort, for tests that only need it to be there."""

from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.utils.timezone import localdate

from models_registry.models import Attachment
from models_registry.services.evidence import add_evidence, archive, attach, confirm, store
from tests.models_registry.factories import AIModelFactory


def a_file(member, title, content, **values):
    upload = ContentFile(content, name=f"{title}.txt".replace("'", ""))
    kept = store(upload=upload, organisation=member.organisation, by=member.user)
    return add_evidence(
        organisation=member.organisation, by=member.user, title=title, kind="other",
        stored=kept.stored, file_name=upload.name, **values,
    )  # fmt: skip


def some_evidence(member, *, model=None, system=None):
    """A document, a link, a program, a confirmed certificate and something put away."""
    today = localdate()
    document = a_file(member, "Ana's secret card", b"# Skald", issued_on=date(2026, 1, 1))
    link = add_evidence(
        organisation=member.organisation, by=member.user, title="Ana's secret terms",
        kind="licence", link="https://example.org/terms", valid_to=today + timedelta(days=20),
    )  # fmt: skip
    program = a_file(member, "Ana's secret tool", b"\x7fELF" + bytes(60))
    certificate = a_file(
        member, "Ana's secret certificate", b"ISO/IEC 42001", issued_on=date(2026, 1, 1),
        issuer="Testing Body", valid_to=today - timedelta(days=3), scope="All of it",
        period_from=date(2025, 1, 1), note="Signed.",
    )  # fmt: skip
    confirm(evidence=certificate, by=member.user, independent=True)
    away = a_file(member, "Ana's secret draft", b"old")
    archive(evidence=away, by=member.user, on=today)
    for end in ({"model": model}, {"system": system}):
        if any(end.values()):
            for row in (document, link, certificate):
                attach(evidence=row, by=member.user, on=today, **end)
    return document, link, program, certificate, away


def an_attachment(evidence):
    model = AIModelFactory(organisation=evidence.organisation)
    return Attachment.objects.create(
        organisation=evidence.organisation, evidence=evidence, model=model
    )
