"""W07: whether loading the model runs code that came with it."""

import re
from collections.abc import Iterator
from typing import Any

from models_registry.checks.context import Context
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry
from models_registry.checks.readers.config import read_object
from models_registry.checks.results import Fact, Proof, Result, Strength, Verdict
from models_registry.checks.weights.inventory import inventory

_CONFIGS = (
    "config.json", "tokenizer_config.json", "processor_config.json", "preprocessor_config.json",
    "generation_config.json",
)  # fmt: skip
_LOADED = re.compile(r"(?:^|/)(?:modeling|configuration|tokenization|processing|image_processing)_")


def w07_custom_code(context: Context) -> Result:
    """None, present with the model, or fetched from somewhere else at every start."""
    maps = list(_maps(context))
    wanted = {module for _, reference in maps for module in [_module(reference)]}
    present = {each.path.rpartition("/")[2]: each for each in context.material.named("*.py")}
    # "owner/name--file.Class" is fetched from another repository, at whatever state it is in then.
    elsewhere = tuple(sorted(text for _, text in maps if "--" in text))
    absent = tuple(sorted(each for each in wanted if each not in present and "--" not in each))
    code = [each for name, each in present.items() if name in wanted or _LOADED.search(each.path)]
    verdict, reason = _judged(bool(wanted), elsewhere, absent, code)
    quotes = [Proof(entry.path, text[:300], sha256=entry.sha256) for entry, text in maps]
    files = [Proof(each.path, sha256=each.sha256) for each in code]
    return Result(
        "W07",
        verdict,
        reason,
        Strength.VERIFIED,
        {"files": tuple(each.path for each in code), "elsewhere": elsewhere, "absent": absent},
        proofs=tuple(quotes + files)[:20],
        facts=_facts(context, needed=bool(wanted)),
    )


def _facts(context: Context, *, needed: bool) -> tuple[Fact, ...]:
    """Nothing is said of a model of which neither weights nor a configuration are there."""
    if not context.once(inventory).supplied and not any(context.material.named(*_CONFIGS)):
        return ()
    return (Fact("needs_own_code", needed, Strength.VERIFIED, "W07"),)


def _judged(
    wanted: bool, elsewhere: tuple[str, ...], absent: tuple[str, ...], code: list[Entry]
) -> tuple[Verdict, str]:
    if elsewhere:
        return Verdict.FAIL, "elsewhere"
    if absent:
        return Verdict.FAIL, "absent"
    if wanted:
        return Verdict.PARTIAL, "needed"
    return Verdict.PASS, "beside" if code else "none"


def _maps(context: Context) -> Iterator[tuple[Entry, str]]:
    for entry in context.material.named(*_CONFIGS):
        if "/" in entry.path:
            continue
        try:
            data = read_object(context.material, entry)
        except Refused:
            continue
        for reference in _texts(data.get("auto_map")):
            yield entry, reference


def _texts(found: Any) -> Iterator[str]:
    """An entry may be one name, or a list of a slow and a fast one."""
    values = found.values() if isinstance(found, dict) else ()
    for value in values:
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                yield item


def _module(reference: str) -> str:
    return f"{reference.partition('.')[0]}.py" if "--" not in reference else reference
