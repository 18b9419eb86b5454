"""T01 to T05: whether the public summary is there, whole, sound, of this model, and fresh."""

import re
from collections.abc import Iterator

from models_registry.checks.context import Context
from models_registry.checks.documented import documented, said
from models_registry.checks.documents.quantities import TOKENS, tokens_of
from models_registry.checks.readers.days import month_of, months_since
from models_registry.checks.results import Proof, Result, Strength, Verdict, term
from models_registry.checks.roles import Role
from models_registry.checks.summaries.template import NUMBERED, Summary, summary
from models_registry.checks.supplied import library, unreadable

_MOST_SECTIONS = 8
_FULL, _ENOUGH = 0.95, 0.6
_FEW = 2
_FRESH_MONTHS = 6
_BELOW = r"(?:<|less than|fewer than|under|unter|weniger als)"
_ABOVE = r"(?:>|more than|over|above|über|mehr als)"
_SIZE_BINS = tuple(
    (low, high, re.compile(words, re.IGNORECASE))
    for low, high, words in (
        (0.0, 1e9, rf"{_BELOW}\s*1\s*(?:B\b|billion|Mrd)"),
        (1e9, 1e13, r"\b1\s*(?:B|billion|Mrd\.?).{0,20}\b10\s*(?:T\b|trillion|Bio)"),
        (1e13, 1e18, rf"{_ABOVE}\s*10\s*(?:T\b|trillion|Bio)"),
    )
)


def t01_present(context: Context) -> Result:
    """A summary along the template, one in free form, or none."""
    if context.claims.get("general_purpose") is False:
        return Result("T01", Verdict.NOT_APPLICABLE, "not_general_purpose")
    found = context.once(summary)
    if found is None:
        # Everybody has to publish it, whoever keeps the weights to themselves too.
        unread = unreadable(context, "T01", Role.SUMMARY)
        return unread or Result("T01", Verdict.FAIL, "none")
    place = found.document.whole
    facts = (said("T01", "training_summary", True, place),)
    number, of = len(found.sections & NUMBERED), len(NUMBERED)
    if number >= _MOST_SECTIONS:
        verdict, reason = Verdict.PASS, "template"
    else:
        verdict, reason = Verdict.PARTIAL, "free_form"
    return documented(
        "T01",
        verdict,
        reason,
        place,
        facts=facts,
        sections=number,
        of=of,
        path=place.path,
    )


def t02_complete(context: Context) -> Result:
    """How many of the required fields say something."""
    found = context.once(summary)
    if found is None:
        return _no_summary(context, "T02")
    missing = missing_fields(context, found)
    count = len(context.catalogue.section("summary_fields"))
    share = 1 - len(missing) / count
    verdict, reason = Verdict.FAIL, "thin"
    if share >= _FULL:
        verdict, reason = Verdict.PASS, "full"
    elif share >= _ENOUGH:
        verdict, reason = Verdict.PARTIAL, "part"
    fact = said("T02", "summary_completeness", round(share, 3), found.document.whole)
    return documented(
        "T02",
        verdict,
        reason,
        *(filled.proof for filled in list(found.fields.values())[:20]),
        facts=(fact,),
        filled=count - len(missing),
        of=count,
        missing=tuple(term(f"summary_{name}") for name in missing),
    )


def t03_logic(context: Context) -> Result:
    """Every yes has its details; every day lies before the one that must follow it."""
    found = context.once(summary)
    if found is None:
        return _no_summary(context, "T03")
    faults = list(_faults(context, found))
    values = tuple(term(name) for name, _ in faults)
    places = tuple(proof for _, proof in faults if proof) or (found.document.whole,)
    verdict, reason = Verdict.PASS, "sound"
    if faults:
        few = len(faults) <= _FEW
        verdict, reason = (Verdict.PARTIAL, "few_gaps") if few else (Verdict.FAIL, "gaps")
    # What contradicts itself does so before our eyes.
    return documented("T03", verdict, reason, *places[:10], strength=Strength.VERIFIED, gaps=values)


