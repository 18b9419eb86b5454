"""Whether whoever issued a document is somebody else than the supplier it is about."""

import re

from models_registry.models import Attachment, Evidence

_LEGAL_FORMS = {
    "ag", "se", "gmbh", "mbh", "kg", "kgaa", "ohg", "ug", "ev", "inc", "incorporated", "ltd",
    "limited", "llc", "llp", "plc", "corp", "corporation", "co", "company", "sa", "sas", "sarl",
    "srl", "spa", "bv", "nv", "ab", "as", "oy", "oyj", "aps", "pty", "pte", "pbc", "kk", "the",
}  # fmt: skip


def is_same_firm(one: str, other: str) -> bool:
    """Equal names, apart from the legal form; or one is the beginning of the other."""
    first, second = _words(one), _words(other)
    length = min(len(first), len(second))
    return bool(length) and first[:length] == second[:length]


def suppliers_of(evidence: Evidence) -> list[str]:
    """The suppliers of the models and systems that it is attached to."""
    rows = Attachment.objects.filter(evidence=evidence).order_by("pk")
    names = rows.values_list("model__provider__name", "system__supplier__name")
    return [name for pair in names for name in pair if name]


def may_be_independent(evidence: Evidence) -> bool:
    """Whether an issuer is named who is none of the suppliers."""
    issuer = evidence.issuer
    return bool(_words(issuer)) and not any(
        is_same_firm(issuer, name) for name in suppliers_of(evidence)
    )


def _words(name: str) -> list[str]:
    words = re.findall(r"\w+", name.casefold().replace(".", ""))
    return [word for word in words if word not in _LEGAL_FORMS]
