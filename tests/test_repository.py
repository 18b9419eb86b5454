"""What no linter checks: the shape of the repository itself."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from ops.environment import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = {".py": 400, ".js": 400, ".mjs": 400, ".scss": 400, ".html": 150}
MACHINE_PATHS = re.compile(r"/(work|farm|root|home/\w+|Users/\w+)/")
REGISTRY_HOSTS = re.compile(
    r"(pypi|npmjs|yarnpkg)\.(org|com)|pythonhosted\.org|(deb|security)\.debian\.org"
)
NOT_UNDER_OUR_POLICY = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "a data: address": re.compile(r"""["'(]data:""", re.IGNORECASE),
}
PINNED = re.compile(r"^[\w.-]+(\[[\w,]+\])?==(?P<version>\S+)\s+# \S.+$")


def files_of_the_project():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def texts_of_the_project():
    for path in files_of_the_project():
        try:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def templates():
    return [(path, text) for path, text in texts_of_the_project() if path.suffix == ".html"]


def contracts():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def local_apps():
    return {
        config.name
        for config in apps.get_app_configs()
        if Path(config.path).parent == ROOT and config.name != "tests"
    }


def test_no_file_grows_past_its_limit():
    lengths = {
        str(path): len(text.splitlines())
        for path, text in texts_of_the_project()
        if path.suffix in MOST_LINES
    }
    assert {
        path: length for path, length in lengths.items() if length > MOST_LINES[Path(path).suffix]
    } == {}


@pytest.mark.parametrize("forbidden", [MACHINE_PATHS, REGISTRY_HOSTS], ids=["path", "host"])
def test_nothing_ties_the_project_to_one_machine(forbidden):
    here = Path(__file__).relative_to(ROOT)
    found = {
        str(path): match.group()
        for path, text in texts_of_the_project()
        if path != here and (match := forbidden.search(text))
    }
    assert found == {}


@pytest.mark.parametrize("what", NOT_UNDER_OUR_POLICY)
def test_no_template_holds_what_the_content_security_policy_refuses(what):
    pattern = NOT_UNDER_OUR_POLICY[what]
    assert [str(path) for path, text in templates() if pattern.search(text)] == []


def test_every_local_app_is_under_the_import_contracts():
    rules = contracts()
    inside_apps = next(c for c in rules["contracts"] if "containers" in c)
    assert local_apps() <= set(rules["root_packages"])
    assert local_apps() <= set(inside_apps["containers"])


def test_every_local_package_is_type_checked():
    checked = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["packages"]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages <= set(checked)


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_a_reason(name):
    lines = (ROOT / name).read_text().splitlines()
    packages = [line for line in lines if line and not line.startswith(("#", "-r"))]
    assert [line for line in packages if not PINNED.match(line)] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_constraints_agree_with_the_pins(name):
    constrained = set((ROOT / "constraints.txt").read_text().splitlines())
    pins = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    wanted = {f"{re.sub('[-_.]+', '-', package).lower()}=={version}" for package, version in pins}
    assert wanted <= constrained


def test_the_lock_file_names_no_download_address():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []


def test_the_readme_lists_every_setting():
    read = set()
    for path in (ROOT / "config").glob("*.py"):
        calls = r"env(?:ironment)?\.\w+\(\s*\"([A-Z_]+)\""
        read |= set(re.findall(calls, path.read_text()))
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert listed == read == SETTINGS - {"DJANGO_SETTINGS_MODULE"}