def t04_fits_model(context: Context) -> Result:
    """Name and size of the training data are those of the model."""
    found = context.once(summary)
    if found is None:
        return _no_summary(context, "T04")
    compared = dict(_compared(context, found))
    if not compared:
        return Result("T04", Verdict.NOT_CHECKABLE, "nothing_to_compare")
    conflicts = tuple(term(name) for name, fits in compared.items() if not fits)
    wanted = {"name": "model_names", "size": "training_size"}
    places = tuple(found.fields[wanted[name]].proof for name in compared)
    names = tuple(term(name) for name in compared)
    verdict, reason = (Verdict.FAIL, "conflict") if conflicts else (Verdict.PASS, "fits")
    return documented("T04", verdict, reason, *places, compared=names, conflicts=conflicts)


def t05_fresh(context: Context) -> Result:
    """Updated in the last six months, or of a model that is trained no more."""
    found = context.once(summary)
    if found is None:
        return _no_summary(context, "T05")
    update = found.fields.get("last_update")
    month = month_of(update.value) if update else None
    if update is None or month is None:
        return documented("T05", Verdict.FAIL, "undated", found.document.whole)
    age = months_since(month, context.on)
    day = f"{month[0]}-{month[1]:02}"
    fact = said("T05", "summary_updated", day, update.proof)
    verdict, reason = _freshness(age, found.answer("continuous_training"))
    return documented("T05", verdict, reason, update.proof, facts=(fact,), months=age, day=day)


def missing_fields(context: Context, found: Summary) -> tuple[str, ...]:
    """The required fields that are empty, those left out that a no makes needless."""
    rows = context.catalogue.section("summary_fields")
    return tuple(
        name
        for name, row in rows.items()
        if name not in found.fields and found.answer(row.get("only_if", "")) is not False
    )


def _no_summary(context: Context, check: str) -> Result:
    unread = unreadable(context, check, Role.SUMMARY)
    return unread or Result(check, Verdict.NOT_CHECKABLE, "no_summary")


def _freshness(age: int, continuous: bool | None) -> tuple[Verdict, str]:
    if age < 0:
        return Verdict.FAIL, "in_the_future"
    if age <= _FRESH_MONTHS:
        return Verdict.PASS, "fresh"
    if continuous is None:
        return Verdict.PARTIAL, "old"
    return (Verdict.FAIL, "outdated") if continuous else (Verdict.PASS, "frozen")


def _faults(context: Context, found: Summary) -> Iterator[tuple[str, Proof | None]]:
    rows = context.catalogue.section("summary_fields")
    for name, row in rows.items():
        governing = row.get("only_if", "")
        if found.answer(governing) and name not in found.fields:
            yield f"summary_{name}", found.fields[governing].proof
    for name, row in rows.items():
        filled = found.fields.get(name)
        if row.get("yes_no") and filled and filled.answer is None:
            yield f"summary_{name}", filled.proof
    acquired, updated = (found.fields.get(name) for name in ("latest_acquisition", "last_update"))
    if acquired and updated:
        last, day = month_of(acquired.value), month_of(updated.value)
        if last and day and last > day:
            yield "summary_latest_acquisition", acquired.proof


def _compared(context: Context, found: Summary) -> Iterator[tuple[str, bool]]:
    named = found.fields.get("model_names")
    name = _model_name(context)
    if named and name:
        yield "name", _plain(name) in _plain(named.value) or _plain(named.value) in _plain(name)
    sized = found.fields.get("training_size")
    tokens = context.fact("training_tokens")
    number = tokens.value if tokens else context.number("training_tokens")
    limits = _limits(sized.value) if sized else None
    if limits and isinstance(number, int | float):
        yield "size", limits[0] <= number <= limits[1]


def _model_name(context: Context) -> str:
    claim = context.claims.get("model_name")
    if isinstance(claim, str):
        return claim
    cards = context.once(library).of(Role.CARD)
    return cards[0].title if cards else ""


def _limits(text: str) -> tuple[float, float] | None:
    for low, high, pattern in _SIZE_BINS:
        if pattern.search(text):
            return low, high
    if found := TOKENS.search(text):
        number = tokens_of(found)
        return number * 0.5, number * 2
    return None


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
