"""D07 to D09: what is told of the data that the model was trained on."""

import re
from collections.abc import Mapping

from models_registry.checks.context import Context
from models_registry.checks.documented import documented, said
from models_registry.checks.documents.parts import documents_of, part_of, sections_of
from models_registry.checks.documents.quantities import COUNT, TOKENS, tokens_of
from models_registry.checks.readers.cards import Card
from models_registry.checks.results import Fact, Proof, Result, Strength, Verdict, term
from models_registry.checks.roles import Role
from models_registry.checks.supplied import absent, is_public, library, not_supplied, of_card

_DESCRIBING = (Role.CARD, Role.SYSTEM_CARD, Role.REPORT, Role.ANNEX_PACK)
_SOURCES = re.compile(
    r"\b(?:common ?crawl|fineweb|wikipedia|github|stack ?exchange|arxiv|pubmed|books?|the pile"
    r"|redpajama|dolma|oscar|culturax|europarl|licensed|synthetic|web (?:data|pages|crawl)"
    r"|publicly available|user data|news|the stack)\b",
    re.IGNORECASE,
)
_SIZE = re.compile(rf"{COUNT}\s*(?:tokens|documents|samples|pages|rows|TB|GB)\b|\d ?%", re.I)
# How much the model takes at once says nothing of what it was trained on.
_OTHER_SIZES = re.compile(
    r"\b(?:context|window|sequence|kontext|sequenz)\w*[^.;|\d]{0,40}\d[\d.,]*\s?[kM]?[- ]?tokens?\b"
    r"|\b\d[\d.,]*\s?[kM]?[- ](?:tokens? )?(?:of )?(?:context|window|sequence|kontext|sequenz)",
    re.IGNORECASE,
)
_QUESTIONS: Mapping[str, str] = {
    "motivation": r"motivation|purpose|why .{0,30}created|beweggr|zweck",
    "composition": r"composition|instances|data fields|structure|splits|zusammensetzung",
    "collection": r"collect|sourc|curation rationale|acquisition|erhebung",
    "preprocessing": r"pre-?process|clean|label|annotation|filter|aufbereitung",
    "uses": r"\buses?\b|intended|out-of-scope|verwendung",
    "distribution": r"distribut|licen[cs]|availability|access|verbreitung",
    "maintenance": r"maintenance|maintain|contact|update|version|erratum|pflege",
}
_PATTERNS = {name: re.compile(words, re.IGNORECASE) for name, words in _QUESTIONS.items()}


def d07_training_data(context: Context) -> Result:
    """Which sources with which sizes, or only kinds of sources."""
    place = part_of(context, "data")
    if place is None:
        return absent(context, "D07", *_DESCRIBING)
    tokens = _tokens(context)
    sources = {found.lower() for found in _sources(context)}
    sized = _sized(context) if sources else None
    facts: tuple[Fact, ...] = (said("D07", "training_data_described", True, place),)
    if tokens:
        facts = (*facts, tokens)
    shown = (place, sized, tokens.proof if tokens else None)
    if sources and sized:
        verdict, reason = Verdict.PASS, "sources_and_sizes"
    else:
        verdict, reason = Verdict.PARTIAL, "kinds" if sources else "mentioned"
    return documented(
        "D07",
        verdict,
        reason,
        *shown,
        facts=facts,
        sources=tuple(sorted(sources)),
        tokens=tokens.value if tokens else None,
    )


def d08_data_sets(context: Context) -> Result:
    """The data sets that the card names, against the cards of data sets that were supplied."""
    found = context.once(library)
    named = found.card.many("datasets") if found.card else ()
    if found.card is None or not named:
        return absent(context, "D08", Role.CARD)
    if not found.data_cards and not is_public(context):
        return not_supplied(context, "D08")
    matched = {name: _card_for(name, found.data_cards) for name in named}
    licensed = {name for name, card in matched.items() if card and card.one("license")}
    missing = tuple(name for name in named if name not in licensed)
    shown = [Proof(c.text.path, sha256=c.text.sha256) for c in matched.values() if c]
    place = found.card.proof("datasets", ", ".join(named))
    if not licensed:
        return documented("D08", Verdict.FAIL, "no_card", place, missing=missing)
    facts = (Fact("data_sets_with_card", len(licensed), Strength.DOCUMENTED, "D08", proof=place),)
    verdict, reason = (Verdict.PARTIAL, "some") if missing else (Verdict.PASS, "all")
    strength = Strength.VERIFIED
    return documented(
        "D08", verdict, reason, place, *shown, facts=facts, strength=strength, missing=missing
    )


def d09_data_sheet(context: Context) -> Result:
    """How many of the seven questions on a data set its card answers."""
    cards = context.once(library).data_cards
    if not cards:
        return absent(context, "D09")
    best, there = max(((card, _answered(card)) for card in cards), key=lambda pair: len(pair[1]))
    missing = tuple(term(name) for name in _PATTERNS if name not in there)
    verdict, reason = Verdict.FAIL, "thin"
    if len(there) >= 6:
        verdict, reason = Verdict.PASS, "full"
    elif len(there) >= 3:
        verdict, reason = Verdict.PARTIAL, "part"
    places = tuple(there.values())
    # What answers next to nothing is no data sheet, whatever it is called.
    sheet = (said("D09", "data_sheet", len(there), places[0] if places else None),)
    facts = () if verdict is Verdict.FAIL else sheet
    path = best.text.path
    return documented(
        "D09", verdict, reason, *places, facts=facts, found=len(there), missing=missing, path=path
    )


def _sources(context: Context) -> set[str]:
    return {
        found[0]
        for _, section in sections_of(context, "data")
        for found in _SOURCES.finditer(section.text)
    } | {
        found[0]
        for document in documents_of(context)
        for line in document.lines
        if "train" in line.text.lower()
        for found in _SOURCES.finditer(line.plain)
    }


def _sized(context: Context) -> Proof | None:
    """The first line on the data that gives a size of it."""
    ours = {
        (document.path, line)
        for document, section in sections_of(context, "data")
        for line in section.lines
    }
    for document in documents_of(context):
        for line in document.lines:
            about_data = (document.path, line) in ours or "train" in line.plain.lower()
            if about_data and _SIZE.search(_OTHER_SIZES.sub("", line.plain)):
                return document.proof(line)
    return None


def _tokens(context: Context) -> Fact | None:
    for document in documents_of(context):
        for line in document.lines:
            if found := TOKENS.search(line.plain):
                number = tokens_of(found)
                return said("D07", "training_tokens", number, document.proof(line), "tokens")
    return None


def _card_for(name: str, cards: tuple[Card, ...]) -> Card | None:
    wanted = _plain(name.rpartition("/")[2])
    for card in cards:
        folder = card.entry.path.rpartition("/")[0].rpartition("/")[2]
        if wanted in (_plain(folder), _plain(card.one("pretty_name"))):
            return card
    return None


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _answered(card: Card) -> dict[str, Proof]:
    document = of_card(card)
    found: dict[str, Proof] = {}
    for name, pattern in _PATTERNS.items():
        for section in document.sections_named(pattern):
            if section.words:
                found.setdefault(name, document.proof(section.lines[0]))
    return found
