"""The ceiling of a fine, worked out by hand for each kind of organisation."""

from dataclasses import replace
from decimal import Decimal

import pytest

from law.fines import Ceiling, Offender, ceiling_for

MILLION = Decimal(1_000_000)


def _ceiling(catalogue, fine, **offender):
    return ceiling_for(catalogue.entries.fines[fine], Offender(**offender))


@pytest.mark.parametrize(
    ("fine", "size", "turnover", "amount", "basis"),
    [
        ("art_99_3", "other", 1000, 70, "higher_of"),
        ("art_99_3", "other", 100, 35, "higher_of"),
        ("art_99_3", "sme", 100, 7, "lower_of"),
        ("art_99_3", "sme", 1000, 35, "lower_of"),
        ("art_99_3", "smc", 1000, 70, "higher_of"),
        ("art_99_4_a", "other", 1000, 30, "higher_of"),
        ("art_99_4_a", "sme", 100, 3, "lower_of"),
        ("art_99_4_a", "smc", 100, 3, "lower_of"),
        ("art_99_5", "other", 100, 7.5, "higher_of"),
        ("art_99_5", "sme", 100, 1, "lower_of"),
        ("art_101", "sme", 100, 15, "higher_of"),
        ("art_101", "other", 1000, 30, "higher_of"),
        ("art_99_4_a", "other", 0, 15, "higher_of"),
        ("art_99_4_a", "sme", 0, 0, "lower_of"),
        ("art_99_4_a", "unheard_of", 1000, 30, "higher_of"),
    ],
)
def test_a_company_with_a_known_turnover(catalogue, fine, size, turnover, amount, basis):
    found = _ceiling(catalogue, fine, size_class=size, turnover=turnover * MILLION)
    assert found == Ceiling(Decimal(str(amount)) * MILLION, basis)


def test_without_the_turnover_the_amount_is_a_ceiling_only_where_the_lower_counts(catalogue):
    small = _ceiling(catalogue, "art_99_4_a", size_class="sme")
    assert small == Ceiling(15 * MILLION, "turnover_unknown")
    assert _ceiling(catalogue, "art_99_4_a") == Ceiling(None, "turnover_unknown")


def test_a_private_body_with_public_services_counts_as_a_company(catalogue):
    found = _ceiling(catalogue, "art_99_3", kind="private_public_service", turnover=1000 * MILLION)
    assert found == Ceiling(70 * MILLION, "higher_of")


def test_public_bodies_are_left_to_their_own_rules(catalogue):
    turnover = 1000 * MILLION
    for kind, basis in (("public_authority", "member_state"), ("union_body", "union_body")):
        found = _ceiling(catalogue, "art_99_3", kind=kind, turnover=turnover)
        assert found == Ceiling(None, basis)


@pytest.mark.parametrize("fine", ["national", "none", "as_underlying"])
@pytest.mark.parametrize("kind", ["company", "public_authority", "union_body"])
def test_what_the_act_leaves_open_has_no_amount(catalogue, fine, kind):
    assert _ceiling(catalogue, fine, kind=kind, turnover=MILLION) == Ceiling(None, "national")


def test_a_fine_without_a_percentage_is_its_amount(catalogue):
    fixed = replace(catalogue.entries.fines["art_99_3"], percent=None)
    assert ceiling_for(fixed, Offender()) == Ceiling(35 * MILLION, "amount")


def test_no_ceiling_of_a_small_company_exceeds_that_of_a_large_one(catalogue):
    for fine in catalogue.entries.fines.values():
        for turnover in (0, 1, 100, 500, 5000):
            small, large = (
                ceiling_for(fine, Offender("company", size, turnover * MILLION)).amount
                for size in ("sme", "other")
            )
            assert (small is None and large is None) or small <= large
