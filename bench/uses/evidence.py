"""A library of evidence, one model that was really checked, and what rests on either."""

from datetime import date

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.models import Membership
from assessments.models import Assessment
from assessments.services.supporting import support_finding
from bench.uses.chain import Chain
from bench.uses.people import Staff
from models_registry.building import check
from models_registry.comparison.chosen import chosen_models, keys_in
from models_registry.models import AIModel, Attachment, Evidence
from models_registry.services.checking import request_run
from models_registry.services.deployments import register_deployment
from models_registry.services.evidence import add_evidence, attach
from models_registry.services.storing import store
from reports.comparison_services import request_comparison
from reports.dossier_services import request_dossier

SAMPLE = settings.BASE_DIR / "examples" / "model" / "README.md"


def library(staff: Staff, count: int, on: date) -> None:
    """So much evidence about models, what is there included; the first model is checked."""
    there = Evidence.objects.filter(organisation=staff.organisation).count()
    models = list(
        AIModel.objects.filter(organisation=staff.organisation).order_by("created_at", "pk")[:count]
    )
    if not there:
        _checked(staff, models[0], on)
    _links(staff, models, range(max(there, 1), count))


@transaction.atomic
def _links(staff: Staff, models: list[AIModel], numbers: range) -> None:
    chain = Chain(staff.organisation)
    rows = [
        Evidence(
            organisation=staff.organisation,
            title=f"Model card {n}",
            kind=Evidence.Kind.MODEL_CARD,
            link=f"https://models.example.org/{n}",
            added_by=staff.author(n),
        )
        for n in numbers
    ]
    for n, row in enumerate(rows):
        detail = {"title": row.title, "kind": row.kind, "link": row.link, "sha256": ""}
        chain.tell("evidence.added", row, staff.author(n), detail)
    Evidence.objects.bulk_create(rows, batch_size=500)
    Attachment.objects.bulk_create(
        (
            # The checked model keeps what was checked.
            Attachment(organisation=staff.organisation, evidence=row, model=models[1 + n % 100])
            for n, row in enumerate(rows)
        ),
        batch_size=500,
    )
    chain.write()


def _checked(staff: Staff, model: AIModel, on: date) -> None:
    by = staff.author(0)
    upload = SimpleUploadedFile("README.md", SAMPLE.read_bytes())
    stored = store(upload=upload, organisation=staff.organisation, by=by).stored
    evidence = add_evidence(
        organisation=staff.organisation,
        by=by,
        title="Model card",
        kind=Evidence.Kind.MODEL_CARD,
        stored=stored,
        file_name="README.md",
    )
    attach(evidence=evidence, by=by, on=on, model=model)
    run = request_run(model=model, by=by, on=on)
    if run is None:
        raise RuntimeError(f"{model} has nothing to check")
    check(run.pk)
    run.refresh_from_db()
    request_dossier(run=run, language="en", by=by)
    member = Membership.objects.get(user=by, organisation=staff.organisation)
    chosen = chosen_models(member, keys_in(["kimi-k2-thinking", "gpt-5"]))
    request_comparison(chosen, differences_only=False, language="en", by=member, on=on)
    register_deployment(model=model, by=by, name="Own data centre", operator="", answers={})
    draft = Assessment.objects.filter(
        organisation=staff.organisation, state=Assessment.State.DRAFT, findings__isnull=False
    ).first()
    if draft is not None and (finding := draft.findings.first()) is not None:
        support_finding(finding=finding, evidence=evidence, by=by)
