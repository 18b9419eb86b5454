"""A comparison of models as a workbook, in one language."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from law.wording import cites_in_words
from models_registry.checks.account import Words
from models_registry.checks.catalogue import load
from models_registry.checks.comparison import Comparison, Row, Terms
from models_registry.checks.evidence import Evidence
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.results import Strength, Value
from models_registry.checks.sovereignty.deployment import Known
from models_registry.checks.sovereignty.levels import Origin
from models_registry.checks.telling import told
from models_registry.exchange.cells import Cell, Sheet, is_number, workbook

_NOT_CONDITIONS = ("effects", "basis")
_YES_NO: Mapping[str, Value] = {"yes": True, "no": False}


def comparison_sheet(comparison: Comparison, *, language: str, on: date) -> bytes:
    """XLSX: facts, licence, exemption, evidence by obligation, gaps, what to produce alone."""
    words = Words(load(), language)
    sheets = (
        _facts(comparison, words),
        _licence(comparison, words),
        _exemption(comparison, words),
        _evidence(comparison, words),
        _left("sheet_gaps", comparison.gaps, comparison.names, words),
        _left("sheet_alone", comparison.alone, comparison.names, words),
    )
    return workbook(sheets, title=words.of("sheet_title"), on=on)


def _facts(comparison: Comparison, words: Words) -> Sheet:
    heads = _of(words, "sheet_property", "sheet_differs")
    for name in comparison.names:
        heads += (name, _beside(name, "sheet_strength", words))
    rows = tuple(tuple(_fact(row, words)) for row in comparison.facts)
    return Sheet(words.of("sheet_facts"), heads, rows, words.of("sheet_limits"))


def _fact(row: Row, words: Words) -> Iterator[Cell]:
    yield words.fact(row.name)
    yield _yes_no(row.differs, words)
    for known in row.cells:
        yield _value(row.name, known, words) if known else None
        yield _strength(known.strength, words) if known else None


def _licence(comparison: Comparison, words: Words) -> Sheet:
    terms = comparison.licences
    heads = (words.of("sheet_property"), *comparison.names)
    told_of: tuple[tuple[str, Callable[[Terms], str]], ...] = (
        ("sheet_licence", lambda one: one.name),
        ("sheet_verdict", lambda one: words.of(f"licence_{one.verdict}")),
        ("sheet_strength", lambda one: _strength(one.strength, words)),
        ("sheet_effects", lambda one: _effects(one, words)),
    )
    first = tuple(
        (words.of(name), *(tell(one) if one else None for one in terms)) for name, tell in told_of
    )
    names = dict.fromkeys(name for one in terms if one for name in one.conditions)
    rows = [_condition(name, terms, words) for name in names if name not in _NOT_CONDITIONS]
    return Sheet(words.of("sheet_licence"), heads, (*first, *rows))


def _condition(name: str, terms: Iterable[Terms | None], words: Words) -> tuple[Cell, ...]:
    cells = (_conditional(one.conditions.get(name), words) if one else None for one in terms)
    return (_named(f"condition_{name}", name, words), *cells)


def _conditional(value: object, words: Words) -> Cell:
    if isinstance(value, Mapping):
        return " ".join(str(_conditional(one, words)) for one in value.values())
    if isinstance(value, list | tuple):
        return ", ".join(str(_conditional(one, words)) for one in value)
    if value is None:
        return None
    plain = value if isinstance(value, bool | int | float) else _coded(str(value), words)
    return told(plain, words.language)


def _effects(terms: Terms, words: Words) -> str:
    known = licences(words.catalogue).effects
    return "; ".join(words.text(known[effect].title) for effect in terms.effects)


def _exemption(comparison: Comparison, words: Words) -> Sheet:
    heads = _of(words, "sheet_model", "sheet_exemption_verdict")
    pairs = zip(comparison.names, comparison.exemptions, strict=True)
    rows = tuple((name, words.of(f"licence_{verdict}")) for name, verdict in pairs)
    return Sheet(words.of("sheet_exemption"), heads, rows)


def _evidence(comparison: Comparison, words: Words) -> Sheet:
    heads = _of(words, "sheet_provision", "sheet_differs")
    columns = ("sheet_strength", "sheet_at_best", "sheet_held", "sheet_failed", "sheet_need")
    for name in comparison.names:
        heads += tuple(_beside(name, column, words) for column in columns)
    rows = tuple(
        (
            _cited(row.provision, words),
            _yes_no(row.differs, words),
            *(cell for one in row.cells for cell in _held(one, words)),
        )
        for row in comparison.evidence
    )
    return Sheet(words.of("sheet_evidence"), heads, rows, words.of("sheet_limits"))


def _left(
    title: str,
    of_model: Callable[[str], tuple[Evidence, ...]],
    names: tuple[str, ...],
    words: Words,
) -> Sheet:
    heads = _of(words, "sheet_model", "sheet_provision", "sheet_strength", "sheet_at_best")
    heads += _of(words, "sheet_held", "sheet_failed", "sheet_need")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, _cited(one.provision, words), *_held(one, words))
        for name in names
        for one in of_model(name)
    )
    return Sheet(words.of(title), heads, rows, "" if rows else words.of("sheet_none"))


def _held(one: Evidence, words: Words) -> tuple[Cell, ...]:
    return (
        _strength(one.strength, words),
        _strength(one.reachable, words),
        ", ".join(one.held),
        ", ".join(one.failed),
        words.of(f"need_{one.need}"),
    )


def _value(name: str, known: Known, words: Words) -> Cell:
    """A number as a number, everything else in words; only the register speaks in codes."""
    value = known.value
    if name.endswith("_verdict"):
        return _named(f"licence_{value}", str(value), words)
    if is_number(value):
        return value  # type: ignore[return-value]
    if known.origin is Origin.REGISTER:
        value = _worded(value, words)
    elif isinstance(value, str):
        value = _YES_NO.get(value, value)
    return told(value, words.language)


def _worded(value: Value, words: Words) -> Value:
    if isinstance(value, tuple):
        return tuple(_worded(one, words) for one in value)
    return _coded(value, words) if isinstance(value, str) else value


def _coded(code: str, words: Words) -> str:
    return _named(f"code_{code}", code, words)


def _named(name: str, otherwise: str, words: Words) -> str:
    return words.of(name) if name in words.catalogue.section("words") else otherwise


def _cited(provision: str, words: Words) -> str:
    return str(cites_in_words((provision,), words.language)[0]["text"])


def _strength(strength: Strength, words: Words) -> str:
    return words.of(f"strength_{strength.name.lower()}")


def _yes_no(value: bool, words: Words) -> str:
    return told(value, words.language)


def _beside(name: str, column: str, words: Words) -> str:
    return f"{name}: {words.of(column)}"


def _of(words: Words, *names: str) -> tuple[str, ...]:
    return tuple(words.of(name) for name in names)
