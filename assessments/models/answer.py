from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet


class Answer(OrganisationScoped):
    """What somebody said to one question; a value of null is "I don't know"."""

    class Source(models.TextChoices):
        PERSON = "person", _("a person")
        IMPORT = "import", _("a file")
        CATALOGUE = "catalogue", _("the model catalogue")
        EVIDENCE = "evidence", _("the evidence about a model")
        # Whoever is named gave it then; nobody has changed it since.
        CARRIED_OVER = "carried_over", _("the assessment before")

    assessment = models.ForeignKey("assessments.Assessment", models.CASCADE, related_name="answers")
    question_id = models.CharField(max_length=80)
    value = models.JSONField(null=True, blank=True)
    note = models.TextField(
        _("note"), max_length=4000, blank=True, validators=[MaxLengthValidator(4000)]
    )
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.PERSON)
    # Counts the saves of this answer, so that two people cannot overwrite each other unseen.
    version = models.PositiveIntegerField(default=1)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[ScopedQuerySet["Answer"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["assessment_id", "question_id"]
        # Finds what the organisation last said to a question, to offer it again.
        indexes = [
            models.Index(
                fields=["organisation", "question_id", "-answered_at"], name="answers_to_a_question"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question_id"], name="a_question_is_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="an_answer_version_starts_at_one"
            ),
        ]

    def __str__(self) -> str:
        return self.question_id
