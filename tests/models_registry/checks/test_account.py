"""What an account tells is told in words, whatever the material."""

from itertools import product

import pytest

from models_registry.checks.catalogue import load
from models_registry.checks.running import run
from tests.models_registry.checks.documents import test_checks as documents
from tests.models_registry.checks.making import context
from tests.models_registry.checks.own_runs import test_checks as own_runs
from tests.models_registry.checks.summaries import test_checks as summaries
from tests.models_registry.checks.vendors import test_checks as vendors

GROUPS = (documents, summaries, vendors, own_runs)
# The part on the licence tells these.
WITH_LICENCE = {"licence_effects", "licence_reasons", "licence_arguments"}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.__name__.split(".")[-2])
def test_every_fact_that_a_case_gives_has_a_name(group):
    named = load().section("fact_names").keys() | WITH_LICENCE
    results = [
        result
        for case in group.CASES
        for result in run(context(case.files, **case.claims), group.GROUPS)
    ]
    given = {fact.name for result in results for fact in result.facts}
    assert given
    assert given <= named


def test_every_state_has_its_word_in_both_languages():
    words = load().section("words")
    states = {
        "covered": ("whole", "part", "nothing"),
        "owed": ("nothing", "to_you", "to_authorities", "to_public", "not_owed", "open"),
        "mof_state": ("included", "unlicensed", "not_open", "missing"),
        "gate": ("stops", "clear", "open"),
        "criterion": ("known", "bounded", "unknown", "not_applicable"),
        "origin": ("checks", "register", "operator"),
        "frame": ("annex_xi", "annex_xii", "form", "always"),
    }
    wanted = {f"{kind}_{one}" for kind, all_of in states.items() for one in all_of}
    assert wanted <= words.keys()
    for name, language in product(wanted, ("en", "de")):
        assert words[name]["text"][language].strip()
