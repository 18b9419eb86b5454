"""W11 and W12: the tokenizer, and the template that turns a conversation into text."""

import re
from collections.abc import Iterator
from typing import Any

from models_registry.checks.context import Context
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry
from models_registry.checks.readers.config import at_root, read_object
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict
from models_registry.checks.weights.inventory import inventory

_FILES = (
    "tokenizer.json", "tokenizer.model", "tekken.json", "vocab.json", "vocab.txt", "spiece.model",
    "sentencepiece.bpe.model", "tiktoken.model", "*.tiktoken", "tokenizer.model.v*",
)  # fmt: skip
_MOST = 64 << 20
_MOST_PADDING = 1024
_PADDING_SHARE = 0.02
# A string without an end takes all that is left, so that no sign is looked at twice.
_STRING = rb'"(?:[^"\\]|\\.)*+(?:"|\Z)'
# The file is looked through as bytes: as text, or as objects, one of 33 MB would take 200 MB.
_VOCABULARY = re.compile(rb'"vocab"\s*+:\s*+([\[{])')
_MERGES = re.compile(rb'"merges"\s*+:\s*+\[')
_WORD = re.compile(_STRING + rb"(?:\s*+:\s*+(\d{1,9})(?=\s*+[,}]))?", re.S)
_PIECE = re.compile(_STRING + rb"(\s*+,\s*+-?[\d.eE+-]++\s*+\])?", re.S)
_ADDED = re.compile(rb'"id"\s*+:\s*+(\d{1,9})')
_TEMPLATES = ("chat_template.jinja", "chat_template.json", "*.jinja")
_MOST_TEMPLATE = 1 << 20
_SAID = re.compile(r"chat[ _-]?template|prompt (?:format|template)|<\|im_start\|>|\[INST\]", re.I)


def w11_tokenizer(context: Context) -> Result:
    """There, and of the size that the network expects."""
    found = context.once(inventory)
    files = [each for each in context.material.named(*_FILES) if "/" not in each.path]
    expected = found.config.integer("vocab_size") if found.config else None
    if found.gguf is not None and "tokenizer.ggml.tokens" in found.gguf.values:
        words: int | None = getattr(found.gguf.values["tokenizer.ggml.tokens"], "count", None)
        files = list(found.main[:1])
    elif files:
        words = next((size for each in files if (size := _words(context, each))), None)
    else:
        return Result("W11", Verdict.FAIL, "none")
    verdict, reason = _judged(words, expected)
    values: dict[str, Value] = {
        "files": tuple(each.path for each in files),
        "words": words,
        "expected": expected,
    }
    facts = (Fact("tokenizer_words", words, Strength.VERIFIED, "W11"),) if words else ()
    proofs = tuple(Proof(each.path, sha256=each.sha256) for each in files[:20])
    return Result("W11", verdict, reason, Strength.VERIFIED, values, proofs, facts)


def w12_chat_template(context: Context) -> Result:
    """A template that programs can use, or only words about it."""
    for entry, template in _templates(context):
        tools = bool(re.search(r"\btools?\b", template))
        proof = Proof(entry.path, template[:300], sha256=entry.sha256)
        fact = Fact("template_for_tools", tools, Strength.VERIFIED, "W12", proof=proof)
        reason = "with_tools" if tools else "without_tools"
        strength = Strength.VERIFIED
        return Result("W12", Verdict.PASS, reason, strength, {}, (proof,), (fact,))
    card = at_root(context.material, "readme.md")
    content = context.material.read(card, at_most=_MOST_TEMPLATE) if card else b""
    text = content.decode(errors="replace")
    if card and (said := _SAID.search(text)):
        line = text.count("\n", 0, said.start()) + 1
        proof = Proof(card.path, said[0], line, sha256=card.sha256)
        return Result("W12", Verdict.PARTIAL, "only_said", Strength.DOCUMENTED, {}, (proof,))
    return Result("W12", Verdict.FAIL, "none")


def _judged(words: int | None, expected: int | None) -> tuple[Verdict, str]:
    if words is None or expected is None:
        return Verdict.PARTIAL, "not_compared"
    padding = max(_MOST_PADDING, expected * _PADDING_SHARE)
    if 0 <= expected - words <= padding:
        return Verdict.PASS, "fits"
    return Verdict.PARTIAL, "differs"


def _words(context: Context, entry: Entry) -> int | None:
    """How many words a tokenizer's file gives a number to."""
    if not 0 < entry.size <= _MOST:
        return None
    name = entry.path.lower()
    content = context.material.read(entry, at_most=_MOST)
    if name == "tokenizer.json":
        return _words_of_tokenizer(content)
    if name == "vocab.json":
        return _highest(_WORD, content)
    if name.endswith((".tiktoken", "tiktoken.model", "vocab.txt")):
        return content.count(b"\n") + (not content.endswith(b"\n"))
    return None


def _words_of_tokenizer(content: bytes) -> int | None:
    start = _VOCABULARY.search(content)
    if start is None:
        return None
    after = _MERGES.search(content, start.end())
    end = after.start() if after else len(content)
    if start[1] == b"{":
        known = _highest(_WORD, content, start.end(), end)
    else:
        known = sum(1 for found in _PIECE.finditer(content, start.end(), end) if found[1])
    return max(known, _highest(_ADDED, content, 0, start.start())) or None


def _highest(pattern: re.Pattern[bytes], content: bytes, start: int = 0, end: int = _MOST) -> int:
    found = (match[1] for match in pattern.finditer(content, start, end))
    return max((int(number) + 1 for number in found if number), default=0)


def _templates(context: Context) -> Iterator[tuple[Entry, str]]:
    for entry in context.material.named(*_TEMPLATES):
        content = context.material.read(entry, at_most=_MOST_TEMPLATE)
        if text := content.decode(errors="replace").strip():
            yield entry, text
    config = at_root(context.material, "tokenizer_config.json")
    if config and (text := _template_of(context, config)):
        yield config, text
    found = context.once(inventory)
    inside = found.gguf.values.get("tokenizer.chat_template") if found.gguf else None
    if isinstance(inside, str) and inside.strip():
        yield found.main[0], inside


def _template_of(context: Context, entry: Entry) -> str:
    """The first template of a tokenizer's configuration, which may list several by name."""
    try:
        value: Any = read_object(context.material, entry).get("chat_template")
    except Refused:
        return ""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = value[0].get("template")
    return value.strip() if isinstance(value, str) else ""
