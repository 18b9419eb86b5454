"""D15: the numbers that a card states against those that configuration and weights show."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models_registry.checks.context import Context
from models_registry.checks.documents.quantities import plain_number, scaled
from models_registry.checks.readers.documents import Document
from models_registry.checks.results import Proof, Result, Strength, Value, Verdict, term
from models_registry.checks.roles import Role
from models_registry.checks.supplied import absent, library
from models_registry.checks.weights.inventory import Inventory, inventory
from models_registry.checks.weights.shape import context_of

_MANY = 2
_NUMBER = r"(\d{1,6}(?:[.,]\d{1,3})*)\s*(trillion|billion|million|[TBMK])?\b"
_ROWS: Mapping[str, str] = {
    "parameters_total": r"(?:total )?(?:number of )?param(?:eter)?s?(?: count)?|model size",
    "parameters_active": r"activ(?:e|ated) param(?:eter)?s",
    "context_length_tokens": r"(?:max(?:imum)? )?(?:context|sequence)(?: length| window)?",
    "layers": r"(?:number of )?(?:hidden )?layers(?: \([^)]{1,40}\))?",
    "hidden_size": r"(?:hidden|embedding|model)(?: size| dimension| dim)|d_model",
    "vocabulary": r"vocab(?:ulary)?(?: size)?",
    "experts": r"(?:number of |routed )?experts",
    "attention_heads": r"(?:number of )?attention heads",
}
_ROW_PATTERNS = {
    name: re.compile(rf"^\W*(?:{words})\W{{0,6}}[|:]\W{{0,6}}{_NUMBER}", re.IGNORECASE)
    for name, words in _ROWS.items()
}
_SENTENCES = {
    "parameters_active": re.compile(
        rf"\b{_NUMBER}[- ]?(?:activ(?:e|ated)\b|param(?:eter)?s? activ)", re.IGNORECASE
    ),
    "parameters_total": re.compile(
        rf"\b{_NUMBER}[- ]?(?:total |dense )?param(?:eter)?s?\b(?! activ)", re.IGNORECASE
    ),
    "context_length_tokens": re.compile(
        rf"\b{_NUMBER}[- ]?(?:tokens? )?context|\bcontext (?:length|window) of\D{{0,20}}{_NUMBER}",
        re.IGNORECASE,
    ),
}
_OWN = re.compile(
    r"\b(?:this model|the model|it is|it has|we (?:release|introduce|present))\b", re.I
)
_SIZE_IN_NAME = re.compile(r"(?:^|[-_ ])(\d{1,4}(?:\.\d)?)([BMT])\b")
_CONFIG = {
    "layers": ("num_hidden_layers", "n_layer", "num_layers"),
    "hidden_size": ("hidden_size", "n_embd", "d_model"),
    "vocabulary": ("vocab_size",),
    "experts": ("num_experts", "n_routed_experts", "num_local_experts"),
    "attention_heads": ("num_attention_heads", "n_head"),
}


@dataclass(frozen=True, slots=True)
class _Stated:
    name: str
    value: float
    digits: int
    proof: Proof


@dataclass(frozen=True, slots=True)
class _Observed:
    value: float
    strength: Strength


def d15_card_fits_artefact(context: Context) -> Result:
    """No number in conflict, one or two, or more."""
    documents = context.once(library).of(Role.CARD)
    if not documents:
        return absent(context, "D15", Role.CARD)
    observed = _observed(context)
    if not observed:
        return Result("D15", Verdict.NOT_CHECKABLE, "no_artefact")
    stated = [one for one in _stated(context, documents[0]) if one.name in observed]
    if not stated:
        return Result("D15", Verdict.NOT_CHECKABLE, "nothing_stated")
    compared = {one.name for one in stated}
    agreeing = {one.name for one in stated if _agrees(one, observed[one.name].value)}
    conflicts = [one for one in stated if one.name in compared - agreeing]
    names = tuple(sorted(compared - agreeing))
    values: dict[str, Value] = {
        "compared": len(compared),
        "conflicts": len(names),
        "names": tuple(term(name) for name in names),
    }
    strength = min(observed[name].strength for name in compared)
    places = tuple(one.proof for one in (conflicts or stated)[:10])
    if not names:
        return Result("D15", Verdict.PASS, "agree", strength, values, places)
    few = len(names) <= _MANY
    verdict, reason = (Verdict.PARTIAL, "few_conflicts") if few else (Verdict.FAIL, "conflicts")
    return Result("D15", verdict, reason, strength, values, places)


def _observed(context: Context) -> dict[str, _Observed]:
    found = context.once(inventory)
    observed: dict[str, _Observed] = {}
    for name in ("parameters_total", "parameters_active"):
        fact = context.fact(name)
        if fact and isinstance(fact.value, int | float):
            observed[name] = _Observed(float(fact.value), fact.strength)
    observed |= dict(_of_config(found))
    return observed


def _of_config(found: Inventory) -> Iterator[tuple[str, _Observed]]:
    if found.config is None:
        return
    # A configuration alone is a document; with the weights that fit it, it is more.
    strength = Strength.VERIFIED if found.main else Strength.DOCUMENTED
    length = context_of(found.config)
    if length:
        yield "context_length_tokens", _Observed(length, strength)
    for name, keys in _CONFIG.items():
        if value := found.config.integer(*keys):
            yield name, _Observed(value, strength)


def _stated(context: Context, document: Document) -> Iterator[_Stated]:
    name = context.claims.get("model_name")
    own = str(name if isinstance(name, str) else document.title).lower()
    for line in document.lines:
        if line.code:
            continue
        plain = line.plain.lstrip("|").strip()
        for quantity, pattern in _ROW_PATTERNS.items():
            if found := pattern.match(plain):
                yield _of(quantity, found[1], found[2], document.proof(line))
        if line.level == 1 and (size := _SIZE_IN_NAME.search(plain)):
            yield _of("parameters_total", size[1], size[2], document.proof(line))
        elif _OWN.search(plain) or (own and own in plain.lower()):
            yield from _in_sentence(plain, document.proof(line))


def _in_sentence(text: str, proof: Proof) -> Iterator[_Stated]:
    for quantity, pattern in _SENTENCES.items():
        for found in pattern.finditer(text):
            number, scale = next(
                (found[at], found[at + 1]) for at in range(1, len(found.groups()), 2) if found[at]
            )
            # Small numbers without a unit are other things, as in "2 parameters of sampling".
            if scale or plain_number(number) > 999:
                yield _of(quantity, number, scale, proof)


def _of(name: str, number: str, scale: str | None, proof: Proof) -> _Stated:
    return _Stated(name, scaled(number, scale), sum(sign.isdigit() for sign in number), proof)


def _agrees(stated: _Stated, observed: float) -> bool:
    if stated.name == "context_length_tokens" or stated.name == "vocabulary":
        # 128K is written for 131,072 as for 128,000.
        return any(abs(stated.value * unit - observed) <= observed * 0.03 for unit in (1, 1.024))
    if not stated.name.startswith("parameters"):
        return stated.value == observed
    # Names round: a 7B model may have 7.6 billion parameters, a 1B model 1.24 billion.
    allowed = 0.3 if stated.digits == 1 else 0.1
    return abs(stated.value - observed) <= observed * allowed
