from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet
from assessments.models.answer import Answer
from assessments.models.finding import Finding


class Support(OrganisationScoped):
    """Evidence, or a check of a model, that an answer or a finding rests on."""

    answer = models.ForeignKey(
        Answer, models.CASCADE, null=True, blank=True, related_name="supports"
    )
    finding = models.ForeignKey(
        Finding, models.CASCADE, null=True, blank=True, related_name="supports"
    )
    evidence = models.ForeignKey(
        "models_registry.Evidence", models.PROTECT, null=True, blank=True, related_name="supports"
    )
    # A run of checks, and which of its checks by id; all that support the duty where it is empty.
    run = models.ForeignKey(
        "models_registry.CheckRun", models.PROTECT, null=True, blank=True, related_name="supports"
    )
    check_id = models.CharField(max_length=20, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects: ClassVar[ScopedQuerySet["Support"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__isnull=False, finding=None)
                | Q(answer=None, finding__isnull=False),
                name="a_support_is_of_an_answer_or_a_finding",
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=False, run=None) | Q(evidence=None, run__isnull=False),
                name="a_support_is_evidence_or_a_run",
            ),
            models.UniqueConstraint(
                fields=["finding", "evidence"],
                condition=Q(finding__isnull=False, evidence__isnull=False),
                name="evidence_supports_a_finding_once",
            ),
            models.UniqueConstraint(
                fields=["answer", "evidence"],
                condition=Q(answer__isnull=False, evidence__isnull=False),
                name="evidence_supports_an_answer_once",
            ),
            models.UniqueConstraint(
                fields=["finding", "run", "check_id"],
                condition=Q(finding__isnull=False, run__isnull=False),
                name="a_check_supports_a_finding_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer or self.finding}: {self.evidence or self.run}"


class Proposal(OrganisationScoped):
    """What a person did with an answer that the material of a model suggests.

    Proposals themselves are worked out from the newest run and not kept; this keeps that one was
    accepted or rejected, so that it is not offered again until the material says something else.
    """

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    assessment = models.ForeignKey(
        "assessments.Assessment", models.CASCADE, related_name="proposals"
    )
    question_id = models.CharField(max_length=80)
    value = models.JSONField()
    state = models.CharField(max_length=20, choices=State.choices)
    # Where it came from: the run and the fact, or the register where there was no run.
    run = models.ForeignKey(
        "models_registry.CheckRun", models.PROTECT, null=True, blank=True, related_name="+"
    )
    fact = models.CharField(max_length=80, blank=True)
    strength = models.CharField(max_length=20, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[ScopedQuerySet["Proposal"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["question_id", "-created_at"]
        indexes = [models.Index(fields=["assessment", "question_id"], name="proposals_decided")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.state}"
