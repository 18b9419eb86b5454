"""Which provisions a person means: "26(7)", "Art. 26 Abs. 7", "Anhang III Nr. 4 Buchst. a"."""

import re
from functools import cache

from law.citations import parse_citation
from law.outline import act_outline

Key = tuple[str, ...]

# Words that only say what kind of number follows; the numbers alone find the provision.
_NAMING = re.compile(
    r"\b(abs|absatz|paras?|paragraphs?|nr|nummer|no|number|points?|pt|punkt|buchst|buchstabe|lit"
    r"|letter|ziff|ziffer|abschnitt|section)\b"
)
_KINDS = {
    "art": "art",
    "arts": "art",
    "article": "art",
    "articles": "art",
    "artikel": "art",
    "annex": "annex",
    "anhang": "annex",
    "anhangs": "annex",
}
_WORD = re.compile(r"[0-9]+[a-z]*|[a-z]+")
_DEEPEST = 6


def provisions_meant(text: str) -> tuple[str, ...]:
    """The provision that the text cites, then those below it; nothing if it is no citation."""
    key = _key_meant(text)
    while key and len(key) > 1:
        if found := _provisions_by_key().get(key):
            return _with_those_below(found)
        # Nobody knows every number of a paragraph by heart; what is above it helps still.
        key = key[:-1]
    return ()


def slug_of(provision: str) -> str:
    """The provision as part of an address: ``Art 26(7)`` is ``art-26-7``."""
    return "-".join(_key_of(provision))


def provision_of(slug: str) -> str | None:
    """The provision with that address, or None."""
    return _provisions_by_key().get(tuple(slug.split("-")))


def _key_meant(text: str) -> Key:
    words = _WORD.findall(_NAMING.sub(" ", text.lower()))
    kind = _KINDS.get(words[0], "") if words else ""
    words = words[1:] if kind else words
    if not words or len(words) > _DEEPEST or not _parts().issuperset(words):
        return ()
    if not kind:
        # A bare number is an article; a bare word is no citation.
        kind = "art" if words[0][0].isdigit() else ""
    return (kind, *words) if kind else ()


def _with_those_below(provision: str) -> tuple[str, ...]:
    heading = act_outline().heading(parse_citation(provision))
    below = (name for name in heading.provisions if name.startswith(f"{provision}("))
    return (provision, *below)


def _key_of(provision: str) -> Key:
    citation = parse_citation(provision)
    return tuple(part.lower() for part in (citation.kind, citation.number, *citation.path))


@cache
def _provisions_by_key() -> dict[Key, str]:
    return {_key_of(provision): provision for provision in act_outline().places}


@cache
def _parts() -> frozenset[str]:
    """Every number and letter that occurs in a provision, so that "10 AI tools" cites nothing."""
    return frozenset(part for key in _provisions_by_key() for part in key[1:])
