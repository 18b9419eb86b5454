from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models_registry.checks.account import account_of
from models_registry.checks.bills.schemas import faults
from models_registry.checks.catalogue import load
from models_registry.checks.examining import examine
from models_registry.checks.intake.hashing import hashed
from models_registry.exchange.licence_choice import is_expression, licence_choice
from models_registry.exchange.mlbom import SPECS, BaseModel, ml_bom
from tests.models_registry.checks.making import ON, material_of, safetensors

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "model"
SERIAL = "6f6a2f9e-6f1c-4f6e-9d1a-1d2c3b4a5f60"
FILES = {
    path.relative_to(EXAMPLE).as_posix(): path.read_bytes()
    for path in EXAMPLE.rglob("*")
    if path.is_file() and path.name != "bom.cdx.json"
}
CLAIMS = {"input_modalities": ("text", "image"), "output_modalities": ("text",)}


def account(files, language="en", **claims):
    found = examine(hashed(material_of(files)), load(), on=ON, claims=claims)
    return account_of(found, language)


def bill(told, **options):
    given = {
        "name": "Deichlicht Mini",
        "version": "1.1.0",
        "supplier": "Institut Beispielsprache e. V.",
        "licence_id": "mit",
        "serial": SERIAL,
        "made_on": date(2026, 11, 23),
    }
    return ml_bom(told, **(given | options))


@pytest.fixture(scope="module")
def told():
    return account(FILES, **CLAIMS)


def model(made):
    return made["metadata"]["component"]


def checks(told):
    return {check["id"]: check for group in told["groups"] for check in group["checks"]}


def properties(part):
    return {one["name"]: one["value"] for one in part["properties"]}


@pytest.mark.parametrize("spec", SPECS)
def test_a_bill_follows_the_schema_of_its_version(told, spec):
    bases = [BaseModel("Harbour Base", "3", "fine_tune"), BaseModel("Quay")]
    assert faults(bill(told, spec=spec, base_models=bases), spec, name="bom") == ()


@pytest.mark.parametrize("spec", SPECS)
def test_our_own_reader_finds_in_a_bill_what_was_put_into_it(told, spec):
    again = account(FILES | {"bom.cdx.json": bill(told, spec=spec)}, **CLAIMS)
    read = checks(again)
    assert {name: read[name]["verdict"] for name in ("B01", "B02", "B04")} == {
        "B01": "pass",
        "B02": "pass",
        "B04": "pass",
    }
    assert read["B05"]["verdict"] == "partial"
    facts = {fact["name"] for fact in again["facts"] if fact["check"] == "B03"}
    assert facts == {
        "bill_architecture",
        "bill_data_sets",
        "bill_inputs",
        "bill_outputs",
        "bill_metrics",
        "bill_use_cases",
        "bill_limitations",
        "bill_ethics",
    }
    without = {fact["name"]: fact for fact in again["facts"] if fact["name"][:4] != "bill"}
    assert without == {fact["name"]: fact for fact in told["facts"]}


def test_every_file_seen_here_stands_with_its_hash_and_the_model_with_that_of_its_weights(told):
    made = model(bill(told))
    listed = {one["name"]: one["hashes"][0]["content"] for one in made["components"]}
    assert listed == {one["path"]: one["sha256"] for one in told["material"]["listed"]}
    assert made["hashes"][0]["content"] == listed["model.safetensors"]


def test_weights_in_several_files_are_named_by_the_root_over_them():
    shards = {
        f"model-0000{n}-of-00002.safetensors": safetensors({f"w{n}": ("BF16", [2, 2])})
        for n in (1, 2)
    }
    told = account({**shards, "config.json": {"architectures": ["LlamaForCausalLM"]}})
    roots = [one["value"] for one in told["facts"] if one["name"] == "weights_fingerprint"]
    made = bill(told)
    assert [one["content"] for one in model(made)["hashes"]] == roots
    assert checks(account({**shards, "bom.json": made}))["B04"]["verdict"] in ("pass", "partial")


def test_a_hash_that_was_only_told_is_not_passed_on(told):
    only_told = {**told, "material": {**told["material"], "listed": []}}
    for file in told["material"]["listed"]:
        only_told["material"]["listed"].append({**file, "seen_here": False})
    only_told["facts"] = [
        {**fact, "strength": "asserted"} if fact["name"] == "weights_fingerprint" else fact
        for fact in told["facts"]
    ]
    made = model(bill(only_told))
    assert "hashes" not in made
    assert "components" not in made


def test_results_and_facts_are_kept_as_properties(told):
    made = bill(told)
    kept, facts = properties(model(made)), properties(model(made)["modelCard"])
    assert (kept["drawbridge:check:W02:verdict"], kept["drawbridge:check:W02:strength"]) == (
        "pass",
        "verified",
    )
    assert kept["drawbridge:licence:verdict"] == "meets"
    assert facts["drawbridge:fact:parameters_total"] == "7936"
    assert facts["drawbridge:fact:parameters_total:strength"] == "verified"
    assert properties(made["metadata"])["drawbridge:catalogue"] == told["catalogue"]


