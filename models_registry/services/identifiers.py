"""The numbers under which a supplier is listed."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

from models_registry.models import Supplier, SupplierIdentifier
from models_registry.numbers_of_suppliers import as_registered
from models_registry.services.keeping import written

Identifiers = Iterable[tuple[str, str]]
Told = dict[str, list[str]]


def exchange_identifiers(supplier: Supplier, identifiers: Identifiers) -> tuple[Told, Told]:
    """Leaves exactly these, each a scheme with a number; by scheme what was there and what is."""
    wanted = {(scheme, as_registered(scheme, number)) for scheme, number in identifiers}
    rows = {(row.scheme, row.value): row for row in supplier.identifiers.all()}
    if wanted == rows.keys():
        return {}, {}
    for pair in rows.keys() - wanted:
        rows[pair].delete()
    for scheme, number in sorted(wanted - rows.keys()):
        row = SupplierIdentifier(
            organisation=supplier.organisation, supplier=supplier, scheme=scheme, value=number
        )
        try:
            written(row, force_insert=True)
        except ValidationError as refusal:
            sentence = f"{row}. {' '.join(refusal.messages)}"
            raise ValidationError({"identifiers": sentence}) from refusal
    return _told(rows), _told(wanted)


def _told(pairs: Iterable[tuple[str, str]]) -> Told:
    told: Told = {}
    for scheme, number in sorted(pairs):
        told.setdefault(str(scheme), []).append(number)
    return told
