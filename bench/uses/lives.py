"""Uses with their assessments in every state there is, as people would have left them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from assessments.models import Answer, Assessment, Decision, Finding, Review, Submission
from bench.uses.chain import Chain
from bench.uses.people import Staff
from bench.uses.profiles import REVISION, Profile, Profiles
from models_registry.models import AISystem, UseCase

BATCH = 500
State, Outcome, Verdict = Assessment.State, Decision.Outcome, Review.Verdict
# What became of twenty uses, one after the other.
LIVES = (
    *("partial",) * 3,
    *("draft",) * 2,
    *("in_review",) * 2,
    "changes_requested",
    *("approved",) * 6,
    "conditions",
    "rejected",
    "lapsed",
    "renewed",
    "replaced",
    "retired",
)
NEVER_HANDED_IN = {"partial", "draft"}
UNDECIDED = NEVER_HANDED_IN | {"in_review", "changes_requested"}
PLACES = ("Hamburg", "Leipzig", "Essen", "Ulm", "Graz", "Lyon", "Gent", "Turin", "Gdynia", "Porto")
TEAMS = ("Sales", "People", "Service", "Plant", "Finance", "Research", "Claims", "Logistics")
PERSONS = ("applicants", "customers", "staff", "patients", "visitors")
MET = ("not_assessed", "met", "partly_met", "not_assessed", "not_met")


@dataclass
class Life:
    """One use on its way, with the assessment it has come to."""

    number: int
    kind: str
    profile: Profile
    use_case: UseCase
    system: AISystem
    assessment: Assessment
    submission: Submission = field(init=False)

    @property
    def is_handed_in(self) -> bool:
        return self.kind not in NEVER_HANDED_IN

    @property
    def is_decided(self) -> bool:
        return self.kind not in UNDECIDED


class Lives:
    """Writes uses in batches, each a transaction; a batch that is cut short leaves nothing."""

    def __init__(self, staff: Staff, systems: Sequence[AISystem], today: date) -> None:
        self.staff, self.systems, self.today = staff, systems, today
        self.profiles = Profiles(today)

    @transaction.atomic
    def write(self, numbers: Iterable[int]) -> None:
        self.chain = Chain(self.staff.organisation)
        lives = [self._begun(number) for number in numbers]
        UseCase.objects.bulk_create([life.use_case for life in lives], batch_size=BATCH)
        self._assess(lives)
        for kind, follow in self._sequels().items():
            follow([life for life in lives if life.kind == kind])
        self.chain.write()

    def _sequels(self) -> dict[str, Callable[[list[Life]], None]]:
        return {"renewed": self._renew, "replaced": self._replace, "retired": self._retire}

    def _begun(self, number: int) -> Life:
        # So that each class comes up in each state.
        kind = LIVES[(number * 7 + number // 100) % len(LIVES)]
        profile = self.profiles.pick(number, partial=kind == "partial")
        team, place = TEAMS[number % len(TEAMS)], PLACES[number // 7 % len(PLACES)]
        words = " ".join(profile.situation.split()[:7]).strip(".,")
        system = self.systems[number // 2 % len(self.systems)]
        use_case = UseCase(
            organisation=self.staff.organisation,
            name=f"{words}, {place} {number + 1}",
            purpose=profile.situation,
            unit=f"{team} {place}",
            member_states=["DE", "FR"][: 1 + number % 2],
            affected_persons=PERSONS[number % len(PERSONS)],
            system=system,
        )
        detail = {
            "name": use_case.name,
            "purpose": use_case.purpose,
            "subject": str(use_case.system_id),
        }
        self.chain.tell("use_case.registered", use_case, self.staff.author(number), detail)
        draft = self._draft(use_case, profile, number)
        return Life(number, kind, profile, use_case, system, draft)

    def _draft(
        self, use_case: UseCase, profile: Profile, number: int, former: Assessment | None = None
    ) -> Assessment:
        statuses = [self._status(number, place) for place in range(len(profile.owed))]
        draft = Assessment(
            organisation=self.staff.organisation,
            use_case=use_case,
            as_of=self.today,
            responsible=self.staff.author(number),
            revision=REVISION,
            reassesses=former,
            changed_at=timezone.now() - timedelta(hours=number % 5000),
            duties=len(statuses),
            findings_by_status=dict(Counter(statuses)),
            **profile.summary,
        )
        detail = {"use_case": use_case.name, "as_of": self.today.isoformat()}
        self.chain.tell("assessment.started", draft, self.staff.author(number), detail)
        return draft

    @staticmethod
    def _status(number: int, place: int) -> str:
        """Nobody has looked at the duties of every other use."""
        return MET[(number + place) % len(MET)] if number % 2 else MET[0]

    # --- One assessment from its answers to its decision ------------------------------------------

    def _assess(self, lives: list[Life]) -> None:
        Assessment.objects.bulk_create([life.assessment for life in lives], batch_size=BATCH)
        Answer.objects.bulk_create(
            (answer for life in lives for answer in self._answers(life)), batch_size=BATCH
        )
        Finding.objects.bulk_create(
            (finding for life in lives for finding in self._findings(life)), batch_size=BATCH
        )
        handed_in = [life for life in lives if life.is_handed_in]
        Submission.objects.bulk_create(map(self._submission, handed_in), batch_size=100)
        self._move(handed_in, State.IN_REVIEW)
        Review.objects.bulk_create(map(self._review, handed_in), batch_size=BATCH)
        changes = [life for life in handed_in if life.kind == "changes_requested"]
        self._move(changes, State.CHANGES_REQUESTED)
        decided = [life for life in handed_in if life.is_decided]
        Decision.objects.bulk_create(map(self._decision, decided), batch_size=BATCH)
        self._move(decided, State.DECIDED)

    def _answers(self, life: Life) -> Iterable[Answer]:
        author = self.staff.author(life.number)
        answers = life.profile.answers
        self.chain.tell(
            "assessment.answered",
            life.assessment,
            author,
            {"revision": REVISION, "before": {}, "after": answers},
        )
        for place, (question, value) in enumerate(answers.items()):
            yield Answer(
                organisation=self.staff.organisation,
                assessment=life.assessment,
                question_id=question,
                value=value,
                note="As the department told us." if place % 9 == 4 else "",
                answered_by=author,
            )

    def _findings(self, life: Life) -> Iterable[Finding]:
        for place, duty in enumerate(life.profile.owed):
            yield Finding(
                organisation=self.staff.organisation,
                assessment=life.assessment,
                duty_id=duty,
                status=self._status(life.number, place),
            )

    def _submission(self, life: Life) -> Submission:
        author, system = self.staff.author(life.number), life.system
        text, digest = life.profile.frozen(
            name=life.use_case.name,
            purpose=life.use_case.purpose,
            subject=system.name,
            version=system.version,
            assessment_id=str(life.assessment.pk),
            use_id=str(life.use_case.pk),
            subject_id=str(system.pk),
            person_id=str(author.pk),
        )
        detail = {"snapshot": digest, "catalogue": life.assessment.catalogue_digest}
        self._tell("submitted", life, author, detail)
        life.submission = Submission(
            organisation=self.staff.organisation,
            assessment=life.assessment,
            revision=REVISION,
            submitted_by=author,
            submitted_as=Role.OFFICER,
            law_version=life.assessment.law_version,
            catalogue_digest=life.assessment.catalogue_digest,
            subject_id=system.pk,
            subject_version=system.version,
            packed=Submission.pack(text),
            sha256=digest,
        )
        return life.submission

    def _review(self, life: Life) -> Review:
        wanting = life.kind == "changes_requested"
        self._tell("changes_requested" if wanting else "reviewed", life, self.staff.reviewer, {})
        return Review(
            organisation=self.staff.organisation,
            assessment=life.assessment,
            submission=life.submission,
            revision=REVISION,
            verdict=Verdict.CHANGES_REQUESTED if wanting else Verdict.NO_OBJECTION,
            reason="Say who reads the output." if wanting else "",
            reviewed_by=self.staff.reviewer,
            reviewed_as=Role.REVIEWER,
        )

    def _decision(self, life: Life) -> Decision:
        approver, submission = self.staff.approver(life.number), life.submission
        outcome = {"conditions": Outcome.APPROVED_WITH_CONDITIONS, "rejected": Outcome.REJECTED}
        told = outcome.get(life.kind, Outcome.APPROVED)
        days = -10 if life.kind == "lapsed" else 30 + life.number % 330
        self._tell("decided", life, approver, {"outcome": told, "snapshot": submission.sha256})
        return Decision(
            organisation=self.staff.organisation,
            assessment=life.assessment,
            submission=submission,
            revision=REVISION,
            law_version=submission.law_version,
            catalogue_digest=submission.catalogue_digest,
            subject_id=submission.subject_id,
            subject_version=submission.subject_version,
            outcome=told,
            conditions="Train the staff first." if life.kind == "conditions" else "",
            reason="The benefit is not shown." if life.kind == "rejected" else "",
            valid_until=None if life.kind == "rejected" else self.today + timedelta(days=days),
            decided_by=approver,
            decided_as=Role.APPROVER,
        )

    # --- What came after the decision -------------------------------------------------------------

    def _renew(self, lives: list[Life], kind: str = "draft") -> None:
        """A second assessment beside the decided one."""
        for life in lives:
            former = life.assessment
            life.assessment = self._draft(life.use_case, life.profile, life.number, former)
            life.kind = kind
        self._assess(lives)

    def _replace(self, lives: list[Life]) -> None:
        """A second one that was decided too, so that the first no longer counts."""
        for life in lives:
            self._tell("superseded", life, self.staff.approver(life.number), {})
        self._move(lives, State.SUPERSEDED)
        self._renew(lives, "approved")

    def _retire(self, lives: list[Life]) -> None:
        for life in lives:
            author = self.staff.author(life.number)
            self._tell("archived", life, author, {"from": State.DECIDED})
            detail = {"before": {"retired": False}, "after": {"retired": True}}
            self.chain.tell("use_case.retired", life.use_case, author, detail)
        self._move(lives, State.ARCHIVED, archived_from=State.DECIDED)
        ids = [life.use_case.pk for life in lives]
        UseCase.objects.filter(pk__in=ids).update(retired_at=timezone.now())

    def _move(self, lives: list[Life], state: str, **more: str) -> None:
        ids = [life.assessment.pk for life in lives]
        Assessment.objects.filter(pk__in=ids).update(state=state, **more)

    def _tell(self, kind: str, life: Life, by: User, detail: Mapping[str, Any]) -> None:
        told = {"revision": REVISION, **detail}
        self.chain.tell(f"assessment.{kind}", life.assessment, by, told)
