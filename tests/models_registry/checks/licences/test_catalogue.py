"""The licence catalogue holds together, and says of each value where it comes from."""

import pytest

from models_registry.checks.catalogue import load
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.licences.clauses import Effect
from models_registry.checks.licences.references import references
from models_registry.checks.licences.verdicts import LicenceVerdict, gravest, together

KNOWN = licences(load())
BY_ID = KNOWN.by_id


def test_all_licences_of_the_plan_are_there():
    assert len(BY_ID) == 63


@pytest.mark.parametrize("licence", BY_ID.values(), ids=lambda licence: licence.id)
def test_a_licence_names_its_sources_and_says_what_is_unverified(licence):
    assert licence.sources
    assert licence.verified == licence.text_read
    if licence.verified:
        assert any(source.kind == "text" for source in licence.sources)


@pytest.mark.parametrize("licence", BY_ID.values(), ids=lambda licence: licence.id)
def test_its_effects_fit_its_conditions_and_its_verdict(licence):
    conditions, effects = licence.conditions, set(licence.effects)
    assert (conditions["commercial_use"] is False) == (Effect.NON_COMMERCIAL in effects)
    assert ("excluded_places" in conditions) == (Effect.GEOGRAPHIC_EXCLUSION in effects)
    assert ("branding" in conditions) == (Effect.BRANDING_DISPLAY in effects)
    if effects & {Effect.NON_COMMERCIAL, Effect.GEOGRAPHIC_EXCLUSION, Effect.SEPARATE_LICENCE}:
        assert licence.verdict is LicenceVerdict.FAILS
    if licence.verdict is LicenceVerdict.MEETS:
        assert not effects


def test_a_contested_licence_has_arguments_on_both_sides_in_both_languages():
    contested = [one for one in BY_ID.values() if one.verdict is LicenceVerdict.CONTESTED]
    assert len(contested) == 9
    for licence in contested:
        arguments = KNOWN.arguments[licence.arguments]
        assert arguments.plan_on is LicenceVerdict.LIKELY_FAILS
        for side in (arguments.for_meeting, arguments.against_meeting):
            assert len(side) >= 2
            assert all(one.text.en and one.text.de for one in side)


def test_references_point_at_licences_that_exist():
    assert {reference.licence for reference in references().all} - {""} <= set(BY_ID)


def test_a_name_that_stands_for_several_texts_means_none_of_them():
    assert len(KNOWN.declared("modified-mit")) > 1
    assert [one.id for one in KNOWN.declared("Apache 2.0")] == ["apache-2.0"]
    assert KNOWN.declared("something") == ()


V = LicenceVerdict


@pytest.mark.parametrize(
    ("verdicts", "whole"),
    [
        ([V.MEETS, V.LIKELY_MEETS], V.LIKELY_MEETS),
        ([V.MEETS, V.CONTESTED], V.CONTESTED),
        ([V.FAILS, V.UNKNOWN], V.FAILS),
        ([V.MEETS, V.UNKNOWN], V.UNKNOWN),
        ([V.CONTESTED, V.UNKNOWN], V.UNKNOWN),
        ([V.NOT_APPLICABLE, V.MEETS], V.MEETS),
    ],
)
def test_verdicts_combine_to_the_gravest_and_stay_unknown_while_open(verdicts, whole):
    assert together(verdicts) is whole


def test_the_gravest_of_none_meets():
    assert gravest([]) is V.MEETS
