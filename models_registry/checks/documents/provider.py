"""D14, D16 and D18 to D20: who answers for the model, its versions, rules, languages and age."""

import re

from models_registry.checks.context import Context
from models_registry.checks.documented import documented, said
from models_registry.checks.documents.parts import documents_of, first_line
from models_registry.checks.readers.days import DAY
from models_registry.checks.readers.documents import Document
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict, term
from models_registry.checks.roles import Role
from models_registry.checks.supplied import absent, library

_CUT_OFF = re.compile(
    rf"\b(?:knowledge|data|training)[- ]?(?:cut-?off|stand)\b[^.\n]{{0,80}}?({DAY.pattern})"
    rf"|\b(?:up to|until|through|as of|bis)\b[^.\n]{{0,30}}?({DAY.pattern})[^.\n]{{0,60}}\bdata\b",
    re.IGNORECASE,
)
_PROVIDER = re.compile(
    r"\b(?:developed by|model developers?|provider|legal name|created by|publisher|anbieter"
    r"|entwickelt von)\b\s*(?:[:|(]|is\b)?\s*[:|]?\s*(\S[^|]{2,120})",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b")
_REPRESENTATIVE = re.compile(
    r"\b(?:authori[sz]ed|eu|european) representative\b|\bbevollm[äa]chtigter?\b", re.IGNORECASE
)
_VERSION = re.compile(
    r"^(?:[#*\s-]*\[?v?\d+\.\d+(?:\.\d+)?\]?\b|.{0,20}\bversion\b)", re.IGNORECASE
)
_HISTORY = re.compile(r"change ?log|version history|release notes|\bnews\b|updates|versionen", re.I)
_POLICY_LINK = re.compile(
    r"\b(?:acceptable use|usage|use|safety|prohibited use) polic(?:y|ies)\b|\bAUP\b"
    r"|nutzungsrichtlinie",
    re.IGNORECASE,
)
UNION_LANGUAGES = frozenset(
    (
        "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt",
        "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
    )
)  # fmt: skip
_DESCRIBING = (Role.CARD, Role.SYSTEM_CARD, Role.REPORT)


def d14_versions(context: Context) -> Result:
    """Whether versions are told apart, with their days."""
    found = context.once(library)
    logs = found.of(Role.CHANGELOG)
    dated = [*_dated_lines(logs), *_dated_in_card(context)]
    if len({proof.quote for proof in dated}) >= 2:
        return documented("D14", Verdict.PASS, "dated", *dated[:10], count=len(dated))
    card = found.card
    named = card.proof("new_version") if card and card.many("new_version") else None
    place = next(iter(dated), None) or named or (logs[0].whole if logs else None)
    if place is None:
        return absent(context, "D14", Role.CHANGELOG, *_DESCRIBING)
    return documented("D14", Verdict.PARTIAL, "not_dated", place)


def d16_provider(context: Context) -> Result:
    """Who the provider is, how to reach it, and who represents it in the Union."""
    documents = context.once(library).of(*_DESCRIBING, Role.SUMMARY, Role.MANDATE)
    wanted = {
        "legal_name": first_line(documents, _PROVIDER),
        "contact": first_line(documents, _MAIL),
        "representative": first_line(documents, _REPRESENTATIVE),
    }
    if context.claims.get("provider_outside_union") is False:
        del wanted["representative"]
    facts = tuple(
        said("D16", f"provider_{name}", True, place) for name, place in wanted.items() if place
    )
    if not facts:
        return absent(context, "D16", *_DESCRIBING)
    missing = tuple(term(name) for name, place in wanted.items() if not place)
    verdict, reason = (Verdict.PARTIAL, "some") if missing else (Verdict.PASS, "all")
    return documented("D16", verdict, reason, *wanted.values(), facts=facts, missing=missing)


def d18_policy(context: Context) -> Result:
    """A policy on safety or acceptable use, with the day from which it holds."""
    policies = context.once(library).of(Role.USE_POLICY)
    if not policies:
        link = first_line(documents_of(context), _POLICY_LINK)
        if link is None:
            return absent(context, "D18", Role.USE_POLICY, *_DESCRIBING)
        return documented("D18", Verdict.PARTIAL, "only_named", link, strength=Strength.ASSERTED)
    facts = (said("D18", "use_policy", True, policies[0].whole),)
    for policy in policies:
        if found := policy.find(DAY):
            day, place = found
            path = policy.path
            return documented(
                "D18", Verdict.PASS, "dated", place, facts=facts, path=path, day=day[0]
            )
    policy = policies[0]
    place = policy.whole
    return documented("D18", Verdict.PARTIAL, "undated", place, facts=facts, path=policy.path)


def d19_cut_off(context: Context) -> Result:
    """Up to which day the model can know anything."""
    for document in documents_of(context):
        if found := document.find(_CUT_OFF):
            match, place = found
            day = match[1] or match[2]
            fact = Fact("knowledge_cutoff", day, Strength.ASSERTED, "D19", proof=place)
            strength = Strength.ASSERTED
            return Result("D19", Verdict.PASS, "found", strength, {"day": day}, (place,), (fact,))
    return absent(context, "D19", *_DESCRIBING)


def d20_languages(context: Context) -> Result:
    """How many official languages of the Union are named."""
    card = context.once(library).card
    named = {code.lower().split("-")[0] for code in card.many("language")} if card else set()
    if card is None or not named:
        return absent(context, "D20", *_DESCRIBING)
    covered = len(named & UNION_LANGUAGES)
    place = card.proof("language", "language: " + ", ".join(card.many("language")))
    fact = Fact("union_languages", covered, Strength.ASSERTED, "D20", proof=place)
    verdict, reason = Verdict.FAIL, "few"
    if covered == len(UNION_LANGUAGES):
        verdict, reason = Verdict.PASS, "every"
    elif covered >= 5:
        verdict, reason = Verdict.PARTIAL, "several"
    values: dict[str, Value] = {
        "count": covered,
        "all": len(UNION_LANGUAGES),
        "missing": tuple(sorted(UNION_LANGUAGES - named)),
    }
    return Result("D20", verdict, reason, Strength.ASSERTED, values, (place,), (fact,))


def _dated_lines(documents: tuple[Document, ...]) -> list[Proof]:
    return [
        document.proof(line)
        for document in documents
        for line in document.lines
        if DAY.search(line.plain) and not line.code
    ][:50]


def _dated_in_card(context: Context) -> list[Proof]:
    return [
        document.proof(line)
        for document in documents_of(context)
        for section in document.sections_named(_HISTORY)
        for line in section.lines
        if DAY.search(line.plain)
    ][:50]
