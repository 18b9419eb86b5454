"""Parts of a page that look the same wherever the same is said: made once for each language.

A long table says the same few words in hundreds of cells, and including a template costs far more
than writing down what it gave before.
"""

from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

# More than all tags and citations in both languages.
MOST_KEPT = 8192
CITATIONS = "components/citations.html"


class Cite(NamedTuple):
    text: str
    url: str


def drawn(template: str, **said: Hashable) -> SafeString:
    """A component that needs nothing but what is said here."""
    # In development a template may have changed since.
    make = _made.__wrapped__ if settings.DEBUG else _made
    return make(template, get_language() or "", tuple(said.items()))


def cited(cites: Iterable[Mapping[str, Any]]) -> SafeString:
    """What `components/citations.html` makes of them, each made once."""
    parts = (drawn(CITATIONS, cites=(Cite(cite["text"], cite["url"]),)) for cite in cites)
    return mark_safe(", ".join(part.strip() for part in parts))  # noqa: S308


@lru_cache(MOST_KEPT)
def _made(template: str, language: str, said: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return render_to_string(template, dict(said))
