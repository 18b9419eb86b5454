"""D05 and D06: the results that are claimed, and whether somebody else could get them again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models_registry.checks.context import Context
from models_registry.checks.documented import documented, said
from models_registry.checks.documents.parts import documents_of, first_line
from models_registry.checks.readers.cards import Card
from models_registry.checks.readers.loose_yaml import Node, read_loosely, text_at
from models_registry.checks.results import Proof, Result, Strength, Verdict, term
from models_registry.checks.roles import Role
from models_registry.checks.supplied import absent, is_public, library, not_supplied

_MOST_RESULTS = 2_000
_MOST_FILE = 512 << 10
_MOST_FILES = 200
_ROW = re.compile(r"^\|?\s*([^|]{2,80})\|(?:[^|]{0,80}\|){0,20}?\s*\**(\d{1,3}(?:[.,]\d+)?)\s*%?")
_BENCHMARK = re.compile(
    r"\b(?:mmlu|gsm-?8k|hellaswag|arc|humaneval|mbpp|gpqa|aime|math|swe-?bench|bbh|truthfulqa"
    r"|winogrande|ifeval|livecodebench|hle|browsecomp|accuracy|score|bleu|wer|f1|benchmark)\b",
    re.IGNORECASE,
)
_CONFIGS = ("*eval*.yaml", "*eval*.yml", "*eval*.json", "*/lm_eval/*.yaml", "*inspect*.yaml")
_HARNESS = re.compile(
    r"\b(?:lm[-_ ]?eval(?:uation[-_ ]harness)?|lighteval|inspect[-_ ]?ai|opencompass|helm|evalplus"
    r"|simple-evals|evaluation harness)\b",
    re.IGNORECASE,
)
_SEED = re.compile(
    r"\b(?:random[-_ ])?seed\b\W{0,4}\d|\btemperature\b\W{0,4}0(?:\.0)?\b|\bgreedy\b", re.I
)
_PROMPT = re.compile(
    r"\b\d+[- ]shots?\b|\bnum_fewshot\b|\bdoc_to_text\b|\bprompt (?:template|format)"
    r"|\bsystem prompt\b|\bfew-?shot\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claimed result; ``proof`` is where it stands."""

    task: str
    metric: str
    value: float
    sourced: bool
    dated: bool
    proof: Proof


def claimed(context: Context) -> tuple[Claimed, ...]:
    """The results that a card or its files give in a fixed form; ask with ``context.once``."""
    card = context.once(library).card
    found = list(_of_index(card)) if card else []
    return tuple([*found, *_of_files(context)][:_MOST_RESULTS])


def d05_results(context: Context) -> Result:
    """Results with data set, metric and source, or only figures in a table."""
    results = context.once(claimed)
    facts = tuple(
        said("D05", "claimed_result", (one.task, one.metric, one.value), one.proof)
        for one in results[:50]
    )
    if results:
        places = tuple(one.proof for one in results[:10])
        whole = any(one.sourced or one.dated for one in results)
        verdict, reason = (
            (Verdict.PASS, "with_source") if whole else (Verdict.PARTIAL, "without_source")
        )
        facts = (*facts, said("D05", "evaluation_results", len(results), places[0]))
        return documented("D05", verdict, reason, *places, facts=facts, count=len(results))
    rows = list(_tables(context))
    if not rows:
        return absent(context, "D05", Role.CARD, Role.SYSTEM_CARD, Role.REPORT)
    facts = (said("D05", "evaluation_results", len(rows), rows[0]),)
    return documented("D05", Verdict.PARTIAL, "table", *rows[:10], facts=facts, count=len(rows))


def d06_reproducible(context: Context) -> Result:
    """Harness, seed and prompt: with them somebody who has the weights can repeat a result."""
    if not is_public(context):
        return not_supplied(context, "D06", Role.SYSTEM_CARD, Role.REPORT)
    files = list(_configs(context))
    documents = documents_of(context)
    found = {
        name: _in_files(files, words) or first_line(documents, words)
        for name, words in (("harness", _HARNESS), ("seed", _SEED), ("prompt", _PROMPT))
    }
    there = tuple(name for name, place in found.items() if place)
    missing = tuple(term(name) for name in found if name not in there)
    if not there:
        return absent(context, "D06")
    strength = Strength.VERIFIED if files and not missing else Strength.DOCUMENTED
    verdict, reason = (Verdict.PARTIAL, "some") if missing else (Verdict.PASS, "all")
    facts = (said("D06", "evaluation_code", True, found[there[0]]),) if files else ()
    places = found.values()
    return documented(
        "D06", verdict, reason, *places, facts=facts, strength=strength, missing=missing
    )


def _of_index(card: Card) -> Iterator[Claimed]:
    for number, model in enumerate(_items(card.front.keys.get("model-index"))):
        for at, result in enumerate(_items(_get(model, "results"))):
            line = card.front.line("model-index", number, "results", at)
            task = text_at(result, "dataset", "name") or text_at(result, "dataset", "type")
            for metric in _items(_get(result, "metrics")):
                name = text_at(metric, "type") or text_at(metric, "name")
                number_of = _number(text_at(metric, "value"))
                if task and name and number_of is not None:
                    quote = f"{task}: {name} {text_at(metric, 'value')}"
                    proof = Proof(card.text.path, quote[:300], line, sha256=card.text.sha256)
                    sourced = bool(text_at(result, "source", "url"))
                    yield Claimed(task, name, number_of, sourced, False, proof)


def _of_files(context: Context) -> Iterator[Claimed]:
    named = context.material.named(".eval_results/*.y*ml", "*/.eval_results/*.y*ml")
    for entry in list(named)[:_MOST_FILES]:
        text = context.material.read(entry, at_most=_MOST_FILE).decode(errors="replace")
        data = read_loosely(text).data
        for row in _items(data) or [data]:
            task = text_at(row, "dataset", "task_id") or text_at(row, "dataset", "id")
            value = text_at(row, "value")
            number = _number(value)
            if task and number is not None:
                proof = Proof(entry.path, f"{task}: {value}"[:300], sha256=entry.sha256)
                sourced = bool(text_at(row, "source", "url"))
                yield Claimed(task, "value", number, sourced, bool(text_at(row, "date")), proof)


def _tables(context: Context) -> Iterator[Proof]:
    for document in documents_of(context):
        for line in document.lines:
            row = "|" in line.text and not line.code and _BENCHMARK.search(line.text)
            if row and _ROW.match(line.plain):
                yield document.proof(line)


def _configs(context: Context) -> Iterator[tuple[str, str, str]]:
    for entry in list(context.material.named(*_CONFIGS))[:_MOST_FILES]:
        text = context.material.read(entry, at_most=_MOST_FILE).decode(errors="replace")
        yield entry.path, entry.sha256, text


def _in_files(files: list[tuple[str, str, str]], pattern: re.Pattern[str]) -> Proof | None:
    for path, sha256, text in files:
        if found := pattern.search(text):
            line = text.count("\n", 0, found.start()) + 1
            return Proof(path, found[0][:300], line, sha256=sha256)
    return None


def _items(node: Node) -> list[Node]:
    return node if isinstance(node, list) else []


def _get(node: Node, key: str) -> Node:
    return node.get(key) if isinstance(node, dict) else None


def _number(text: str) -> float | None:
    try:
        return float(text.strip().rstrip("%").replace(",", "."))
    except ValueError:
        return None
