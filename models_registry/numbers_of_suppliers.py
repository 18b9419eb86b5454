"""Numbers under which registers list a supplier: how each is written, and whether it can be one."""

from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum import ean, lei
from stdnum.de import leitweg
from stdnum.eu import vat
from stdnum.exceptions import ValidationError as NumberError

from models_registry.models import SupplierIdentifier

Scheme = SupplierIdentifier.Scheme
_PRINTED = str.maketrans("", "", " .-/")
_CHECKED = MappingProxyType(
    {Scheme.LEI: lei, Scheme.GLN: ean, Scheme.LEITWEG_ID: leitweg, Scheme.VAT: vat}
)
_GLN_DIGITS = 13
_DUNS_DIGITS = 9


def as_registered(scheme: str, typed: str) -> str:
    """The number as its register writes it; ValidationError where it cannot be one."""
    plain = " ".join(typed.split())
    if scheme == Scheme.VAT:
        return _vat(plain)
    if scheme == Scheme.DUNS:
        return _duns(plain)
    if scheme not in _CHECKED:
        return plain
    try:
        number = str(_CHECKED[Scheme(scheme)].validate(plain))
    except NumberError as error:
        raise _refusal(scheme) from error
    # The library takes every length of the European Article Number.
    if scheme == Scheme.GLN and len(number) != _GLN_DIGITS:
        raise _refusal(scheme)
    return number


def searched_as(words: str) -> str:
    """A number as somebody looks for it, whatever stands between its digits."""
    return words.translate(_PRINTED)


def _vat(plain: str) -> str:
    """Numbers of the Union are checked; those of other countries have no common form."""
    number = plain.upper().translate(_PRINTED)
    if number[:2].lower() not in vat.MEMBER_STATES and not number.startswith("EL"):
        return number
    try:
        return str(vat.validate(number))
    except NumberError as error:
        raise _refusal(Scheme.VAT) from error


def _duns(plain: str) -> str:
    number = plain.translate(_PRINTED)
    if len(number) != _DUNS_DIGITS or not number.isascii() or not number.isdigit():
        raise _refusal(Scheme.DUNS)
    return number


def _refusal(scheme: str) -> ValidationError:
    name = Scheme(scheme).label
    return ValidationError(
        _("This cannot be a number of this kind: %(name)s. Check it for a slip.") % {"name": name}
    )
