"""The path walked as numbered lines: fact, rule, citation, conclusion."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

Told = dict[str, Any]
DEEPEST_INDENT = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One line of reasoning; ``see`` names the line where the same rule was reasoned before."""

    number: str
    depth: int
    text: str
    cites: list[Told]
    facts: list[Told]
    open: bool
    see: str = ""


class Numbering:
    """Numbers the steps of one document, so that a rule that several results share stands once."""

    def __init__(self) -> None:
        self._count = 0
        self._seen: dict[str, str] = {}

    def reasoned(self, result: Told) -> Told:
        """An outcome or a role with its number and its steps."""
        self._count += 1
        number = str(self._count)
        return {**result, "number": number, "steps": list(self._steps(result["because"], number))}

    def _steps(self, steps: list[Told], above: str) -> Iterator[Step]:
        for n, group in enumerate(_alike(steps), start=1):
            number = f"{above}.{n}"
            first = group[0]
            seen = self._seen.get(first["id"], "") if len(group) == 1 else ""
            if not seen:
                self._seen |= {step["id"]: number for step in group}
            yield _step(number, group, seen)
            if not seen:
                yield from self._steps(first["steps"], number)


def _step(number: str, group: list[Told], seen: str) -> Step:
    first = group[0]
    cites = {cite["id"]: cite for step in group for cite in step["cites"]}
    return Step(
        number=number,
        depth=min(number.count("."), DEEPEST_INDENT),
        text=_joined([step["text"] for step in group]),
        cites=list(cites.values()),
        facts=[] if seen else _own_facts(first),
        open=first["truth"] is None,
        see=seen,
    )


def _joined(texts: list[str]) -> str:
    """Several statements as one line; a common beginning ("Not the case: ") stands once."""
    shared = ""
    for piece in texts[0].split(": ")[:-1]:
        if not all(text.startswith(f"{shared}{piece}: ") for text in texts):
            break
        shared += f"{piece}: "
    return shared + " · ".join(text.removeprefix(shared) for text in texts)


def _alike(steps: list[Told]) -> Iterator[list[Told]]:
    """Steps next to each other that rest on the same answers and on nothing else, as one."""
    for _, group in groupby(enumerate(steps), key=_likeness):
        yield [step for _, step in group]


def _likeness(place: tuple[int, Told]) -> tuple[Any, ...]:
    number, step = place
    if step["steps"]:
        return (number,)
    return (-1, step["truth"], *sorted(fact["id"] for fact in step["answers"]))


def _own_facts(step: Told) -> list[Told]:
    """The answers the step itself looks at; those of the steps beneath it stand there.

    A step that is an answer says so in its own text.
    """
    told = {fact["id"] for part in step["steps"] for fact in part["answers"]} | {step["id"]}
    return [fact for fact in step["answers"] if fact["id"] not in told]


def leading(outcomes: Iterable[Told], headline: str) -> list[Told]:
    """The outcomes that make the headline."""
    return [o for o in outcomes if o["tier"] == headline and not o["open"]]
