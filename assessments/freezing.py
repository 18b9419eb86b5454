"""An assessment as it was handed in: one canonical JSON that no later change of law can touch."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.conf import settings

from assessments.answering import value_of
from assessments.law_in_use import catalogue
from assessments.models import Assessment, Submission, Support
from assessments.selectors import determination_of, explanation_of, told_result
from assessments.supports import has_closed_model, strength_of, supports_of
from law.telling import tell

SCHEMA = "drawbridge.assessment/1"


@dataclass(frozen=True)
class Frozen:
    """Canonical JSON (RFC 8785) and its SHA-256."""

    text: str
    sha256: str


def freeze(assessment: Assessment) -> Frozen:
    """Use, answers and the told result in every language, with the law they were judged by."""
    use_case = assessment.use_case
    subject = use_case.subject
    content = {
        "schema": SCHEMA,
        "assessment": str(assessment.pk),
        "revision": assessment.revision,
        "as_of": assessment.as_of.isoformat(),
        "readings": assessment.readings,
        "law_version": assessment.law_version,
        "catalogue_digest": assessment.catalogue_digest,
        "use": {"id": str(use_case.pk), "name": use_case.name, "purpose": use_case.purpose},
        "subject": {"id": str(subject.pk), "name": subject.name, "version": subject.version},
        "answers": [
            {
                "question": answer.question_id,
                "value": value_of(answer),
                "note": answer.note,
                "source": answer.source,
                "by": str(answer.answered_by_id) if answer.answered_by_id else None,
                "at": answer.answered_at.isoformat(timespec="seconds"),
            }
            for answer in assessment.answers.all()
        ],
        "supports": _supports(assessment),
        "result": told_in_every_language(assessment),
    }
    packed = rfc8785.dumps(content)
    return Frozen(packed.decode(), hashlib.sha256(packed).hexdigest())


def _supports(assessment: Assessment) -> list[dict[str, Any]]:
    """What answers and findings rest on, each piece by the hash of what was looked at."""
    closed = has_closed_model(assessment)
    return [
        {
            "question": support.answer.question_id if support.answer else None,
            "duty": support.finding.duty_id if support.finding else None,
            "evidence": str(support.evidence_id) if support.evidence_id else None,
            "run": str(support.run_id) if support.run_id else None,
            "check": support.check_id,
            "sha256": _hash_behind(support),
            "strength": strength_of(support, closed=closed),
        }
        for support in supports_of(assessment)
    ]


def _hash_behind(support: Support) -> str:
    if support.run:
        return str(support.run.summary.get("root", ""))
    stored = support.evidence.stored if support.evidence else None
    return stored.sha256 if stored else ""


def told_in_every_language(assessment: Assessment) -> dict[str, Any]:
    """Explained once, because that is what takes the time."""
    result = determination_of(assessment)
    explanation = explanation_of(assessment, result)
    return {
        code: tell(catalogue(), result.facts, result.determination, explanation, code)
        for code, _name in settings.LANGUAGES
    }


def thawed(submission: Submission) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(submission.snapshot)
    return content


def latest_submission(assessment: Assessment) -> Submission | None:
    """What was last handed in, if the assessment still stands as it did then."""
    found = assessment.submissions.select_related("submitted_by").first()
    return found if found and found.revision == assessment.revision else None


def told_as_it_stands(
    assessment: Assessment, submission: Submission | None, language: str
) -> dict[str, Any]:
    """The frozen result once it was handed in, before that what the answers give today."""
    if submission is None or assessment.state in Assessment.OPEN_STATES:
        return told_result(assessment, language)
    told: dict[str, Any] = thawed(submission)["result"][language]
    return told
