import pytest

from models_registry.checks.catalogue import load
from models_registry.checks.compute import margins, modification, training_compute

CATALOGUE = load()


def test_six_operations_for_each_active_parameter_and_token():
    assert training_compute(32e9, 15.5e12) == pytest.approx(2.976e24)


@pytest.mark.parametrize(("parameters", "tokens"), [(0, 1e12), (1e9, 0), (-1, 1)])
def test_nothing_follows_from_nothing(parameters, tokens):
    with pytest.raises(ValueError, match="above zero"):
        training_compute(parameters, tokens)


def test_both_thresholds_with_the_distance():
    general, systemic = margins(2.976e24, CATALOGUE)
    assert (general.threshold, general.reached, general.near) == ("general_purpose", True, False)
    assert (systemic.threshold, systemic.reached) == ("systemic_risk", False)
    assert systemic.ratio == pytest.approx(0.2976)


def test_what_an_error_of_half_would_decide_is_near():
    assert margins(6e24, CATALOGUE)[1].near
    assert not margins(4.9e24, CATALOGUE)[1].near


def test_a_third_of_the_original_makes_a_provider():
    found = modification(1.1e24, CATALOGUE, original=3e24, systemic_risk=False)
    assert found.becomes_provider
    assert found.limit == pytest.approx(1e24)
    assert not modification(9e23, CATALOGUE, original=3e24, systemic_risk=False).becomes_provider


@pytest.mark.parametrize(("systemic", "limit"), [(False, 1e23 / 3), (True, 1e25 / 3)])
def test_of_an_unknown_original_a_third_of_the_threshold(systemic, limit):
    found = modification(1e22, CATALOGUE, original=None, systemic_risk=systemic)
    assert found.limit == pytest.approx(limit)
    assert not found.limit_from_original
