"""What a text means, and what an organisation may decide about it."""

from datetime import date

import pytest

from models_registry.checks.catalogue import load
from models_registry.checks.licences.assessing import assess, riders_of
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.licences.clauses import Effect
from models_registry.checks.licences.decision import OwnDecision, planned_on
from models_registry.checks.licences.verdicts import LicenceVerdict as V
from tests.models_registry.checks.licences.samples import APACHE, HEADED_MIT, KIMI, text_of

KNOWN = licences(load())


def found(text):
    return assess(text_of(text), KNOWN)


def test_plain_mit_meets():
    assert found(HEADED_MIT).verdict is V.MEETS
    assert found(HEADED_MIT).confidence == "high"


@pytest.mark.parametrize(
    "text", [KIMI, KIMI.replace("Kimi K2", "Kimi K2 Thinking"), KIMI.replace("Kimi K2", "Other")]
)
def test_the_kimi_clause_is_contested_with_both_arguments_whatever_the_product(text):
    finding = found(text)
    assert finding.verdict is V.CONTESTED
    assert finding.arguments == ("display_above_threshold",)
    arguments = KNOWN.arguments[finding.arguments[0]]
    assert len(arguments.for_meeting) == len(arguments.against_meeting) == 5
    assert arguments.settles


def test_a_threshold_that_ends_permission_likely_fails():
    changed = KIMI.replace(
        'prominently\ndisplay "Kimi K2" on the user interface of such product or service',
        "request a licence from us",
    )
    assert found(changed).verdict is V.LIKELY_FAILS
    assert Effect.SEPARATE_LICENCE in found(changed).effects


def test_a_rider_without_known_words_leaves_the_verdict_unknown():
    rider = (
        "Whoever earns well from it sends the authors of this a postcard every year, and a parcel."
    )
    finding = found(f"{HEADED_MIT}\n\n{rider}")
    assert finding.verdict is V.UNKNOWN
    assert len(riders_of(text_of(f"{HEADED_MIT}\n\n{rider}"), finding)) == 1


def test_of_two_licences_the_strictest_counts():
    assert found(f"{APACHE}\n\n{HEADED_MIT}").verdict is V.MEETS
    assert found(f"{APACHE}\n\n{KIMI}").verdict is V.CONTESTED


def decided(plan=V.LIKELY_MEETS, text="abc"):
    return OwnDecision(
        plan, "It asks for attribution only.", "A. Officer", date(2026, 11, 23), text
    )


def test_the_cautious_branch_is_planned_on_until_somebody_decides():
    arguments = ("display_above_threshold",)
    assert planned_on(V.CONTESTED, arguments, KNOWN, text="abc") is V.LIKELY_FAILS
    own = planned_on(V.CONTESTED, arguments, KNOWN, text="abc", decision=decided())
    assert own is V.LIKELY_MEETS


def test_a_decision_holds_for_the_text_it_was_made_on():
    other = planned_on(V.CONTESTED, (), KNOWN, text="other", decision=decided())
    assert other is V.LIKELY_FAILS


@pytest.mark.parametrize("verdict", [V.FAILS, V.MEETS, V.NOT_APPLICABLE])
def test_what_is_settled_cannot_be_decided_otherwise(verdict):
    assert planned_on(verdict, (), KNOWN, text="abc", decision=decided()) is verdict


def test_what_is_unknown_is_planned_as_failing():
    assert planned_on(V.UNKNOWN, (), KNOWN, decision=decided()) is V.LIKELY_FAILS
    assert planned_on(V.LIKELY_MEETS, (), KNOWN) is V.LIKELY_MEETS


@pytest.mark.parametrize("change", [{"plan": V.FAILS}, {"plan": V.UNKNOWN}])
def test_a_decision_picks_one_of_the_two_sides(change):
    with pytest.raises(ValueError, match="likely"):
        decided(**change)


def test_a_decision_needs_its_reason():
    with pytest.raises(ValueError, match="reason"):
        OwnDecision(V.LIKELY_FAILS, " ", "A. Officer", date(2026, 11, 23), "abc")
