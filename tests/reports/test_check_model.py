"""The command `check_model`, as people and pipelines run it."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path

import jsonschema_rs
import pikepdf
import pytest
import yaml
from django.core.management import CommandError, call_command

from models_registry.checks.bills.schemas import faults
from models_registry.checks.packing import write_pack
from models_registry.checks.running import GROUPS
from models_registry.exchange.mof import mof_faults
from reports.rendering.dossier import dossier_html
from tests.models_registry.checks.making import material_of, zipped

ROOT = Path(__file__).resolve().parents[2]
OPEN, CLOSED = ROOT / "examples" / "model", ROOT / "examples" / "model-closed"
CLAIMS = ROOT / "examples" / "claims"
SCHEMA = json.loads((ROOT / "docs" / "model-check.schema.json").read_text(encoding="utf-8"))
FAILED = 3
# WeasyPrint leaves its colour profile open.
LEFT_OPEN = "ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning"


def said(*arguments):
    """What the command says, whether or not a check failed."""
    out, code = StringIO(), 0
    try:
        call_command("check_model", *map(str, arguments), stdout=out, stderr=StringIO())
    except SystemExit as stopped:
        code = stopped.code
    assert code in (0, FAILED)
    return out.getvalue()


def told(*arguments):
    account = json.loads(said(*arguments, "--json"))
    jsonschema_rs.validate(SCHEMA, account)
    return account


def open_model(*arguments):
    return told(OPEN, "--claims", CLAIMS / "model.yaml", *arguments)


def refused(*arguments):
    with pytest.raises(CommandError) as stopped:
        call_command("check_model", *map(str, arguments), stdout=StringIO())
    assert stopped.value.returncode == 2
    return str(stopped.value)


def checks(account):
    return {check["id"]: check for group in account["groups"] for check in group["checks"]}


def facts(account):
    return {fact["name"]: fact for fact in account["facts"]}


@pytest.fixture(scope="module")
def opened():
    return open_model()


def test_every_registered_check_has_its_result(opened):
    assert list(checks(opened)) == [name for group in GROUPS for name, _ in group]
    assert sum(opened["verdicts"].values()) == len(checks(opened))


def test_the_open_example_is_verified_from_its_files(opened):
    assert opened["licence"]["verdict"]["value"] == "meets"
    assert facts(opened)["parameters_total"]["value"] == 7936
    assert facts(opened)["parameters_total"]["strength"] == "verified"
    assert checks(opened)["W02"]["verdict"] == "pass"
    assert opened["material"]["hashed"] == opened["material"]["files"]


def test_class_of_openness_and_claimed_results_are_told_with_their_places(opened):
    openness = opened["openness"]
    states = {one["id"]: one for one in openness["components"]}
    assert openness["licence"] == {"id": "mit", "name": "MIT", "path": "LICENSE"}
    assert (states["model_card"]["state"], states["model_card"]["path"]) == (
        "included",
        "README.md",
    )
    assert states["training_code"]["state"] == "missing"
    (measured,) = opened["measurements"]
    assert (measured["task"], measured["value"]) == ("Harbour Questions", 31.5)
    assert facts(opened)["limitations_described"]["proof"]["line"] > 0


def test_coverage_is_told_in_two_figures_and_names_who_owes_the_rest(opened):
    frames = {frame["id"]: frame for frame in opened["coverage"]}
    assert list(frames) == ["annex_xi", "annex_xii", "form", "always"]
    assert frames["always"]["completeness"] == 1
    for frame in frames.values():
        assert sum(frame["assurance"].values()) == frame["asked"]
        assert frame["there"] == frame["asked"] - frame["assurance"]["none"]
    # The example is no general-purpose model: what is missing is owed by nobody.
    owed = {item["owed"] for item in frames["annex_xi"]["items"]}
    assert owed == {"nothing", "not_owed"}


def test_the_closed_example_names_what_is_owed_and_what_can_never_be_verified():
    account = told(CLOSED, "--claims", CLAIMS / "model-closed.yaml")
    frames = {frame["id"]: frame for frame in account["coverage"]}
    owed = {name: {i["owed"] for i in frame["items"]} for name, frame in frames.items()}
    assert owed["annex_xi"] == {"nothing", "to_authorities"}
    assert owed["annex_xii"] == {"nothing", "to_you"}
    assert owed["always"] == {"nothing", "to_public"}
    assert not any(frame["assurance"]["verified"] for frame in frames.values())
    assert any("logged" in row for row in account["never_verifiable"])
    assert len(account["never_notes"]) == 2
    assert account["openness"]["class"] == 0


def test_the_next_class_of_openness_names_what_is_missing(opened):
    assert opened["openness"]["next"]["class"] == 3
    assert "technical_report" in opened["openness"]["next"]["missing"]


def test_sovereignty_has_bounds_and_gates_but_no_total(opened):
    told_here = opened["sovereignty"]
    assert set(told_here) == {"highest", "dimensions", "gates"}
    for dimension in told_here["dimensions"]:
        known = [one for one in dimension["criteria"] if one["state"] == "known"]
        assert dimension["known"] == len(known) == sum(dimension["strengths"].values())
    assert [gate["state"] for gate in told_here["gates"]] == ["clear"] * 4


def test_an_empty_folder_is_told_whole(tmp_path):
    (tmp_path / "notes.txt").write_text("Nothing of use.")
    account = told(tmp_path)
    assert account["sovereignty"]["dimensions"][3]["low"] is None
    assert "not known; 0 of 6 criteria known" in said(tmp_path)


def test_nothing_in_the_examples_could_not_be_read(opened):
    assert opened["verdicts"]["error"] == 0


def test_the_closed_example_proves_nothing_about_weights():
    account = told(CLOSED, "--claims", CLAIMS / "model-closed.yaml")
    assert account["verdicts"]["error"] == 0
    assert account["licence"]["verdict"]["value"] == "fails"
    assert account["exemption"]["verdict"]["value"] == "fails"
    weights = [check for check in checks(account).values() if check["id"].startswith("W")]
    assert {check["verdict"] for check in weights} == {"not_checkable"}
    assert all(fact["strength"] != "verified" for fact in account["facts"] if fact["check"] > "V")


def test_it_is_told_in_lines_and_in_german():
    english = said(OPEN, "--on", "2026-11-23")
    assert "12 files" in english
    assert "judged by 23 November 2026" in english
    assert "✓ W02 Number of parameters" in english
    german = said(OPEN, "--language", "de", "--on", "2026-11-23")
    assert "Lizenz: MIT License" in german
    assert "Punkten liegen vor" in german
    assert "Dass keine Hintertüren enthalten sind." in german
    assert "Art. 53 Abs. 2" in german


def test_provisions_and_units_are_written_as_each_language_does():
    english, german = open_model(), open_model("--language", "de")
    for account, cites, unit in (
        (english, ["Guidelines C(2025) 5045 §17", "Art 51(2)"], "4,096 tokens"),
        (german, ["Leitlinien C(2025) 5045 §17", "Art. 51 Abs. 2"], "4.096 Token"),
    ):
        assert [margin["cite"] for margin in account["compute"][0]["margins"]] == cites
        assert facts(account)["context_length_tokens"]["value_words"] == unit


def test_a_zip_a_pack_and_a_folder_prove_the_same(tmp_path, opened):
    files = {
        path.relative_to(OPEN).as_posix(): path.read_bytes()
        for path in sorted(OPEN.rglob("*"))
        if path.is_file()
    }
    archive, pack = tmp_path / "model.zip", tmp_path / "pack.zip"
    archive.write_bytes(zipped([*files.items()], zipfile.ZIP_STORED))
    with pack.open("wb") as out:
        write_pack(material_of(files), out)
    claims = ("--claims", CLAIMS / "model.yaml")
    by_zip, by_pack = told(archive, *claims), told(pack, *claims)
    assert by_zip["facts"] == opened["facts"]
    assert by_zip["material"]["root"] == opened["material"]["root"]
    assert facts(by_pack)["parameters_total"]["value"] == 7936


def test_a_single_file_is_enough():
    account = told(CLOSED / "system-card.pdf")
    assert account["material"]["files"] == 1
    assert told(OPEN / "LICENSE")["licence"]["names"] == ["MIT License"]


def test_claims_come_from_the_starter_catalogue():
    account = told(OPEN, "--model", "kimi-k2-thinking")
    assert account["claims"]["parameters_total"] == 10**12
    assert checks(account)["W02"]["verdict"] == "fail"
    (told_beside,) = (one for one in account["compute"] if one["basis"] == "register")
    assert told_beside["lower_bound"] is True
    assert [margin["reached"] for margin in told_beside["margins"]] == [True, False]
    assert "not in the starter catalogue" in refused(OPEN, "--model", "no-such-model")


def test_claims_of_ones_own_replace_those_of_the_catalogue():
    claims = CLAIMS / "model.yaml"
    account = told(OPEN, "--model", "kimi-k2-thinking", "--claims", claims)
    assert account["claims"]["parameters_total"] == 7936
    assert "training_compute_is_lower_bound" not in account["claims"]


def test_a_failed_check_is_said_by_the_exit_code():
    with pytest.raises(SystemExit) as stopped:
        call_command("check_model", str(OPEN), stdout=StringIO())
    assert stopped.value.code == FAILED


def test_a_hostile_archive_is_refused_in_words(tmp_path):
    outside = tmp_path / "outside.zip"
    outside.write_bytes(zipped([("../evil.txt", b"x")]))
    assert "evil.txt" in refused(outside)
    assert "Traceback" not in refused(outside)
    bomb = tmp_path / "bomb.zip"
    bomb.write_bytes(zipped([("model.bin", bytes(50 << 20))]))
    assert "model.bin" in refused(bomb, "--language", "de")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(zipped([("a.txt", b"text")])[:-30])
    assert refused(cut)


def test_hostile_files_end_in_results_and_not_in_a_trace(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"\xff" * 8 + b"{}")
    (tmp_path / "config.json").write_text("[" * 100_000)
    (tmp_path / "README.md").write_text(
        "---\na: &a [*a, *a]\n---\n\x1b[31mred \ud800".encode("utf-8", "surrogatepass").decode(
            "utf-8", "replace"
        )
    )
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04cos\nsystem\n(S'true'\ntR.")
    shown = said(tmp_path)
    assert "\x1b" not in shown
    assert checks(told(tmp_path))["W06"]["verdict"] == "fail"


@pytest.mark.parametrize(
    ("content", "words"),
    [("- a\n", "one name and value"), ("a: {b: c}\n", "a: a value"), ("a: b: c\n", "line 1")],
)
def test_claims_that_cannot_be_read_are_named(tmp_path, content, words):
    path = tmp_path / "claims.yaml"
    path.write_text(content)
    assert words in refused(OPEN, "--claims", path)


def test_a_path_that_is_not_there_and_a_day_that_is_none(tmp_path):
    assert "no such file" in refused(tmp_path / "nothing")
    assert "not a day" in refused(OPEN, "--on", "yesterday")


@pytest.mark.slow
@pytest.mark.filterwarnings(LEFT_OPEN)
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_dossier_holds_the_account_and_says_the_same(tmp_path, language):
    out, data = tmp_path / "dossier.pdf", tmp_path / "result.json"
    claims = ("--claims", CLAIMS / "model.yaml", "--name", "Deichlicht Mini")
    said(OPEN, *claims, "--pdf", out, "--json", data, "--language", language)
    with pikepdf.open(BytesIO(out.read_bytes())) as document:
        (attached,) = document.attachments.values()
        content = json.loads(attached.get_file().read_bytes())
        assert attached.filename == "model-check.json"
        assert str(document.docinfo["/Title"]).endswith(": Deichlicht Mini")
        assert document.Root.Lang == language
    assert content == json.loads(data.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_dossier_says_what_is_covered_and_what_never_can_be(language):
    account = told(CLOSED, "--claims", CLAIMS / "model-closed.yaml", "--language", language)
    page = unescape(dossier_html(account, name="Fernblick 3", made_on=date(2026, 11, 23)))
    for frame in account["coverage"]:
        assert frame["title"] in page
    owed = {
        i["owed_word"] for f in account["coverage"] for i in f["items"] if i["owed"] != "nothing"
    }
    assert len(owed) == 3
    assert all(word in page for word in owed)
    for one in (*account["sovereignty"]["dimensions"], *account["sovereignty"]["gates"]):
        assert one["title"] in page
    for row in (*account["never_verifiable"], *account["never_notes"]):
        assert row in page
    assert account["openness"]["class_word"] in page


@pytest.mark.slow
def test_it_runs_by_hand_with_no_settings_and_no_database(tmp_path):
    clean = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "HOME")}
    shutil.copytree(OPEN, tmp_path / "model")
    done = subprocess.run(
        [sys.executable, "manage.py", "check_model", str(tmp_path / "model")],
        cwd=ROOT,
        env={**clean, "VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == FAILED
    assert "Traceback" not in done.stderr
    assert "MIT License" in done.stdout


def exported(tmp_path, *arguments):
    bill, openness = tmp_path / "model.cdx.json", tmp_path / "mof.yml"
    named = ("--name", "Deichlicht Mini", "--model-version", "1.1.0", "--supplier", "Institut")
    said(OPEN, *named, "--ml-bom", bill, "--mof", openness, *arguments)
    return json.loads(bill.read_text("utf-8")), yaml.safe_load(openness.read_text("utf-8"))


@pytest.mark.parametrize("version", ["1.6", "1.7"])
def test_a_bill_and_an_openness_file_are_written_where_asked_for(tmp_path, version):
    bill, openness = exported(tmp_path, "--ml-bom-version", version)
    assert faults(bill, version, name="bill") == ()
    component = bill["metadata"]["component"]
    assert (component["name"], component["version"]) == ("Deichlicht Mini", "1.1.0")
    assert component["licenses"][0]["license"]["id"] == "MIT"
    assert mof_faults(openness) == []
    assert openness["release"]["producer"] == "Institut"


def test_a_bill_alone_goes_to_the_terminal():
    bill = json.loads(said(OPEN, "--ml-bom", "-"))
    assert bill["metadata"]["component"]["name"] == "model"


def test_a_bill_that_cannot_be_written_says_so(tmp_path):
    assert "give one of them a file" in refused(OPEN, "--json", "--ml-bom", "-")
    assert "choose another place" in refused(OPEN, "--ml-bom", tmp_path / "no" / "bill.json")
    assert "choose another place" in refused(OPEN, "--mof", tmp_path)
