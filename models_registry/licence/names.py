"""Licences of the catalogue, by what people call them."""

from functools import cache

from models_registry.checks.licences.catalogue import Licence, licences, plain
from models_registry.sovereignty.knowledge import check_catalogue


@cache
def licence_names() -> list[str]:
    """What a form suggests while one types."""
    return sorted((one.name for one in licences(check_catalogue()).by_id.values()), key=str.lower)


def licence_meant(typed: str) -> str:
    """The identifier of the one licence that is called so; empty where none or several are."""
    known = licences(check_catalogue())
    wanted = plain(typed)
    named = [one for one in known.by_id.values() if wanted and plain(one.name) == wanted]
    found = named or (known.declared(typed) if typed else ())
    return found[0].id if len(found) == 1 else ""


def licence_of(licence_id: str) -> Licence | None:
    return licences(check_catalogue()).by_id.get(licence_id)
