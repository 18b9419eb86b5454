"""Large numbers as documents write them: 15.5T tokens, 32 billion parameters, 3.8e25 FLOP."""

import re

COUNT = r"\d{1,3}(?:[.,]\d{1,3})*\s*(?:trillion|billion|million|thousand|[TBMK])?"
_SCALES = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mio": 1e6, "billion": 1e9, "b": 1e9,
    "mrd": 1e9, "trillion": 1e12, "t": 1e12,
}  # fmt: skip
_NUMBER = r"(\d{1,4}(?:[.,]\d{1,3})*)"
_SCALE = r"(trillion|billion|million|Mrd|Mio|[TBMK])"
# Thousands and millions of tokens are lengths of a context, not of a training.
_MANY = r"(trillion|billion|Mrd|[TB])"
TOKENS = re.compile(
    rf"{_NUMBER}\s*\+?\s*{_MANY}\b\.?\+?\s*(?:[\w-]+\s+){{0,2}}?tokens?\b"
    rf"|\btraining tokens\b\s*[:|]+\s*{_NUMBER}\s*{_MANY}\b",
    re.IGNORECASE,
)
FLOP = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:[x×·*]?\s*10\s*(?:\^|\*\*)\s*\{?|[x×·*]\s*10|e\+?)(\d{2})\}?\s*(?:FLOPs?|floating)",
    re.IGNORECASE,
)
GPU_HOURS = re.compile(
    rf"{_NUMBER}\s*{_SCALE}?\s*(?:[\w-]+\s+){{0,2}}?"
    r"(?:GPU|TPU|accelerator|H\d00|A100)[- ]?hours?",
    re.IGNORECASE,
)


def tokens_of(found: re.Match[str]) -> float:
    """The number of tokens that a match of ``TOKENS`` names."""
    return scaled(found[1] or found[3], found[2] or found[4])


def flop_of(found: re.Match[str]) -> float:
    """The floating-point operations that a match of ``FLOP`` names."""
    return float(found[1].replace(",", ".")) * 10.0 ** int(found[2])


def scaled(number: str, scale: str | None) -> float:
    """A written number with the word or letter after it."""
    word = (scale or "").lower()
    # Whoever writes Mrd. writes 2.000 for two thousand.
    written = number.replace(".", "").replace(",", ".") if word in ("mrd", "mio") else number
    return plain_number(written) * _SCALES.get(word, 1.0)


def plain_number(text: str) -> float:
    """1,024 and 1.024.000 are thousands; 1.5 and 1,5 are not."""
    groups = re.split(r"[.,]", text)
    if len(groups) > 2 or (len(groups) == 2 and len(groups[1]) == 3 and "," in text):
        return float("".join(groups))
    return float(text.replace(",", "."))
