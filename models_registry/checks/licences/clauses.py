"""What a licence text asks of its users, sentence by sentence; the words in one sentence decide.

A search for words proves that a sentence stands there, not what a court would read in it: so no
clause found here is ever more than a reason for a verdict that says "likely".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from models_registry.checks.licences.places import excluded_places, only_multimodal
from models_registry.checks.licences.sentences import Sentence, sentences_of
from models_registry.checks.licences.text import LicenceText
from models_registry.checks.licences.thresholds import Threshold, thresholds_in


class Effect(StrEnum):
    """What a clause does, gravest first."""

    GEOGRAPHIC_EXCLUSION = "geographic_exclusion"
    NON_COMMERCIAL = "non_commercial"
    SEPARATE_LICENCE = "separate_licence"
    SCALE_THRESHOLD = "scale_threshold"
    NO_IMPROVING_OTHER_MODELS = "no_improving_other_models"
    KILL_CLAUSE = "kill_clause"
    MUTABLE_POLICY = "mutable_policy"
    USE_RESTRICTIONS = "use_restrictions"
    GUARDRAIL = "guardrail"
    BRANDING_DISPLAY = "branding_display"
    ENDS_ON_BREACH = "ends_on_breach"


@dataclass(frozen=True, slots=True)
class Clause:
    """One effect with its sentence; ``label`` is what must be shown or where the policy lies."""

    effect: Effect
    sentence: str
    start: int
    end: int
    line: int
    thresholds: tuple[Threshold, ...] = ()
    label: str = ""
    places: tuple[str, ...] = ()
    multimodal_only: bool = False


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


_NOT = r"\b(?:not|cannot|never|nor|prohibited|prohibits?)\b"
_MUST_NOT = r"\b(?:(?:shall|may|must|will|can|do|agrees?|agree) not|cannot|prohibited)\b"
_LICENCE = r"licen[cs]es?\b"
_SEPARATE = _pattern(
    r"\b(?:request|obtain|apply for|acquire|purchase|negotiate|enter into|contact)\w*\b"
    rf"[^.]{{0,80}}?\b{_LICENCE}",
    rf"\bseparated?[^.]{{0,40}}\b(?:{_LICENCE}|authori[sz]ation|agreement)",
    r"\bprior written authori[sz]ation\b",
    rf"\b(?:enterprise|paid) {_LICENCE}",
)
# Apache's fifth section, and words about licences that the user gives or third parties have.
_NOT_SEPARATE = _pattern(
    r"separate licen[cs]e agreement you may have executed",
    r"(?:from|under|of) (?:the |such |their |any )?(?:applicable )?third[- ]part",
    r"separate legal notices",
    r"\bsublicen[cs]e\b[^.]{0,60}separate",
)
_NON_COMMERCIAL = _pattern(
    r"\bnon-?\s?commercial(?:ly)?\b",
    r"\bresearch purposes only\b",
    r"\b(?:solely|only|exclusively|limited to)\b[^.]{0,40}"
    r"\b(?:research|academic|personal|evaluation)\b[^.]{0,30}\b(?:use|purposes?)\b",
    r"\b(?:solely|only|exclusively) for research\b",
    r"\bnon-?production\b",
    rf"{_NOT}[^.]{{0,80}}\bcommercial (?:use|purposes?|exploitation)\b",
    rf"\bcommercial (?:use|purposes?|exploitation)\b[^.]{{0,60}}{_NOT}",
)
_BOTH_COMMERCIAL = _pattern(
    r"\bcommercial(?:ly)?,?(?: use)? (?:or|and|as well as) non-?\s?commercial",
    r"\bnon-?\s?commercial(?:ly)?(?: uses?| purposes?)?,?(?: and| or|,) (?:limited )?commercial",
    r"\bnon-commercial ai models\b",
    r"\boccasionally and noncommercially\b",
    r"\ballowed only for noncommercial distribution\b",
    r"\binclude commercial use\b",
)
_BRANDING = _pattern(
    r"\bprominently\s+(?:display|state|show|include)\w*",
    r"\bprominently in any public statement",
    r"\bmust display the following\b",
    r"\bat the beginning of (?:any such|the|each|its)[^.]{0,40}\bname\b",
    r"[\"'](?:built|powered|improved|made) (?:with|by|using) [^\"']{2,60}[\"']",
)
_LABEL = re.compile(r"\"([^\"]{2,80})\"|'([^']{2,80})'")
_IMPROVING = _pattern(
    rf"{_MUST_NOT}[^.]{{0,260}}?\b(?:improv\w+|train\w*|creat\w+|develop\w*|fine-?tun\w+|distil\w*)\b[^.]{{0,60}}"
    r"\b(?:any|another|other|competing|foundational)\b[^.]{0,40}\b(?:models?|llms?)\b",
    rf"{_MUST_NOT}[^.]{{0,160}}?\b(?:train|distil)\w*\b[^.]{{0,60}}\bmodel\b[^.]{{0,20}}\bcompet",
)
_POLICY = _pattern(
    r"\b(?:acceptable|prohibited|responsible)[ -]use policy\b",
    r"\buse policy\b",
    r"\baup\b",
    r"\btrustworthy ai\b",
)
_BINDING = _pattern(r"\b(?:adhere|comply|complies|incorporat|subject|violat|accordance)")
_CHANGING = _pattern(
    r"\b(?:updated?|amended|modified|changed|revised)\b[^.]{0,40}\bfrom time to time\b",
    r"\bfrom time to time\b[^.]{0,60}\b(?:updat|amend|modif|chang|revis)",
    r"\blatest version\b",
    r"\bmost recent (?:copy|version)\b",
    r"\breserves? the right to (?:update|modify|change|amend)\b",
)
_ADDRESS = re.compile(
    r"\b(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,10}(?:/[\w./%-]{0,120})?", re.IGNORECASE
)
_WEB = re.compile(r"\.(?:com|org|net|ai|dev|io|ae|eu|cn|google|co|gov)\b", re.IGNORECASE)
_KILL = _pattern(
    r"\bright to restrict \(?(?:remotely|[^.]{0,20}otherwise)",
    r"\brestrict \(remotely\b",
    r"\brevocable\b",
    r"\bterminate this [^.]{0,40}at any time\b[^.]{0,40}\b(?:sole|its|our) discretion",
)
_ENDING = _pattern(
    r"\b(?:terminat|revo[ck])\w*\b[^.]{0,300}\b(?:cease|stop|discontinue|delete)\b",
)
_GUARDRAIL = _pattern(
    r"\b(?:bypass|disabl|circumvent|remov|overrid|reduc)\w*\b[^.]{0,160}"
    r"\b(?:guardrails?|safety filters?)\b",
    r"\bguardrails?\b[^.]{0,300}\bterminat",
)
_RESTRICTIONS = _pattern(
    r"\buse[- ]based restrictions\b",
    r"\buse restrictions\b",
    r"\bagrees? not to use\b[^.]{0,80}\b(?:model|works?|materials|software)\b",
    r"\bmilitary\b",
)
_DECIMAL_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_CONDITION_ON_USERS = _pattern(
    r"\b(?:more than|greater than|exceed\w*|over|above|at least|less than|fewer than|below)\b"
)


def clauses_of(text: LicenceText) -> tuple[Clause, ...]:
    """Every clause found, in the order of the text."""
    return tuple(
        clause for sentence in sentences_of(text) for clause in _in_sentence(text, sentence)
    )


def _in_sentence(text: LicenceText, sentence: Sentence) -> Iterator[Clause]:
    thresholds = thresholds_in(sentence.text)
    # A version such as 2.0 does not end the sentence for the patterns below.
    said = _DECIMAL_POINT.sub(",", sentence.text)
    for effect, label in _effects(said, thresholds):
        geographic = effect is Effect.GEOGRAPHIC_EXCLUSION
        yield Clause(
            effect,
            sentence.text,
            sentence.start,
            sentence.end,
            text.line(sentence.start),
            thresholds,
            label,
            excluded_places(said) if geographic else (),
            geographic and only_multimodal(sentence.text),
        )


def _effects(said: str, thresholds: tuple[Threshold, ...]) -> Iterator[tuple[Effect, str]]:
    if excluded_places(said):
        yield Effect.GEOGRAPHIC_EXCLUSION, ""
    yield from _of_commerce(said, thresholds)
    if _IMPROVING.search(said):
        yield Effect.NO_IMPROVING_OTHER_MODELS, ""
    yield from _of_control(said)
    if _GUARDRAIL.search(said):
        yield Effect.GUARDRAIL, ""
    if _RESTRICTIONS.search(said):
        yield Effect.USE_RESTRICTIONS, ""


def _of_commerce(said: str, thresholds: tuple[Threshold, ...]) -> Iterator[tuple[Effect, str]]:
    if _NON_COMMERCIAL.search(said) and not _BOTH_COMMERCIAL.search(said):
        yield Effect.NON_COMMERCIAL, ""
    separate = _needs_licence(said, bool(thresholds))
    if separate:
        yield Effect.SEPARATE_LICENCE, ""
    branding = None if "encouraged" in said else _BRANDING.search(said)
    if branding:
        yield Effect.BRANDING_DISPLAY, _label(said, branding)
    if thresholds and not separate and not branding and _CONDITION_ON_USERS.search(said):
        yield Effect.SCALE_THRESHOLD, ""


def _needs_licence(said: str, with_threshold: bool) -> bool:
    if not _SEPARATE.search(said) or _NOT_SEPARATE.search(said):
        return False
    return with_threshold or bool(
        re.search(
            r"\b(?:must|shall|require[sd]?|need|prohibited|without|not)\b", said, re.IGNORECASE
        )
        and re.search(r"\b(?:commercial|hosted|hosting|business|enterprise)\b", said, re.IGNORECASE)
    )


def _of_control(said: str) -> Iterator[tuple[Effect, str]]:
    if _POLICY.search(said):
        link = _link(said)
        if _CHANGING.search(said) or link:
            yield Effect.MUTABLE_POLICY, link
        elif _BINDING.search(said):
            yield Effect.USE_RESTRICTIONS, ""
    if _KILL.search(said):
        yield Effect.KILL_CLAUSE, ""
    elif _ENDING.search(said):
        yield Effect.ENDS_ON_BREACH, ""


def _label(said: str, found: re.Match[str]) -> str:
    quoted = _LABEL.search(said, found.start(), found.end() + 90)
    return (quoted[1] or quoted[2]).strip() if quoted else ""


def _link(said: str) -> str:
    return next((found[0] for found in _ADDRESS.finditer(said) if _WEB.search(found[0])), "")
