"""Handing an assessment to a second person, and what that person says short of deciding."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Role
from assessments.freezing import freeze, latest_submission
from assessments.law_in_use import catalogue
from assessments.models import Assessment, Review, Submission
from assessments.services.answering import redetermine
from assessments.services.moving import (
    locked,
    move,
    require_revision,
    require_state,
    role_of,
    still_a,
    tell,
)

State = Assessment.State
REVIEWERS = (Role.REVIEWER, Role.APPROVER)


@transaction.atomic
def submit_for_review(*, assessment: Assessment, by: Membership, revision: int) -> Submission:
    """Locks the answers and freezes them with their result, as the reviewers will see them."""
    member = still_a(by, assessment, Role.OFFICER)
    return hand_in(assessment, member, revision)


def hand_in(assessment: Assessment, member: Membership, revision: int) -> Submission:
    """Inside the transaction of the caller, who has checked that the member may."""
    assessment = locked(assessment)
    require_state(assessment, *Assessment.OPEN_STATES)
    require_revision(assessment, revision)
    if not any(answer.value is not None for answer in assessment.answers.all()):
        raise ValidationError(_("Answer the questions first."), code="no_answers")
    if assessment.catalogue_digest != catalogue().digest:
        # By the law of today, whenever the last answer was given.
        redetermine(assessment=assessment)
    frozen, subject = freeze(assessment), assessment.use_case.subject
    submission = Submission.objects.create(
        organisation=assessment.organisation,
        assessment=assessment,
        revision=assessment.revision,
        submitted_by=member.user,
        submitted_as=role_of(member, Role.OFFICER, *Role),
        law_version=assessment.law_version,
        catalogue_digest=assessment.catalogue_digest,
        subject_id=subject.pk,
        subject_version=subject.version,
        packed=Submission.pack(frozen.text),
        sha256=frozen.sha256,
    )
    assessment.responsible = member.user
    assessment.save(update_fields=["responsible"])
    detail = {"snapshot": frozen.sha256, "catalogue": assessment.catalogue_digest}
    move(assessment, State.IN_REVIEW, member, "assessment.submitted", detail)
    return submission


@transaction.atomic
def take_back(*, assessment: Assessment, by: Membership) -> Assessment:
    """Out of review, before anybody has decided, so that answers can be changed again."""
    assessment = locked(assessment)
    require_state(assessment, State.IN_REVIEW)
    member = still_a(by, assessment, Role.OFFICER)
    move(assessment, State.DRAFT, member, "assessment.taken_back", {})
    return assessment


@transaction.atomic
def request_changes(
    *, assessment: Assessment, by: Membership, revision: int, reason: str
) -> Review:
    """Opens the answers again; the reason says what is to be changed."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say what should be changed.")}, code="no_reason")
    verdict = Review.Verdict.CHANGES_REQUESTED
    assessment, member, review = _reviewed(assessment, by, revision, verdict, reason)
    move(assessment, State.CHANGES_REQUESTED, member, "assessment.changes_requested", {})
    return review


@transaction.atomic
def record_no_objection(
    *, assessment: Assessment, by: Membership, revision: int, comment: str = ""
) -> Review:
    """A reviewer has looked and asks for nothing; the decision is still an approver's."""
    verdict = Review.Verdict.NO_OBJECTION
    assessment, member, review = _reviewed(assessment, by, revision, verdict, comment)
    tell(assessment, member, "assessment.reviewed", {"verdict": verdict.value})
    return review


def _reviewed(
    assessment: Assessment, by: Membership, revision: int, verdict: str, reason: str
) -> tuple[Assessment, Membership, Review]:
    assessment = locked(assessment)
    require_state(assessment, State.IN_REVIEW)
    require_revision(assessment, revision)
    member = still_a(by, assessment, *REVIEWERS)
    refuse_authors(assessment, member)
    review = Review(
        organisation=assessment.organisation,
        assessment=assessment,
        submission=latest_submission(assessment),
        revision=revision,
        verdict=verdict,
        reason=reason.strip(),
        reviewed_by=member.user,
        reviewed_as=role_of(member, *REVIEWERS),
    )
    review.full_clean()
    review.save(force_insert=True)
    return assessment, member, review


def refuse_authors(assessment: Assessment, member: Membership) -> None:
    """Four eyes: nobody judges a revision in which they changed an answer."""
    if assessment.authors.filter(person=member.user_id).exists():
        words = _("You changed answers of this assessment, so another person has to judge it.")
        raise ValidationError(words, code="author")
