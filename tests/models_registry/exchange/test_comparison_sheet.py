import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from models_registry.checks.catalogue import load
from models_registry.checks.comparison import compare
from models_registry.checks.evidence import Need
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Strength
from models_registry.checks.sovereignty.deployment import Known, of_starter
from models_registry.checks.sovereignty.levels import Origin
from models_registry.checks.starter import starter
from models_registry.exchange.comparison_sheet import comparison_sheet

ON = date(2026, 11, 23)
MODELS = starter(load()).models
NAMES = ("kimi-k2-thinking", "gpt-5", "llama-4-scout")
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x";"y")', "http://x.example", "12")


def given(name, **values):
    one = of_starter(MODELS[name], load())
    stated = {
        key: Known(value, Strength.ASSERTED, Origin.CHECKS, "X01") for key, value in values.items()
    }
    return replace(one, values={**one.values, **stated})


def opened(comparison, language="en"):
    content = comparison_sheet(comparison, language=language, on=ON)
    return content, openpyxl.load_workbook(BytesIO(content))


def rows(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.fixture(scope="module")
def comparison():
    return compare({name: given(name) for name in NAMES})


@pytest.fixture(scope="module")
def book(comparison):
    return opened(comparison)[1]


def test_each_part_has_its_sheet_in_both_languages(comparison, book):
    assert book.sheetnames == [
        "Facts", "Licence", "Exemption", "Evidence", "Gaps", "To produce alone"
    ]  # fmt: skip
    german = opened(comparison, "de")[1]
    assert german.sheetnames == [
        "Tatsachen", "Lizenz", "Ausnahme", "Nachweise", "Lücken", "Selbst zu erstellen"
    ]  # fmt: skip
    assert rows(german["Ausnahme"])[1][1] == "noch nicht bekannt"


def test_facts_are_numbers_with_their_strength_and_what_is_not_known_is_empty(book):
    facts = {row[0]: row for row in rows(book["Facts"])}
    assert facts["Property"][2:6] == [NAMES[0], f"{NAMES[0]}: Evidence", *_of(NAMES[1])]
    assert facts["Parameters"][1:6] == ["yes", 10**12, "asserted", None, None]
    assert facts["Takes in"][2] == "text"


def _of(name):
    return [name, f"{name}: Evidence"]


def test_licences_are_told_with_what_bites(book):
    licence = {row[0]: row[1:] for row in rows(book["Licence"])}
    assert licence["Licence under the exemption"][0] == "contested"
    assert licence["What bites"][0] == "A name must be displayed"
    assert licence["Condition from so many users"][0] == "100,000,000 in a month"
    assert not [name for name in licence if name and name.startswith("condition_")]


def test_every_provision_stands_with_strength_and_what_is_left_to_do(comparison, book):
    head, *evidence = rows(book["Evidence"])
    told = [row for row in evidence if row[1]]
    assert len(told) == len(comparison.evidence)
    assert head[2:7] == [
        f"{NAMES[0]}: {name}"
        for name in ("Evidence", "At best", "Shown by", "Failed", "What is left to do")
    ]
    assert {row[2] for row in told} == {"no evidence"}


def test_gaps_and_what_to_produce_alone_are_those_of_the_comparison():
    models = {
        "exempt": replace(given("phi-4"), exemption=LicenceVerdict.MEETS),
        "closed": replace(given("gpt-5"), exemption=LicenceVerdict.FAILS),
    }
    comparison = compare(models)
    book = opened(comparison)[1]
    for title, of_model in (("Gaps", comparison.gaps), ("To produce alone", comparison.alone)):
        told = [row for row in rows(book[title])[1:] if row[0]]
        assert len(told) == sum(len(of_model(name)) for name in models)
    alone = {(row[0], row[6]) for row in rows(book["To produce alone"])[1:]}
    assert ("exempt", "produce it yourselves") in alone


def test_where_nothing_is_left_the_sheet_says_so(comparison):
    book = opened(replace(comparison, evidence=()))[1]
    assert [row[0] for row in rows(book["Gaps"])] == ["Model", None, "Nothing."]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_stranger_wrote_becomes_a_formula_a_link_or_a_number(text):
    models = {text: given("phi-4", architecture=text), "b": given("gpt-5", architecture=(text,))}
    content, book = opened(compare(models))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        pages = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in page or b"<hyperlink" in page for page in pages)
    (row,) = [row for row in book["Facts"].iter_rows() if row[0].value == "Architecture"]
    assert (row[2].data_type, row[2].value, row[4].value) == ("s", text, text)
    assert [cell.value for cell in book["Exemption"]["A"]][1] == text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "yes"),
        ("no", "no"),
        (float("inf"), None),
        (float("nan"), None),
        (10**400, None),
        (4.6e25, 4.6e25),
        ("x" * 70_000, None),
        ("half \ud800 \x00\x0b of it", None),
    ],
    ids=lambda value: str(value)[:12],
)
def test_odd_values_break_no_sheet(value, shown):
    book = opened(compare({"a": given("phi-4", architecture=value), "b": given("gpt-5")}))[1]
    (row,) = [row for row in rows(book["Facts"]) if row[0] == "Architecture"]
    assert row[2] is not None
    assert shown is None or row[2] == shown


def test_the_same_comparison_gives_the_same_bytes(comparison):
    once, again = (comparison_sheet(comparison, language="en", on=ON) for _ in range(2))
    assert once == again


def test_every_code_condition_need_and_fact_of_the_catalogue_has_its_words():
    words, names = load().section("words"), load().section("fact_names")
    assert {f"need_{need}" for need in Need} <= set(words)
    conditions = {name for one in licences(load()).by_id.values() for name in one.conditions}
    assert {f"condition_{name}" for name in conditions - {"effects", "basis"}} <= set(words)
    assert {name for model in MODELS.values() for name in model.values} <= set(names)