def test_the_card_quotes_where_a_thing_is_described_and_invents_nothing(told):
    card = model(bill(told))["modelCard"]
    assert card["modelParameters"]["modelArchitecture"] == "Qwen3MoeForCausalLM"
    assert "approach" not in card["modelParameters"]
    assert card["quantitativeAnalysis"]["performanceMetrics"] == [
        {"type": "accuracy", "value": "31.5", "slice": "Harbour Questions"}
    ]
    (limits, *_) = card["considerations"]["technicalLimitations"]
    assert limits == "Limitations (README.md, line 59)"
    german = model(bill(account(FILES, "de")))["modelCard"]["considerations"]
    assert german["technicalLimitations"][0] == "Limitations (README.md, Zeile 59)"


@pytest.mark.parametrize(
    ("named", "choice"),
    [
        ("mit", {"license": {"id": "MIT", "acknowledgement": "concluded"}}),
        ("MIT", {"license": {"id": "MIT", "acknowledgement": "concluded"}}),
        ("Apache-2.0", {"license": {"id": "Apache-2.0", "acknowledgement": "declared"}}),
        ("EUPL-1.2", {"license": {"id": "EUPL-1.2", "acknowledgement": "declared"}}),
        ("MIT OR Apache-2.0", {"expression": "MIT OR Apache-2.0", "acknowledgement": "declared"}),
        ("House terms", {"license": {"name": "House terms", "acknowledgement": "declared"}}),
    ],
)
def test_a_licence_is_named_by_identifier_expression_or_name(told, named, choice):
    assert licence_choice(named, told) == [choice]
    for spec in SPECS:
        assert faults(bill(told, licence_id=named, spec=spec), spec, name="bom") == ()


def test_a_licence_of_the_catalogue_without_identifier_goes_by_its_name(told):
    ((given,),) = ([one["license"] for one in licence_choice("llama-4-community", told)],)
    assert "id" not in given
    assert given["name"]


def test_no_licence_no_supplier_and_no_version_leave_their_fields_out(told):
    made = model(bill(told, licence_id=" ", supplier="", version=""))
    assert not {"licenses", "supplier", "version"} & set(made)
    assert faults(bill(told, licence_id="", supplier="", version=""), "1.6", name="bom") == ()


@pytest.mark.parametrize("text", ["MIT OR", "MIT", "MIT OR Nonsense", "(MIT OR Apache-2.0", ""])
def test_not_everything_is_an_expression(text):
    assert not is_expression(text)


def test_ancestors_come_from_the_register_or_from_what_the_checks_were_told(told):
    claimed = account(FILES, lineage=(("Harbour Base", "fine_tune", "mit"), "Quay"))
    ancestors = model(bill(claimed))["pedigree"]["ancestors"]
    assert [one["name"] for one in ancestors] == ["Harbour Base", "Quay"]
    assert properties(ancestors[0]) == {"drawbridge:relation": "fine_tune"}
    named = model(bill(claimed, base_models=[BaseModel("Pier", "2")]))["pedigree"]["ancestors"]
    assert [(one["name"], one["version"]) for one in named] == [("Pier", "2")]
    assert "pedigree" not in model(bill(told))


def test_the_moment_has_a_zone(told):
    assert bill(told)["metadata"]["timestamp"] == "2026-11-23T00:00:00+00:00"
    moment = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    assert bill(told, made_on=moment)["metadata"]["timestamp"] == moment.isoformat()


@pytest.mark.parametrize(
    "options", [{"serial": "no uuid"}, {"spec": "1.5"}, {"spec": "9"}], ids=str
)
def test_what_cannot_be_written_is_refused(told, options):
    with pytest.raises(ValueError, match=r"UUID|CycloneDX"):
        bill(told, **options)


@pytest.mark.parametrize("spec", SPECS)
def test_hostile_names_leave_the_bill_valid(spec):
    files = {
        "README.md": "---\ndatasets:\n- '\ud800\"}]}'\n---\n# Limitations\n".encode(
            "utf-8", "surrogatepass"
        )
        + b"\x00<script>alert(1)</script>" * 30,
        "=cmd|' /C calc'!A0.txt": "x",
        "config.json": {"architectures": ["</modelCard>" * 50]},
    }
    made = bill(account(files), name="=1+1", version="\n", supplier='"};', spec=spec)
    assert faults(made, spec, name="bom") == ()


def test_material_without_anything_gives_a_valid_bill():
    for spec in SPECS:
        assert faults(bill(account({"notes.txt": ""}), spec=spec), spec, name="bom") == ()
