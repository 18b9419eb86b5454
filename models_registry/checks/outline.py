"""An account of an examination as lines for the terminal."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from textwrap import fill
from typing import Any

from law.wording import day_in_words
from models_registry.checks.catalogue import Catalogue
from models_registry.checks.lines import (
    completeness_line,
    compute_lines,
    crossing_lines,
    known_line,
    licence_line,
    mean_line,
    next_class_line,
    place_of,
    say,
    size_in_words,
    strengths_line,
)
from models_registry.checks.words import Told, Words

_WIDTH = 100
_PROOFS = 3
_SIGNS = {
    "pass": "✓",
    "partial": "◐",
    "fail": "✕",
    "not_applicable": "–",
    "not_checkable": "?",
    "error": "!",
}


def outline(account: Told, catalogue: Catalogue) -> str:
    """Licence, exemption, compute, facts and checks, one thought to a line."""
    words = Words(catalogue, account["language"])
    return "\n".join(_printable(line) for line in _lines(account, words)) + "\n"


def _printable(line: str) -> str:
    # What a stranger's file says must not steer the terminal.
    return "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in line)


def _lines(account: Told, words: Words) -> Iterator[str]:
    material = account["material"]
    yield say(
        words,
        "file" if material["files"] == 1 else "files",
        files=material["files"],
        size=size_in_words(material["bytes"], words.language),
        day=day_in_words(date.fromisoformat(account["as_of"]), words.language),
    )
    yield _tally(account["verdicts"], words)
    yield from _licence(account["licence"], words)
    yield from _exemption(account["exemption"], words)
    yield from _compute(account, words)
    yield from _facts(account["facts"], words)
    yield from _checks(account["groups"], words)
    yield from _coverage(account["coverage"], words)
    yield from _openness(account["openness"], words)
    yield from _sovereignty(account["sovereignty"], words)
    yield from _never(account, words)


def _tally(verdicts: dict[str, int], words: Words) -> str:
    counted = [(_SIGNS[k], words.of(f"verdict_{k}"), n) for k, n in verdicts.items() if n]
    return " · ".join(f"{sign} {word} {number}" for sign, word, number in counted)


def _licence(licence: Told, words: Words) -> Iterator[str]:
    yield from ("", words.of("licence_heading"))
    yield _indented(licence_line(licence, words), "  ")
    yield _say(words, "licence_verdict", verdict=licence["verdict"]["word"])
    if licence["plan_on"]["value"] != licence["verdict"]["value"]:
        yield _say(words, "licence_plan", verdict=licence["plan_on"]["word"])
    for reason in licence["reasons"]:
        yield _indented(reason, "  - ")
    for arguments in licence["arguments"]:
        yield from _arguments(arguments, words)


def _arguments(row: Told, words: Words) -> Iterator[str]:
    yield _indented(row["title"], "  ")
    for side in ("for", "against"):
        for one in row[side]:
            paragraphs = "".join(f" [§{number}]" for number in one["guidelines"])
            yield _indented(f"{words.of(f'argument_{side}')}: {one['text']}{paragraphs}", "    - ")
    yield _indented(f"{words.of('argument_assessment')}: {row['assessment']}", "    - ")
    for one in row["settles"]:
        yield _indented(f"{words.of('argument_settles')}: {one}", "    - ")


def _exemption(exemption: Told, words: Words) -> Iterator[str]:
    yield from ("", words.of("exemption_heading"))
    yield _say(words, "exemption_verdict", verdict=exemption["verdict"]["word"])
    best, worst = exemption["at_best"], exemption["at_worst"]
    if best["value"] != worst["value"]:
        yield _say(words, "exemption_span", best=best["word"], worst=worst["word"])
    yield _say(words, "exemption_representative", verdict=exemption["representative"]["word"])
    for step in exemption["steps"]:
        cites = ", ".join([*step["act_words"], *(f"§{number}" for number in step["guidelines"])])
        line = f"{step['title']} – {step['verdict']['word']}. {step['reason']} [{cites}]"
        yield _indented(line, "  - ")
        for one in step["questions"]:
            yield _indented(f"{words.of('open_question')}: {one['question']}", "      ")
    yield _indented(f"{words.of('notes_heading')}:", "  ")
    for note in exemption["notes"]:
        yield _indented(note, "    - ")


def _compute(account: Told, words: Words) -> Iterator[str]:
    yield from ("", words.of("compute_heading"))
    for figure, margins in compute_lines(account, words):
        yield _indented(figure, "  ")
        for margin in margins:
            yield _indented(margin, "    - ")
    if not account["compute"]:
        yield _indented(words.of("compute_unknown"), "  ")
        for crossing in crossing_lines(account, words):
            yield _indented(crossing, "    - ")


def _facts(facts: list[Told], words: Words) -> Iterator[str]:
    yield from ("", words.of("facts_heading"))
    if not facts:
        yield _indented(words.of("facts_none"), "  ")
    for fact in facts:
        known = f"{fact['title']}: {fact['value_words']} ({fact['strength_word']}, {fact['check']})"
        yield _indented(known, "  - ")


def _checks(groups: list[Told], words: Words) -> Iterator[str]:
    yield from ("", words.of("checks_heading"))
    for group in groups:
        yield _indented(f"{group['title']}: {_tally(group['verdicts'], words)}", "  ")
        for _, same in groupby(group["checks"], key=_sameness):
            yield from _alike(list(same), words)


def _sameness(check: Told) -> tuple[str, ...]:
    """Checks that nothing could be said about are told on one line."""
    alone = check["verdict"] != "not_checkable" or check["proofs"]
    return (check["id"],) if alone else (check["verdict"], check["reason"])


def _alike(checks: list[Told], words: Words) -> Iterator[str]:
    if len(checks) == 1:
        yield from _check(checks[0], words)
        return
    names = ", ".join(check["id"] for check in checks)
    first = checks[0]
    head = f"{_SIGNS[first['verdict']]} {names}: {first['verdict_word']}. {first['reason']}"
    yield _indented(head, "    ", "        ")


def _check(check: Told, words: Words) -> Iterator[str]:
    strength = f" ({check['strength_word']})" if check["strength"] != "none" else ""
    head = f"{_SIGNS[check['verdict']]} {check['id']} {check['title']}: {check['verdict_word']}"
    yield _indented(f"{head}{strength}. {check['reason']}", "    ", "        ")
    for proof in check["proofs"][:_PROOFS]:
        yield _indented(_proof(proof, words), "        ", "          ")


def _proof(proof: Told, words: Words) -> str:
    where, quote = place_of(proof, words), " ".join(proof["quote"].split())
    return f"{where}: {quote}" if quote else where


def _coverage(frames: list[Told], words: Words) -> Iterator[str]:
    yield from ("", words.of("coverage_heading"))
    for frame in frames:
        yield _indented(f"{frame['title']}: {completeness_line(frame, words)}", "  - ")
        yield _indented(strengths_line(frame["assurance"], words), "    ")


def _openness(openness: Told, words: Words) -> Iterator[str]:
    yield from ("", words.of("openness_heading"))
    yield _say(words, "openness_reached", reached=openness["class_word"])
    if line := next_class_line(openness, words):
        yield _indented(line, "  ")


def _sovereignty(told: Told, words: Words) -> Iterator[str]:
    yield from ("", words.of("sovereignty_heading"))
    for one in told["dimensions"]:
        mean = mean_line(one, told["highest"], words)
        yield _indented(f"{one['title']}: {mean}; {known_line(one, words)}", "  - ")
    for gate in told["gates"]:
        if gate["state"] != "clear":
            yield _indented(f"{gate['id']} {gate['title']}: {gate['state_word']}", "  - ")


def _never(account: Told, words: Words) -> Iterator[str]:
    yield from ("", words.of("never_heading"))
    for row in (*account["never_verifiable"], *account["never_notes"]):
        yield _indented(row, "  - ")


def _say(words: Words, name: str, **values: Any) -> str:
    return _indented(say(words, name, **values), "  ")


def _indented(text: str, indent: str, further: str | None = None) -> str:
    return fill(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=" " * len(indent) if further is None else further,
        break_on_hyphens=False,
    )
