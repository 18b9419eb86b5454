from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet
from assessments.models.answer import Answer


class Inquiry(OrganisationScoped):
    """A question that somebody else is asked; the row goes when the matter is settled."""

    answer = models.OneToOneField(Answer, models.CASCADE, related_name="inquiry")
    # A name or an e-mail address, as people write it; they need no account.
    whom = models.CharField(_("whom to ask"), max_length=200)
    reason = models.CharField(_("what to ask"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[ScopedQuerySet["Inquiry"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "inquiries"
        constraints = [
            models.CheckConstraint(condition=~Q(whom=""), name="an_inquiry_names_somebody")
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.whom}"
