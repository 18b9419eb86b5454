"""The decision tree of the exemption: known outcomes, and what holds for all of them."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models_registry.checks.catalogue import load
from models_registry.checks.context import Context
from models_registry.checks.exemption import (
    Circumstances,
    exemption_of,
    territory_of,
)
from models_registry.checks.exemption_material import circumstances_of
from models_registry.checks.exemption_telling import notes, told_steps
from models_registry.checks.intake.folder import FolderMaterial
from models_registry.checks.licences import CHECKS
from models_registry.checks.licences.verdicts import LicenceVerdict as V
from models_registry.checks.running import run
from tests.models_registry.checks.licences.samples import HEADED_MIT, KIMI

YES_NO = [one.name for one in fields(Circumstances) if not one.name.startswith("licence")]
PUBLIC = dict.fromkeys(
    ["weights_public", "architecture_public", "modalities_described", "capabilities_described",
     "limitations_described"], True
)  # fmt: skip
FREE = dict.fromkeys(
    ["paid_licence_for_some_uses", "paid_above_a_scale", "paid_support_needed",
     "purchase_obligatory", "hosted_only_for_payment", "personal_data_beyond_security"], False
)  # fmt: skip
FREE_AND_PUBLIC: dict[str, Any] = PUBLIC | FREE
OPEN_MODEL = Circumstances(
    general_purpose=True,
    systemic_risk=False,
    licence=V.MEETS,
    gated=False,
    excluded_from_union=False,
    provider_outside_union=True,
    **FREE_AND_PUBLIC,
)


def test_an_open_model_without_strings_is_exempt():
    found = exemption_of(OPEN_MODEL)
    assert (found.verdict, found.representative, found.open) == (V.MEETS, V.MEETS, ())


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"general_purpose": False}, V.NOT_APPLICABLE),
        ({"systemic_risk": True}, V.FAILS),
        ({"licence": V.CONTESTED}, V.CONTESTED),
        ({"licence": V.LIKELY_FAILS}, V.LIKELY_FAILS),
        ({"licence": V.FAILS}, V.FAILS),
        ({"paid_above_a_scale": True, "only_between_microenterprises": False}, V.FAILS),
        ({"paid_above_a_scale": True, "only_between_microenterprises": True}, V.MEETS),
        ({"paid_above_a_scale": True}, V.UNKNOWN),
        ({"personal_data_beyond_security": True, "only_between_microenterprises": True}, V.FAILS),
        ({"weights_public": False}, V.FAILS),
        ({"limitations_described": False}, V.FAILS),
        ({"limitations_described": None}, V.UNKNOWN),
        ({"excluded_from_union": True}, V.FAILS),
        ({"gated": True, "gate_for_security_only": True, "gate_discriminates": False}, V.MEETS),
        ({"gated": True, "gate_for_security_only": False}, V.FAILS),
        ({"gated": True, "gate_discriminates": True}, V.FAILS),
        ({"gated": True}, V.UNKNOWN),
        ({"general_purpose": None}, V.UNKNOWN),
        ({"systemic_risk": None}, V.UNKNOWN),
        ({"systemic_risk": None, "licence": V.FAILS}, V.FAILS),
    ],
)
def test_one_change_leads_to_its_verdict(change, verdict):
    assert exemption_of(replace(OPEN_MODEL, **change)).verdict is verdict


def test_the_span_is_told_while_the_verdict_is_open():
    found = exemption_of(replace(OPEN_MODEL, licence=V.CONTESTED, gated=None))
    assert (found.at_best, found.at_worst, found.open) == (V.CONTESTED, V.FAILS, ("gated",))


def test_a_provider_in_the_union_names_no_representative():
    inside = replace(OPEN_MODEL, provider_outside_union=False)
    assert exemption_of(inside).representative is V.NOT_APPLICABLE


def test_nothing_known_is_unknown_and_asks_for_everything_that_counts():
    found = exemption_of(Circumstances())
    assert found.verdict is V.UNKNOWN
    assert (found.at_best, found.at_worst) == (V.MEETS, V.FAILS)
    assert "licence" in found.open
    assert "general_purpose" in found.open


three_valued = st.sampled_from([None, True, False])
circumstances = st.builds(
    Circumstances,
    licence=st.sampled_from([v for v in V if v is not V.NOT_APPLICABLE]),
    **dict.fromkeys(YES_NO, three_valued),
)


@settings(max_examples=800, deadline=None)
@given(circumstances, st.sampled_from([*YES_NO, "licence"]), st.data())
def test_one_more_answer_never_overturns_a_decided_verdict(known, name, data):
    before = exemption_of(known)
    if getattr(known, name) not in (None, V.UNKNOWN):
        return
    values = [v for v in V if v not in (V.UNKNOWN, V.NOT_APPLICABLE)]
    answer = data.draw(st.sampled_from(values) if name == "licence" else st.booleans())
    after = exemption_of(replace(known, **{name: answer}))
    # A model that carries systemic risk and yet is no general-purpose one does not exist.
    if before.verdict is not V.UNKNOWN and not after_is_odd(known, name):
        assert after.verdict is before.verdict
    if before.representative is not V.UNKNOWN and not after_is_odd(known, name):
        assert after.representative is before.representative


def after_is_odd(known, name):
    return known.general_purpose is False and name == "systemic_risk"


@settings(max_examples=400, deadline=None)
@given(circumstances)
def test_systemic_risk_is_never_exempt(known):
    found = exemption_of(replace(known, systemic_risk=True))
    assert found.verdict is V.FAILS
    assert found.representative in (V.FAILS, V.NOT_APPLICABLE, V.UNKNOWN)


@settings(max_examples=400, deadline=None)
@given(circumstances)
def test_an_open_verdict_names_what_would_settle_it_and_a_decided_one_nothing(known):
    found = exemption_of(known)
    assert bool(found.open) == (found.verdict is V.UNKNOWN)
    assert all(getattr(known, name) in (None, V.UNKNOWN) for name in found.open)


@settings(max_examples=300, deadline=None)
@given(circumstances)
def test_each_step_and_fact_has_its_words(known):
    catalogue = load()
    steps, facts = catalogue.section("exemption_steps"), catalogue.section("exemption_facts")
    for step in exemption_of(known).steps:
        assert step.reason in steps[step.id]["reasons"]
        assert set(step.open) <= set(facts)


@pytest.mark.parametrize(
    ("excluded", "market", "affected", "right", "provider"),
    [
        (True, True, True, False, True),
        (True, False, True, None, False),
        (True, None, True, False, None),
        (True, True, False, True, False),
        (True, True, None, None, None),
        (False, True, True, True, False),
        (None, True, True, None, None),
    ],
)
def test_whoever_integrates_what_excludes_the_union_is_its_provider(
    excluded, market, affected, right, provider
):
    found = territory_of(excluded, for_union_market=market, for_affected_model=affected)
    assert (found.right_to_use, found.integrator_is_provider) == (right, provider)
    assert found.reason in load().section("exemption_steps")["territory"]["reasons"]


def context_of(folder, **claims):
    context = Context(FolderMaterial(folder), load(), date(2026, 11, 23), claims)
    results = {result.check: result for result in run(context, (CHECKS,))}
    return replace(context, results=results)


def test_material_and_register_fill_the_circumstances(tmp_path):
    (tmp_path / "LICENSE").write_text(KIMI)
    (tmp_path / "README.md").write_text("---\nlicense: other\n---\n")
    known = circumstances_of(
        context_of(
            tmp_path,
            access="open_weights",
            training_compute=3.0e24,
            designated_systemic_risk=False,
            limitations_described=False,
            **FREE,
        )
    )
    assert known.general_purpose is True
    assert known.systemic_risk is False
    assert known.licence is V.CONTESTED
    assert known.licence_arguments == ("display_above_threshold",)
    assert (known.gated, known.excluded_from_union, known.weights_public) == (False, False, True)
    assert exemption_of(known).verdict is V.FAILS


def test_a_stricter_ancestor_decides_over_the_licence_given(tmp_path):
    (tmp_path / "LICENSE").write_text(HEADED_MIT)
    known = circumstances_of(
        context_of(tmp_path, lineage=(("base", "finetune", "llama-3.1"),), access="api_only")
    )
    assert known.licence is V.FAILS
    assert known.weights_public is False


def test_compute_above_the_presumption_is_systemic_risk(tmp_path):
    assert circumstances_of(context_of(tmp_path, training_compute=5e25)).systemic_risk is True
    assert circumstances_of(context_of(tmp_path, training_compute=5e24)).systemic_risk is None
    assert circumstances_of(context_of(tmp_path)).general_purpose is None


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_steps_are_told_with_citations_questions_and_both_sides(language):
    contested = replace(
        OPEN_MODEL,
        licence=V.CONTESTED,
        licence_arguments=("display_above_threshold",),
        limitations_described=None,
    )
    told = {s.id: s for s in told_steps(exemption_of(contested), load(), language)}
    assert list(told) == [
        "general_purpose", "systemic_risk", "licence", "monetisation", "publication", "access"
    ]  # fmt: skip
    assert all(
        step.title and step.reason and step.act and step.guidelines for step in told.values()
    )
    assert told["licence"].arguments[0].for_meeting
    assert [name for name, _ in told["publication"].questions] == ["limitations_described"]
    assert "C(2025) 7719" in notes(load(), language)["numbering"]
    assert next(iter(notes(load(), language))) == "numbering"
