"""The pieces of evidence behind an answer or an obligation, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from models_registry.models import Evidence
from reports.rendering.days import in_words
from reports.rendering.words import STRENGTHS

Told = dict[str, Any]


def pieces_in_words(pieces: Iterable[Told], language: str) -> list[str]:
    """One line for each piece; reports made before evidence was kept have none."""
    return [
        _run(one, language) if one["kind"] == "run" else _piece(one, language) for one in pieces
    ]


def _piece(piece: Told, language: str) -> str:
    kind = str(Evidence.Kind(piece["kind"]).label)
    title = piece["title"] or _("confidential evidence")
    parts = [f"{title} ({kind})", _hash(piece), str(STRENGTHS[piece["strength"]])]
    if piece["confirmed_by"]:
        said = _("confirmed by %(who)s, %(day)s")
        day = in_words(piece["confirmed_on"], language)
        parts.append(said % {"who": piece["confirmed_by"], "day": day})
    return " · ".join(part for part in parts if part)


def _run(piece: Told, language: str) -> str:
    said = _("Checks of %(model)s, %(day)s")
    title = said % {"model": piece["title"], "day": in_words(piece["day"], language)}
    checks = ", ".join(f"{one['id']} ({STRENGTHS[one['strength']]})" for one in piece["checks"])
    return " · ".join(part for part in (title, _hash(piece), checks) if part)


def _hash(piece: Told) -> str:
    return f"SHA-256 {piece['sha256']}…" if piece["sha256"] else ""
