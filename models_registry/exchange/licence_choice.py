"""A licence in the way CycloneDX wants it: by SPDX identifier, by expression or by name."""

import re
from typing import Any

from models_registry.checks.account import Told
from models_registry.checks.bills.schemas import spdx_ids
from models_registry.checks.catalogue import load
from models_registry.checks.licences.catalogue import Licence, licences

_JOINED = re.compile(r" (?:AND|OR|WITH) ")


def licence_choice(licence_id: str, account: Told) -> list[dict[str, Any]]:
    """The value of ``licenses``; empty where no licence is named.

    It counts as concluded only where the licence's text lay in the material and is that licence.
    """
    named = licence_id.strip()
    if not named:
        return []
    known = _known(named)
    read = account["openness"]["licence"]["id"] if account["licence"]["from_text"] else ""
    concluded = known is not None and known.id == read
    said = {"acknowledgement": "concluded" if concluded else "declared"}
    name = (known.spdx or known.name) if known else named
    if name in spdx_ids():
        return [{"license": {"id": name, **said}}]
    if is_expression(name):
        return [{"expression": name, **said}]
    return [{"license": {"name": name, **said}}]


def is_expression(text: str) -> bool:
    """Whether it joins SPDX identifiers, as in ``MIT OR Apache-2.0``."""
    parts = _JOINED.split(text)
    if len(parts) == 1 or text.count("(") != text.count(")"):
        return False
    return all(part.strip("()").removesuffix("+") in spdx_ids() for part in parts)


def _known(name: str) -> Licence | None:
    """The one entry of the catalogue that is meant; None where it could be several."""
    found = licences(load()).declared(name)
    return found[0] if len(found) == 1 else None
