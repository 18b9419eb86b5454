"""Which checks of models are evidence for which duties."""

import pytest

from assessments.duty_checks import points_of


@pytest.mark.parametrize(
    ("duty", "provision", "check"),
    [
        ("AIA-053-1a", "Annex XI(1)(2)(d)", "D10"),
        ("AIA-053-1b", "Annex XII(1)(a)", "D03"),
        ("AIA-054-1", "Art 54(1)", "V09"),
        ("AIA-055-1a", "Art 55(1)(a)", "D21"),
        ("AIA-055-1a", "Art 55(1)(a)", "V03"),
        ("AIA-055-1b", "Art 55(1)(b)", "D22"),
        ("AIA-055-1c", "Art 55(1)(c)", "D23"),
        ("AIA-055-1d", "Art 55(1)(d)", "D24"),
        ("AIA-055-2", "Art 55(2)", "V08"),
        ("AIA-025-4", "Art 25(4)", "V11"),
        ("AIA-013-2", "Art 13(3)(b)", "D02"),
        ("AIA-013-2", "Art 13(3)(b)(ii)", "R01"),
        ("AIA-013-2", "Art 13(3)(e)", "D04"),
        ("AIA-015-1", "Art 15(1)", "R01"),
        ("AIA-015-5", "Art 15(5)", "W06"),
        ("AIA-ANX4-2", "Annex IV(2)(g)", "R01"),
    ],
)
def test_a_duty_about_a_model_rests_on_the_checks_that_speak_of_it(duty, provision, check):
    assert check in points_of(duty)[provision]


def test_a_certificate_of_controls_is_no_evidence_that_a_model_is_protected():
    assert {"V06", "V07"}.isdisjoint(points_of("AIA-055-1d")["Art 55(1)(d)"])


@pytest.mark.parametrize("duty", ["AIA-013-1", "AIA-017-1", "AIA-026-9", "AIA-none"])
def test_what_no_check_speaks_of_rests_on_none(duty):
    assert points_of(duty) == {}
