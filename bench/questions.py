"""How many questions an officer answers until nothing can change the result any more."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bench.cases import read_cases, read_document
from law import explain, load
from law.compiled import Catalogue, Facts
from law.conditions import Value
from law.facts import read_facts

EXAMPLES = Path(__file__).parent.parent / "examples"
ON = date(2026, 11, 23)


def questions_asked(catalogue: Catalogue, facts: Facts, *, on: date) -> list[str]:
    """The questions in the order asked: the most useful one first, none that no longer matters.

    A question without a fact is answered "I don't know".
    """
    asked: dict[str, None] = {}
    known: dict[str, Value] = {}
    while (question := _next(catalogue, known, asked, on)) is not None:
        asked[question] = None
        if question in facts:
            known[question] = facts[question]
    return list(asked)


def _next(catalogue: Catalogue, known: Facts, asked: Mapping[str, None], on: date) -> str | None:
    waiting = explain(catalogue, known, on=on).open_questions
    return next((q.id for q in waiting if q.shown and q.id not in asked), None)


def per_section(catalogue: Catalogue, asked: list[str]) -> dict[str, int]:
    """How many of the questions stand in each section."""
    return dict(Counter(catalogue.question(name).section for name in asked))


def main() -> None:
    """Print the counts over the examples and over the public cases."""
    catalogue = load()
    for path in sorted(EXAMPLES.glob("*.yaml")):
        facts = read_facts(catalogue, read_document(path)["answers"])
        asked = questions_asked(catalogue, facts, on=ON)
        sections = per_section(catalogue, asked)
        print(
            f"{path.stem:24} {len(asked):3}  " + ", ".join(f"{k} {v}" for k, v in sections.items())
        )
    counts = sorted(
        len(questions_asked(catalogue, case.facts(catalogue), on=case.as_of))
        for case in read_cases()
    )
    middle, late = counts[len(counts) // 2], counts[int(len(counts) * 0.9)]
    print(
        f"{len(counts)} public cases: median {middle}, nine in ten at most {late}, "
        f"most {counts[-1]} of {len(catalogue.entries.questions)}"
    )


if __name__ == "__main__":
    main()
