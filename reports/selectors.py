"""What reports are made of, and where they stand in the queue."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.models import Actor, User
from assessments.freezing import thawed
from assessments.life import Life, life_of
from assessments.models import Assessment
from assessments.selectors import determination_of
from assessments.use_file import DescribedUse
from events.selectors import chain_head
from law.determination import Determination
from law.fines import Offender
from models_registry.model_access import access_code
from models_registry.models import AIModel, AISystem
from reports.models import ComparisonDocument, Report
from reports.signatures import control_in, decision_in, dissent_in
from reports.snapshot import AnswerRecord, Described, facts_about
from reports.supports import supports_in


def reports_of(actor: Actor) -> QuerySet[Report]:
    return (
        Report.objects.visible_to(actor)
        .select_related("assessment__use_case", "requested_by")
        .defer("snapshot")
    )


def comparisons_of(actor: Actor) -> QuerySet[ComparisonDocument]:
    return ComparisonDocument.objects.visible_to(actor).defer("payload")


def described_assessment(assessment: Assessment, *, on: date) -> Described:
    """The assessment as a report tells of it."""
    result = determination_of(assessment)
    use_case = assessment.use_case
    system = use_case.system
    parts = list(system.parts.all()) if system else []
    models = [_model(part.model, part.role) for part in parts]
    if use_case.model:
        models.append(_model(use_case.model, ""))
    organisation, life = assessment.organisation, life_of(assessment)
    count, head = chain_head(organisation.pk)
    supports = supports_in(assessment)
    return Described(
        organisation=facts_about(organisation),
        use={
            "name": use_case.name,
            "purpose": use_case.purpose,
            "unit": use_case.unit,
            "member_states": list(use_case.member_states),
            "affected_persons": use_case.affected_persons,
        },
        system=_system(system, life) if system else None,
        models=tuple(models),
        document={
            "number": "",
            "revision": assessment.revision,
            "state": assessment.state,
            "assessment": str(assessment.pk),
        },
        offender=Offender(organisation.kind, organisation.size_class, organisation.turnover),
        facts=result.facts,
        determination=result.determination,
        created=on,
        asked=result.asked,
        answers={
            answer.question_id: AnswerRecord(
                answer.note,
                answer.source,
                _name(answer.answered_by),
                answer.answered_at.isoformat(timespec="seconds"),
                tuple(supports.get(answer.pk, ())),
            )
            for answer in assessment.answers.all()
        },
        findings={
            finding.duty_id: {
                "status": finding.status,
                "strength": finding.strength,
                "severity": finding.severity,
                "reason": finding.reason,
                "supports": supports.get(finding.pk, []),
            }
            for finding in assessment.findings.all()
            if finding.applies
        },
        decision=decision_in(life, on),
        control=control_in(life),
        dissent=tuple(dissent_in(life)),
        trail={"count": count, "head": head},
    )


def described_file(use: DescribedUse, determination: Determination, *, on: date) -> Described:
    """A use from a file, without any database."""
    kind, size = use.facts.get("organisation_kind"), use.facts.get("size_class")
    offender = Offender(str(kind or "company"), str(size or "other"), use.turnover)
    return Described(
        organisation={
            "name": use.organisation,
            "kind": offender.kind,
            "size_class": offender.size_class,
            "seat": "",
            "turnover": None if use.turnover is None else int(use.turnover),
        },
        use={
            "name": use.name,
            "purpose": use.purpose,
            "unit": use.unit,
            "member_states": list(use.member_states),
            "affected_persons": use.affected_persons,
        },
        system={"name": use.system, "version": use.system_version, "supplier": use.supplier}
        if use.system
        else None,
        models=tuple(
            {
                "name": model.name,
                "version": model.version,
                "provider": model.provider,
                "access": model.access,
                "licence": model.licence,
                "role": model.role,
            }
            for model in use.models
        ),
        document={"number": "", "revision": 1, "state": "draft", "assessment": ""},
        offender=offender,
        facts=use.facts,
        determination=determination,
        created=on,
        asked=frozenset(use.answers),
        answers={
            name: AnswerRecord(note=note, source="import") for name, note in use.notes.items()
        },
    )


def _system(system: AISystem, life: Life) -> dict[str, str]:
    """As it was handed in, whatever its row has come to say since."""
    frozen = life.submission if life.assessment.is_frozen else None
    subject = thawed(frozen)["subject"] if frozen else {}
    return {
        "name": subject.get("name", system.name),
        "version": subject.get("version", system.version),
        "supplier": system.supplier.name if system.supplier else "",
    }


def _model(model: AIModel, role: str) -> dict[str, Any]:
    return {
        "name": model.name,
        "version": model.version,
        "provider": model.provider.name if model.provider else "",
        "access": access_code(model),
        "licence": model.licence,
        "role": role,
    }


def _name(user: User | None) -> str:
    return (user.name or user.email) if user else ""
