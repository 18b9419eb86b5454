"""The command `assess`, as people and pipelines run it."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from tests.assessments.factories import EXAMPLES

ROOT = Path(__file__).resolve().parents[2]
RECRUITMENT = EXAMPLES / "recruitment.yaml"
OPEN = """
use: {name: New idea, purpose: Nobody knows yet.}
system: {name: Prototype}
answers: {subject_kind: system}
"""
# WeasyPrint leaves its colour profile open.
LEFT_OPEN = "ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning"


def assess(*arguments):
    out, err = StringIO(), StringIO()
    call_command("assess", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue()


@pytest.fixture
def undecided(tmp_path):
    path = tmp_path / "idea.yaml"
    path.write_text(OPEN)
    return path


def test_it_says_class_reasons_roles_and_duties():
    said = assess(RECRUITMENT, "--on", "2026-11-23")
    assert said.startswith("Shortlist for apprenticeships: high-risk (Annex III)\n")
    assert "Law version 2026-07-27, judged by 23 November 2026" in said
    assert "Roles: Deployer" in said
    assert "From 2 December 2027:" in said
    assert "AIA-026-" in said


def test_it_speaks_german():
    said = assess(RECRUITMENT, "--on", "2026-11-23", "--lang", "de")
    assert "Anhang III" in said
    assert "2. Dezember 2027" in said


def test_another_day_gives_another_result():
    told = [
        json.loads(assess(RECRUITMENT, "--json", "--on", day))
        for day in ("2026-11-23", "2028-01-01")
    ]
    assert [result["as_of"] for result in told] == ["2026-11-23", "2028-01-01"]
    biting = [sum(duty["bites"] for duty in result["duties"]) for result in told]
    assert biting[0] < biting[1]


def test_json_to_the_terminal_is_nothing_but_json():
    result = json.loads(assess(RECRUITMENT, "--json", "--on", "2026-11-23"))
    assert result["headline"] == "high_risk_annex_iii"
    assert result["law_version"] == "2026-07-27"


def test_json_to_a_file_leaves_the_terminal_to_the_words(tmp_path):
    out, err = StringIO(), StringIO()
    given = ["--json", str(tmp_path / "out.json"), "--on", "2026-11-23"]
    call_command("assess", str(RECRUITMENT), *given, stdout=out, stderr=err)
    said = out.getvalue()
    assert said.startswith("Shortlist")
    assert f"Wrote {tmp_path / 'out.json'}." in err.getvalue()
    assert json.loads((tmp_path / "out.json").read_text())["headline"] == "high_risk_annex_iii"


def test_an_open_class_ends_with_three_and_says_what_is_missing(undecided, capsys):
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("assess", str(undecided), stdout=out)
    assert ended.value.code == 3
    assert "New idea: still open" in out.getvalue()
    assert "So far between" in out.getvalue()
    assert "Still open, the questions that settle most first:" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.yaml"], r"nowhere\.yaml: cannot be read"),
        ([RECRUITMENT, "--on", "tomorrow"], "--on tomorrow: not a day; write it like"),
        ([RECRUITMENT, "--on", "2027-02-30"], "--on 2027-02-30: not a day"),
        ([RECRUITMENT, "--on", "2020-01-01"], "--on 2020-01-01: .*2024"),
        ([RECRUITMENT, "--json", "/nowhere/out.json"], "cannot be written"),
        ([RECRUITMENT, "--lang", "fr"], "invalid choice: 'fr'"),
        ([], "required: file"),
    ],
    ids=str,
)
def test_bad_input_ends_with_two_and_a_sentence(arguments, message):
    with pytest.raises(CommandError, match=message) as refused:
        assess(*arguments)
    assert refused.value.returncode in {1, 2}


def test_every_fault_of_a_file_is_told(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("use: {name: Chat}\nanswers: {subject_knd: system}\n")
    with pytest.raises(CommandError) as refused:
        assess(path)
    assert refused.value.returncode == 2
    assert "bad.yaml, line 1: 'use' needs 'purpose'; add it." in str(refused.value)
    assert "bad.yaml, line 2: subject_knd: there is no such question" in str(refused.value)


@pytest.mark.slow
@pytest.mark.filterwarnings(LEFT_OPEN)
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_report_can_be_written_without_an_account(tmp_path, language):
    out = tmp_path / "report.pdf"
    assess(RECRUITMENT, "--pdf", out, "--lang", language, "--on", "2026-11-23")
    with pikepdf.open(out) as document:
        assert len(document.pages) >= 1
        assert str(document.Root.Lang).startswith(language)


def without_database(tmp_path, *arguments):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:9/none",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "VAR_DIR": str(tmp_path),
    }
    return subprocess.run(
        [sys.executable, "manage.py", "assess", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.slow
def test_it_needs_no_database_and_no_broker(tmp_path, undecided):
    pdf = tmp_path / "report.pdf"
    done = without_database(tmp_path, RECRUITMENT, "--json", "--pdf", pdf)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["headline"] == "high_risk_annex_iii"
    assert pdf.read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_the_exit_code_tells_a_pipeline_what_happened(tmp_path, undecided):
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"use: \xff")
    ended = {
        name: without_database(tmp_path, *arguments)
        for name, arguments in {
            "open": [undecided], "bad": [bad], "usage": [RECRUITMENT, "--lang", "fr"],
        }.items()
    }  # fmt: skip
    assert [done.returncode for done in ended.values()] == [3, 2, 2]
    for done in ended.values():
        assert "Traceback" not in done.stderr
    assert "bad.yaml: not UTF-8 text; save it as UTF-8." in ended["bad"].stderr
