"""Where a licence does not reach."""

import re

# The European Union Public Licence is named in many texts that exclude nobody.
_UNION = r"(?:European (?:Union(?! Public Licen)|Economic Area)|\bEU\b|\bEEA\b|\bE\.U\.)"
_PLACES = {
    "European Union": _UNION,
    "United Kingdom": r"(?:United Kingdom|\bUK\b)",
    "South Korea": r"(?:South Korea|Republic of Korea)",
    "United States": r"(?:United States|\bUSA\b)",
    "China": r"(?:mainland China|People's Republic of China)",
}
_NOWHERE = (
    r"(?:European (?:Union(?! Public Licen)|Economic)|\bEU\b|\bEEA\b"
    r"|United Kingdom|Korea|United States|China)"
)
# The words of exclusion stand before the place, not too far from it.
_EXCLUDING = re.compile(
    rf"\b(?i:(?:does|do|shall|will) not apply (?:in|to|within))\b[^.]{{0,80}}{_NOWHERE}"
    rf"|\b(?i:excluding|excludes?|other than|except(?:ing)?(?: for| in)?)\b[^.]{{0,90}}{_NOWHERE}"
    rf"|\b(?i:only|solely|limited to)\b[^.]{{0,60}}\boutside(?: of)?\b[^.]{{0,30}}{_NOWHERE}"
    rf"|\b(?i:not|no|cannot)\b[^.]{{0,200}}"
    rf"\b(?i:domiciled in|principal place of business in|located in"
    rf"|resid\w+ in|established in|within|persons in|users in)\b[^.]{{0,80}}{_NOWHERE}"
)
# Consumer law and courts are named in many licences that exclude nobody.
_LAW = re.compile(
    r"\b(?:laws? of|governed by|jurisdiction|courts?|consumer|member states?|regulation \(eu\)"
    r"|directive|export|registered office)\b",
    re.IGNORECASE,
)
_MULTIMODAL = re.compile(r"\bmulti-?modal\b", re.IGNORECASE)


def excluded_places(sentence: str) -> tuple[str, ...]:
    """The places that the sentence excludes; the sentence's single spaces are taken for granted."""
    plain = _capitals_lowered(sentence)
    found = _EXCLUDING.search(plain)
    if not found or _LAW.search(plain):
        return ()
    tail = plain[found.start() :]
    return tuple(name for name, pattern in _PLACES.items() if re.search(pattern, tail))


def only_multimodal(sentence: str) -> bool:
    """Whether the exclusion is said of multimodal models alone."""
    return bool(_MULTIMODAL.search(sentence))


def _capitals_lowered(sentence: str) -> str:
    # Many licences shout this clause; names keep a capital so that "eu" in a word is none.
    if not sentence.isupper():
        return sentence
    return re.sub(r"\b(Eu|Eea|Uk|Usa)\b", lambda found: found[0].upper(), sentence.title())
