"""What every row of the register has: an organisation, a name, and an end without deletion."""

from typing import Self, TypeVar

from django.db import models
from django.db.models.functions import Lower

from accounts.models import OrganisationScoped, ScopedQuerySet

Row = TypeVar("Row", bound="RegisterRow", covariant=True)


class RegisterQuerySet(ScopedQuerySet[Row]):
    def in_use(self) -> Self:
        """Without what was retired."""
        return self.filter(retired_at__isnull=True)

    def in_order(self) -> Self:
        """By name, in capitals or not; of one name the older first."""
        return self.order_by(Lower("name"), "pk")


class RegisterRow(OrganisationScoped):
    """A row that people retire instead of deleting it."""

    changed_at = models.DateTimeField(auto_now=True)
    retired_at = models.DateTimeField(null=True, editable=False)
    # Came with a worked example and goes with it, unless something else needs it by then.
    is_example = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
