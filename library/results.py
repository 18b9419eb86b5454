"""What a search shows: the organisation's rows first, then the law, each kind under its heading."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Membership
from library.law_in_words import Page, listed
from library.law_index import law_search
from library.selectors import Rows, classes_of, rows_found
from models_registry.model_access import access_in_words

MOST = 10
MOST_OF_ONE_KIND = 200
LAW_KINDS = ("outcome", "duty", "question", "term", "role", "provision")
_PAGES = {
    "use": ("assessments:use-detail", "assessments:use-list"),
    "system": ("models_registry:system-detail", "models_registry:system-list"),
    "model": ("models_registry:model-detail", "models_registry:model-list"),
    "supplier": ("models_registry:supplier-detail", "models_registry:supplier-list"),
}


def results_page(member: Membership, text: str, only: str = "") -> Page:
    """The groups with something in them; `only` one kind of law, then all of it."""
    only = only if only in LAW_KINDS else ""
    rows = [] if only else rows_found(member, text, MOST)
    groups = [_register_group(member, found, text) for found in rows] + _law_groups(text, only)
    return {
        "query": text,
        "only": only,
        "groups": groups,
        "total": sum(len(group["entries"]) for group in groups),
    }


def _register_group(member: Membership, found: Rows, text: str) -> Page:
    page, everything = _PAGES[found.kind]
    classes = classes_of(member, found.rows) if found.kind == "use" else {}
    return {
        "kind": found.kind,
        "total": len(found.rows),
        "more": found.more,
        "all_url": f"{reverse(everything)}?{urlencode({'q': text})}" if found.more else "",
        "entries": [
            {
                "title": str(row),
                "url": reverse(page, args=[row.pk]),
                "note": _note(found.kind, row),
                "tier": classes.get(row.pk, ""),
                "retired": row.retired_at is not None,
            }
            for row in found.rows
        ],
    }


def _note(kind: str, row: Any) -> str:
    """A line that tells two rows of the same name apart."""
    parts = {
        "use": lambda: [row.subject, row.unit],
        "system": lambda: [row.supplier],
        "model": lambda: [row.provider, access_in_words(row)],
        "supplier": lambda: [row.country],
    }[kind]()
    return " · ".join(str(part) for part in parts if part)


def _law_groups(text: str, only: str) -> list[Page]:
    found = law_search().find(text, MOST_OF_ONE_KIND if only else MOST)
    # The group with the best match of all stands first: a citation its provision, a word its term.
    kinds = [kind for kind in found if kind in LAW_KINDS and only in ("", kind)]
    return [
        {
            "kind": kind,
            "total": found[kind].total,
            "more": found[kind].total > len(found[kind].entries),
            "all_url": f"{reverse('search')}?{urlencode({'q': text, 'kind': kind})}",
            "entries": [listed(entry) for entry in found[kind].entries],
        }
        for kind in kinds
    ]
