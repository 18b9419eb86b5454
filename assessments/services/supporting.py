"""The only writers of what answers and findings rest on; a finding's strength follows from it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from assessments.duty_checks import checks_for
from assessments.known_models import known_models
from assessments.models import Answer, Assessment, Author, Finding, Support
from assessments.services.answering import FrozenError
from assessments.supports import has_closed_model, strength_from, supports_of
from events.services import record
from models_registry.models import Evidence


@transaction.atomic
def support_answer(*, answer: Answer, evidence: Evidence, by: User) -> Support:
    """Evidence behind an answer, named once. FrozenError."""
    assessment = _locked_and_open(answer.assessment)
    return _added(assessment, evidence, by, answer=answer)


@transaction.atomic
def support_finding(*, finding: Finding, evidence: Evidence, by: User) -> Support:
    """Evidence behind the state of a duty, whose strength follows from it. FrozenError."""
    assessment = _locked_and_open(finding.assessment)
    support = _added(assessment, evidence, by, finding=finding)
    _follow(assessment, finding)
    return support


@transaction.atomic
def support_by_checks(*, finding: Finding, by: User) -> Finding:
    """What the newest runs of the models hold for the duty, in place of what earlier ones did."""
    assessment = _locked_and_open(finding.assessment)
    found = checks_for(finding.duty_id, known_models(assessment))
    held = found.held if found else ()
    finding.supports.filter(run__isnull=False).delete()
    Support.objects.bulk_create(
        Support(
            organisation_id=assessment.organisation_id,
            finding=finding,
            run=known.run,
            check_id=result.check,
            added_by=by,
        )
        for known, result in held
    )
    _follow(assessment, finding)
    detail = {
        "duty": finding.duty_id,
        "runs": sorted({str(known.run.pk) for known, _result in held if known.run}),
        "checks": sorted({result.check for _known, result in held}),
        "strength": finding.strength,
    }
    _tell(assessment, by, "assessment.checks_used", detail)
    return finding


@transaction.atomic
def withdraw_support(*, support: Support, by: User) -> None:
    """The piece no longer counts, a run with all its checks; the library keeps what it has."""
    owner = support.answer or support.finding
    if owner is None:
        return
    assessment = _locked_and_open(owner.assessment)
    together = Q(run=support.run_id) if support.run_id else Q(pk=support.pk)
    # Of two who take it away at once, one finds nothing left to do.
    if not owner.supports.filter(together).delete()[0]:
        return
    if support.finding:
        _follow(assessment, support.finding)
    _tell(assessment, by, "assessment.evidence_removed", _named(support))


def _added(
    assessment: Assessment, evidence: Evidence, by: User, **owner: Answer | Finding
) -> Support:
    if evidence.organisation_id != assessment.organisation_id:
        raise ValueError("Evidence of another organisation supports nothing here.")
    support, created = Support.objects.get_or_create(
        organisation_id=assessment.organisation_id,
        evidence=evidence,
        **owner,
        defaults={"added_by": by},
    )
    if created:
        _tell(assessment, by, "assessment.evidence_added", _named(support))
    return support


def _named(support: Support) -> dict[str, Any]:
    about = (
        {"question": support.answer.question_id}
        if support.answer
        else {"duty": support.finding.duty_id if support.finding else ""}
    )
    if support.run_id:
        return about | {"run": str(support.run_id), "check": support.check_id}
    return about | {"evidence": str(support.evidence_id)}


def _follow(assessment: Assessment, finding: Finding) -> None:
    rows = [row for row in supports_of(assessment) if row.finding_id == finding.pk]
    closed = has_closed_model(assessment)
    finding.strength = strength_from(finding, rows, closed=closed)
    finding.save(update_fields=["strength"])


def _locked_and_open(assessment: Assessment) -> Assessment:
    rows = Assessment.objects.select_related("organisation", "use_case__system", "use_case__model")
    locked = rows.select_for_update(of=("self",)).get(pk=assessment.pk)
    if locked.is_frozen:
        raise FrozenError("This assessment can no longer be changed; start a new one.")
    return locked


def _tell(assessment: Assessment, by: User, kind: str, detail: Mapping[str, Any]) -> None:
    """Whoever changes what something rests on is an author, and no longer judges it."""
    Author.objects.get_or_create(
        assessment=assessment, person=by, defaults={"organisation": assessment.organisation}
    )
    assessment.revision += 1
    assessment.changed_at = timezone.now()
    assessment.save(update_fields=["revision", "changed_at"])
    record(
        organisation=assessment.organisation,
        actor=by,
        kind=kind,
        subject=assessment,
        detail={"revision": assessment.revision, **detail},
    )


def copy_supports(former: Assessment, draft: Assessment, answers: Mapping[str, Answer]) -> None:
    """What answers and findings rested on, for the draft that takes them over."""
    findings = {finding.duty_id: finding for finding in draft.findings.all()}
    Support.objects.bulk_create(
        [
            copied
            for support in supports_of(former)
            if (copied := _copied(support, draft, answers.get, findings.get))
        ],
        batch_size=500,
    )


def _copied(
    support: Support,
    draft: Assessment,
    answer_to: Callable[[str], Answer | None],
    finding_on: Callable[[str], Finding | None],
) -> Support | None:
    answer = answer_to(support.answer.question_id) if support.answer else None
    finding = finding_on(support.finding.duty_id) if support.finding else None
    if answer is None and finding is None:
        return None
    return Support(
        organisation_id=draft.organisation_id,
        answer=answer,
        finding=finding,
        evidence_id=support.evidence_id,
        run_id=support.run_id,
        check_id=support.check_id,
        added_by_id=support.added_by_id,
    )
