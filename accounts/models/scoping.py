from collections.abc import Iterable
from typing import ClassVar, Protocol, Self, TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from uuid_utils.compat import uuid7


class Actor(Protocol):
    """Whoever asks: a membership (one organisation), a user (all of theirs), an API client."""

    def visible_organisation_ids(self) -> Iterable[UUID]: ...


Row = TypeVar("Row", bound=models.Model, covariant=True)


class ScopedQuerySet(models.QuerySet[Row]):
    organisation_path = "organisation_id"

    def visible_to(self, actor: Actor | AnonymousUser) -> Self:
        """The rows of the organisations that the actor may see; the only filter between tenants."""
        if isinstance(actor, AnonymousUser):
            return self.none()
        return self.filter(**{f"{self.organisation_path}__in": actor.visible_organisation_ids()})


class OrganisationScoped(models.Model):
    """A row that belongs to one organisation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[Self]] = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True
