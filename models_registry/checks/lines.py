"""Sentences about an account that the terminal and the printed dossier share."""

from typing import Any

from models_registry.checks.telling import filled, told
from models_registry.checks.words import Told, Words

_UNITS = (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3))
_SMALLEST = 0.1


def size_in_words(size: int, language: str) -> str:
    """A number of bytes as people say it."""
    unit, power = next(((u, p) for u, p in _UNITS if size >= p), ("B", 1))
    return f"{told(round(size / power, 1), language)} {unit}"


def say(words: Words, name: str, **values: Any) -> str:
    """A sentence of the catalogue with its values."""
    return filled(words.of(name), values, words.language)


def licence_line(licence: Told, words: Words) -> str:
    """Which licence it is, or what it is near to."""
    if licence["names"]:
        return say(words, "licence_is", names=", ".join(licence["names"]))
    if licence["nearest"]:
        return say(words, "licence_near", names=licence["nearest"])
    return words.of("licence_none")


def compute_lines(account: Told, words: Words) -> list[tuple[str, list[str]]]:
    """Each figure of compute with its margins to the thresholds."""
    return [(_figure(one, words), _margins(one, words)) for one in account["compute"]]


def crossing_lines(account: Told, words: Words) -> list[str]:
    """At how many tokens each threshold would be passed, where no figure is known."""
    if account["compute"]:
        return []
    return [
        say(
            words,
            "compute_crossing",
            flop=row["flop"],
            tokens=_rounded(row["training_tokens"]),
            cite=row["cite"],
        )
        for row in account["crossings"]
    ]


def completeness_line(frame: Told, words: Words, name: str = "coverage_complete") -> str:
    """How much of a frame is there at all."""
    share = round(100 * frame["completeness"])
    return say(words, name, there=frame["there"], asked=frame["asked"], share=share)


def strengths_line(counts: dict[str, int], words: Words) -> str:
    """How strongly it is shown, the strongest first, as a sentence."""
    return say(words, "coverage_assurance", counts=strengths(counts, words))


def strengths(counts: dict[str, int], words: Words) -> str:
    """How many are shown how strongly, the strongest first."""
    told_counts = [f"{words.of(f'strength_{k}')} {n}" for k, n in reversed(counts.items()) if n]
    return " · ".join(told_counts)


def next_class_line(openness: Told, words: Words) -> str:
    """What the next class of openness lacks; nothing where the highest is reached."""
    following = openness["next"]
    if not following:
        return ""
    titles = {one["id"]: one["title"] for one in openness["components"]}
    missing = ", ".join(titles[name] for name in following["missing"])
    return say(words, "openness_next", next=following["class_word"], missing=missing)


def mean_line(dimension: Told, highest: int, words: Words) -> str:
    """The mean of what is known of a dimension, between its bounds."""
    low, high = dimension["low"], dimension["high"]
    if low is None or high is None:
        return words.of("sovereignty_unknown")
    low, high = round(low, 1), round(high, 1)
    name = "sovereignty_value" if low == high else "sovereignty_span"
    return say(words, name, low=low, high=high, highest=highest)


def known_line(dimension: Told, words: Words) -> str:
    """How many of its criteria are known."""
    return say(words, "sovereignty_known", known=dimension["known"], asked=dimension["asked"])


def place_of(proof: Told, words: Words) -> str:
    """The file and where in it something stands."""
    where = [f"{words.of(name)} {proof[name]}" for name in ("page", "line") if name in proof]
    return ", ".join([proof["path"], *where])


def _figure(one: Told, words: Words) -> str:
    return say(
        words,
        f"compute_{one['basis']}",
        flop=one["flop"],
        active=one["active_parameters"],
        tokens=one["training_tokens"],
    )


def _margins(one: Told, words: Words) -> list[str]:
    lines = []
    for margin in one["margins"]:
        share = _share(100 * margin["ratio"], words)
        line = say(words, "compute_margin", share=share, flop=margin["flop"], cite=margin["cite"])
        lines.append(f"{line}. {words.of('compute_near')}" if margin["near"] else line)
    return lines


def _share(percent: float, words: Words) -> float | str:
    if percent >= _SMALLEST:
        return _rounded(percent)
    return say(words, "less_than", value=_SMALLEST)


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")
