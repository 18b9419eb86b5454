from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationScoped, ScopedQuerySet
from models_registry.models.rows import RegisterQuerySet, RegisterRow


class Supplier(RegisterRow):
    """Who a model or a system comes from."""

    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, blank=True)
    # Who speaks for it in the Union (Art 22, Art 54), where its seat is elsewhere.
    eu_representative = models.CharField(
        _("authorised representative in the Union"), max_length=200, blank=True
    )

    objects: ClassVar[RegisterQuerySet["Supplier"]] = RegisterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index("organisation", Lower("name"), "id", name="suppliers_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="a_supplier_is_named_once",
                violation_error_message=_("A supplier of this name is registered already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SupplierIdentifier(OrganisationScoped):
    """What somebody else calls a supplier: a number in a register, under the scheme it is of."""

    class Scheme(models.TextChoices):
        # Values are the codes of ISO 6523 where there is one.
        LEI = "0199", _("LEI (legal entity identifier)")
        DUNS = "0060", _("D-U-N-S number")
        GLN = "0088", _("GLN (GS1)")
        LEITWEG_ID = "0204", _("Leitweg-ID")
        VAT = "vat", _("VAT identification number")
        EUID = "euid", _("EUID (European company identifier)")
        OWN = "own", _("our own supplier number")

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme.choices)
    value = models.CharField(_("number"), max_length=120)

    objects: ClassVar[ScopedQuerySet["SupplierIdentifier"]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "value"],
                name="an_identifier_names_one_supplier",
                violation_error_message=_("Another supplier has this number already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()}: {self.value}"
