"""How many questions an officer answers until nothing can change the result any more."""

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.cases import read_cases, read_document
from law import load
from law.compiled import Catalogue, Facts
from law.facts import read_facts
from law.interview import Interview

EXAMPLES = Path(__file__).parent.parent / "examples"
ON = date(2026, 11, 23)


def questions_asked(catalogue: Catalogue, facts: Facts, *, on: date) -> list[str]:
    """The questions in the order in which the pages ask them, until none is left that matters.

    A question without a fact is answered "I don't know".
    """
    asked: list[str] = []
    interview = Interview(catalogue.evaluate({}, on), frozenset())
    while question := interview.next_after(asked[-1] if asked else None):
        asked.append(question)
        interview = interview.after(question, facts.get(question))
    return asked


def per_section(catalogue: Catalogue, asked: list[str]) -> dict[str, int]:
    """How many of the questions stand in each section."""
    return dict(Counter(catalogue.question(name).section for name in asked))


@dataclass(frozen=True)
class Kind:
    """An ordinary kind of use, the most questions that it may take, and who has it."""

    name: str
    most: int
    examples: tuple[str, ...]
    cases: tuple[str, ...]


KINDS = (
    Kind(
        "spam filter and the like",
        15,
        ("spam_filter",),
        ("ext-minimal-02", "ext-minimal-03", "ext-weak-07"),
    ),
    Kind(
        "chatbot",
        25,
        ("customer_chatbot",),
        ("ext-50-1-01", "ext-50-1-near-02", "ext-iii-3-near-02"),
    ),
    Kind(
        "recruitment tool",
        40,
        ("recruitment",),
        (
            "ext-iii-4a-01",
            "ext-iii-4a-06",
            "ext-iii-4a-07",
            "ext-iii-4-near-02",
            "ext-5-1-f-03",
            "ext-role-02",
            "ext-role-03",
            "ext-scope-03",
            "ext-scope-near-02",
            "ext-scope-near-04",
        ),
    ),
)


def counts_of_examples(catalogue: Catalogue) -> dict[str, list[str]]:
    """The questions that each example is asked."""
    return {
        path.stem: questions_asked(
            catalogue, read_facts(catalogue, read_document(path)["answers"]), on=ON
        )
        for path in sorted(EXAMPLES.glob("*.yaml"))
    }


def counts_of_cases(catalogue: Catalogue) -> dict[str, list[str]]:
    """The questions that each public case is asked."""
    return {
        case.id: questions_asked(catalogue, case.facts(catalogue), on=case.as_of)
        for case in read_cases()
    }


def main() -> None:
    """Print the counts over the examples and the public cases, and fail beyond a limit."""
    catalogue = load()
    examples, cases = counts_of_examples(catalogue), counts_of_cases(catalogue)
    for name, asked in examples.items():
        parts = ", ".join(f"{k} {v}" for k, v in per_section(catalogue, asked).items())
        print(f"{name:24} {len(asked):3}  {parts}")
    counts = sorted(map(len, cases.values()))
    middle, late = counts[len(counts) // 2], counts[int(len(counts) * 0.9)]
    print(
        f"{len(counts)} public cases: median {middle}, nine in ten at most {late}, "
        f"most {counts[-1]} of {len(catalogue.entries.questions)}"
    )
    beyond = []
    for kind in KINDS:
        found = [len(examples[name]) for name in kind.examples]
        found += [len(cases[name]) for name in kind.cases]
        print(f"{kind.name}: {min(found)} to {max(found)} over {len(found)}, allowed {kind.most}")
        beyond += [kind.name] if max(found) > kind.most else []
    if beyond:
        sys.exit(f"More questions than allowed: {', '.join(beyond)}.")


if __name__ == "__main__":
    main()
