from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q
from django.utils import timezone
from uuid_utils.compat import uuid7


class AppendOnlyError(TypeError):
    """Someone tried to change the past."""


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Events are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Events are never deleted.")


class Event(models.Model):
    """One thing that happened in an organisation, chained by its hash to the one before it.

    It holds ids and digests only. Names and values lie in EventDetail, which can be erased
    without breaking the chain. Rows are written by `events.services.record` alone; triggers in
    the database refuse updates and deletes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation_id = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=80)
    is_public = models.BooleanField(default=False)
    payload_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["organisation_id", "sequence"]
        indexes = [
            models.Index(
                fields=["organisation_id", "subject_type", "subject_id", "sequence"],
                name="events_of_a_subject",
            ),
            models.Index(
                fields=["organisation_id", "sequence"],
                condition=Q(is_public=True),
                name="events_of_the_feed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "sequence"], name="a_sequence_number_is_used_once"
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="a_sequence_starts_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("Events are never changed.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Events are never deleted.")


class EventDetail(models.Model):
    """What an event was about in words and values; deleting the row erases them for good."""

    event = models.OneToOneField(
        Event, models.PROTECT, primary_key=True, related_name="detail", db_constraint=True
    )
    # Without it, a short value such as a name could be guessed from the digest after the erasure.
    salt = models.CharField(max_length=32)
    # The text that was hashed, because a JSON column may write its numbers differently.
    payload = models.TextField()

    def __str__(self) -> str:
        return f"detail of {self.event_id}"


class ChainHead(models.Model):
    """The end of an organisation's chain; its row lock lets one writer append at a time."""

    organisation_id = models.UUIDField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.organisation_id} at {self.sequence}"
