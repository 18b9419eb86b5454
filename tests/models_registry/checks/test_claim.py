"""What models say of the claim that open weights leave one better off."""

import pytest

from models_registry.checks.catalogue import load
from models_registry.checks.results import Strength
from models_registry.checks.sovereignty.claim import (
    LEAST_MODELS,
    Finding,
    Outcome,
    finding_of,
    measured,
    outcome_of,
    side_of,
)
from models_registry.checks.sovereignty.deployment import Deployment, Known, of_starter
from models_registry.checks.sovereignty.levels import Level, NotApplicable, Origin
from models_registry.checks.starter import starter

CATALOGUE = load()


def level(low, high=None, because=("training_data_disclosure",)):
    top = low if high is None else high
    return Level(low, top, Strength.ASSERTED, Origin.REGISTER, because)


def side(*levels):
    return side_of(level(one) if isinstance(one, int) else one for one in levels)


def a_model(access="open_weights", **values):
    known = {"access": access, **values}
    return Deployment(
        catalogue=CATALOGUE,
        values={
            name: Known(value, Strength.ASSERTED, Origin.REGISTER, "test")
            for name, value in known.items()
        },
    )


def quality(found, name):
    return next(one for one in found.qualities if one.id == name)


def measure(found, criterion):
    return next(m for one in found.qualities for m in one.measures if m.criterion == criterion)


def test_what_is_not_known_lowers_the_coverage_and_not_the_median():
    some = side(3, 3, 2, None, None)
    assert (some.known, some.asked) == (3, 5)
    assert some.median == (3, 3)
    assert (some.lowest, some.highest) == (2, 3)


def test_what_cannot_be_asked_is_not_asked_and_a_wide_span_is_not_known():
    some = side(2, NotApplicable(("access",)), level(0, 3))
    assert (some.known, some.asked) == (1, 2)


def test_a_level_between_two_has_a_place_between_them():
    assert side(0, level(0, 1), level(2, 3), 3).places == (1, 1, 0, 0, 0, 1, 1)


def test_strengths_are_counted():
    assert side(1, 2, None).strengths[Strength.ASSERTED] == 2


@pytest.mark.parametrize(
    ("open_side", "closed_side", "finding"),
    [
        (side(3, 3, 2), side(0, 1, 1), Finding.HOLDS),
        (side(0, 0, 1), side(2, 2, 2), Finding.REVERSED),
        (side(1, 1, 1), side(1, 1, 1), Finding.NO_DIFFERENCE),
        (side(*[level(1, 2)] * 3), side(2, 2, 2), Finding.NO_DIFFERENCE),
        (side(3, 3), side(0, 0, 0), Finding.TOO_LITTLE),
        (side(3, 3, 3), side(0, 0), Finding.TOO_LITTLE),
        (side(3, 3, 3, None, None, None), side(0, 0, 0), Finding.HOLDS),
        (side(3, 3, 3, None, None, None, None), side(0, 0, 0), Finding.TOO_LITTLE),
        (side(3, 3, 3), side(*[NotApplicable()] * 3), Finding.ONE_SIDED),
        (side(), side(0, 0, 0), Finding.ONE_SIDED),
    ],
)
def test_one_criterion_is_judged_by_its_medians_and_only_where_enough_is_known(
    open_side, closed_side, finding
):
    assert finding_of(open_side, closed_side) is finding


def test_what_follows_from_the_words_alone_proves_nothing():
    word = [level(2, because=("weights_available",))] * LEAST_MODELS
    other = [level(0, because=("access",))] * LEAST_MODELS
    assert finding_of(side(*word), side(*other)) is Finding.BY_DEFINITION
    assert finding_of(side(2, 2, 2), side(*other)) is Finding.HOLDS


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ("holds holds no_difference", Outcome.HOLDS),
        ("holds no_difference", Outcome.PARTLY),
        ("holds holds reversed", Outcome.PARTLY),
        ("by_definition by_definition", Outcome.PARTLY),
        ("no_difference reversed", Outcome.DOES_NOT_HOLD),
        ("holds too_little", Outcome.HOLDS),
        ("holds too_little too_little", Outcome.TOO_LITTLE),
        ("holds one_sided one_sided", Outcome.HOLDS),
        ("too_little", Outcome.TOO_LITTLE),
        ("one_sided", Outcome.TOO_LITTLE),
        ("", Outcome.TOO_LITTLE),
    ],
)
def test_a_quality_holds_where_more_than_half_of_what_can_be_judged_does(findings, outcome):
    assert outcome_of(Finding(name) for name in findings.split()) is outcome


def test_models_of_which_nobody_knows_whether_they_are_open_are_left_out_and_named():
    found = measured(
        {"a": a_model(), "b": a_model(access=None), "c": a_model("api_only")}, CATALOGUE
    )
    assert (found.open, found.closed, found.unclear) == (1, 1, ("b",))


def test_no_models_at_all_can_be_judged_by_nothing():
    found = measured({}, CATALOGUE)
    assert {one.outcome for one in found.qualities} == {Outcome.TOO_LITTLE}
    assert all(one.coverage(closed=False) == (0, 0) for one in found.qualities)


def test_every_criterion_is_measured_once():
    found = measured({"a": a_model()}, CATALOGUE)
    names = [one.criterion for part in found.qualities for one in part.measures]
    assert sorted(names) == sorted(CATALOGUE.section("sovereignty_criteria"))


def test_open_models_that_stand_no_higher_are_named():
    models = {f"o{n}": a_model(training_data_disclosure="open_data") for n in range(3)}
    models["shut"] = a_model(training_data_disclosure="undisclosed")
    models |= {
        f"c{n}": a_model("api_only", training_data_disclosure="undisclosed") for n in range(3)
    }
    one = measure(measured(models, CATALOGUE), "TRA-3")
    assert one.finding is Finding.HOLDS
    assert one.against == ("shut",)


def test_the_starter_catalogue_does_not_bear_out_the_claim_on_everything():
    models = {name: of_starter(one, CATALOGUE) for name, one in starter(CATALOGUE).models.items()}
    found = measured(models, CATALOGUE)
    assert (found.open, found.closed) == (53, 11)
    assert found.free < found.open
    expected = {
        "ICL-1": Finding.HOLDS,
        "INN-1": Finding.HOLDS,
        "TRA-1": Finding.BY_DEFINITION,
        "TRA-3": Finding.NO_DIFFERENCE,
        "REG-5": Finding.REVERSED,
        "ICL-3": Finding.TOO_LITTLE,
        "ICL-6": Finding.ONE_SIDED,
    }
    assert {name: measure(found, name).finding for name in expected} == expected
    for name in ("transparency", "auditability", "independence"):
        assert quality(found, name).claimed
        assert quality(found, name).outcome is Outcome.TOO_LITTLE
