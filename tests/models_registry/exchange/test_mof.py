from datetime import date
from pathlib import Path

import pytest
import yaml

from models_registry.exchange.mof import mof, mof_faults, mof_yaml
from tests.models_registry.exchange.test_mlbom import FILES, account, checks

MADE_ON = date(2026, 11, 23)
WHO = {"name": "Deichlicht Mini", "version": "1.1.0", "producer": "Institut", "made_on": MADE_ON}


@pytest.fixture(scope="module")
def told():
    return account(FILES)


def components(content):
    return {one["name"]: one for one in content["release"]["components"]}


def test_the_file_follows_the_schema_and_names_what_was_found(told):
    content = yaml.safe_load(mof_yaml(mof(told, **WHO), told))
    assert mof_faults(content) == []
    found = components(content)
    assert found["Model parameters (Final)"] == {
        "name": "Model parameters (Final)",
        "description": "Evidence: verified. The licence was made for other things.",
        "license": "MIT",
        "license_path": "LICENSE",
        "component_path": "model.safetensors",
    }
    assert "Training code" not in found
    assert content["release"]["license"] == {"distribution": {"name": "MIT", "path": "LICENSE"}}


def test_its_first_lines_say_the_class_that_our_findings_give(told):
    first, second = mof_yaml(mof(told, **WHO), told).splitlines()[:2]
    assert first == "# Class by the findings of 2026-11-23: none."
    assert second.startswith("# Share of the required components: class III 83 %")


def test_our_own_reader_bears_the_file_out(told):
    again = checks(account(FILES | {"mof.yml": mof_yaml(mof(told, **WHO), told)}))["B07"]
    assert (again["verdict"], again["reason_id"]) == ("pass", "borne_out")


@pytest.mark.parametrize(
    ("licence", "named"),
    [(None, "unlicensed"), ("You may look at it on Tuesdays. " * 40, "other")],
)
def test_without_a_licence_that_is_known_none_is_made_up(licence, named):
    files = {path: content for path, content in FILES.items() if path != "LICENSE"}
    files["README.md"] = files["README.md"].replace(b"license: mit\n", b"")
    if licence:
        files["LICENSE"] = licence
    made = mof(account(files), **WHO)
    assert mof_faults(made) == []
    assert {one["license"] for one in made["release"]["components"]} <= {named}


@pytest.mark.parametrize(
    ("takes", "gives", "kind"),
    [
        (("text",), ("text",), "language"),
        (("text", "image"), ("text",), "multimodal"),
        (("image",), ("image",), "image"),
        (("smell",), (), "other"),
        ((), (), ""),
    ],
)
def test_the_type_follows_from_the_modalities(takes, gives, kind):
    made = mof(account(FILES, input_modalities=takes, output_modalities=gives), **WHO)
    assert made["release"]["type"] == kind
    assert mof_faults(made) == []


def test_the_day_of_release_comes_first(told):
    made = mof(told, **WHO, released_on=date(2025, 5, 1), origin="Harbour Base")
    assert (made["release"]["date"], made["release"]["origin"]) == ("2025-05-01", "Harbour Base")


def test_hostile_names_stay_values(told):
    name = "x\n- !!python/object/apply:os.system ['id']\n# \u2028\x85{}&a *a"
    content = mof(told, **{**WHO, "name": name, "producer": "!!binary |"})
    assert yaml.safe_load(mof_yaml(content, told)) == content


def test_faults_are_found():
    assert len(mof_faults({"framework": {}, "release": {"components": [{"name": "Soul"}]}})) > 3


def test_the_schema_lies_where_the_documentation_says():
    page = Path(__file__).resolve().parents[3] / "docs" / "exchange.md"
    assert "models_registry/exchange/schema/mof.json" in page.read_text(encoding="utf-8")
