"""The page of the claim names at once where it does not hold, and on how many models that rests."""

import pytest

from models_registry.starter.claim_pages import claim_page

pytestmark = pytest.mark.django_db


def test_where_the_claim_does_not_hold_stands_with_its_coverage(ana):
    failing = claim_page(ana, "catalogue")["against"]
    assert failing
    for one in failing:
        assert one["tag"]["tone"] == "bad"
        assert 0 < one["open"]["known"] <= one["open"]["asked"]
        assert 0 < one["closed"]["known"] <= one["closed"]["asked"]
