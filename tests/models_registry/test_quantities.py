"""Large numbers, as people type and read them in both languages."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from models_registry.quantities import (
    QuantityField,
    quantity_in_words,
    read_quantity,
    typed_again,
)


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        ("1e12", "en", 1e12),
        ("1.04 trillion", "en", 1.04e12),
        ("1,04 Billionen", "de", 1.04e12),
        ("1 Billion", "de", 1e12),
        ("1 billion", "en", 1e9),
        ("32b", "en", 3.2e10),
        ("32B", "de", 3.2e10),
        ("15,5T", "de", 1.55e13),
        ("2.000 Mrd.", "de", 2e12),
        ("262,144", "en", 262144),
        ("262.144", "de", 262144),
        ("128k", "en", 128000),
        ("3.1e24", "de", 3.1e24),
        ("3,1e24", "en", 3.1e24),
        ("1.035e12", "de", 1.035e12),
        ("3.1 × 10^24", "en", 3.1e24),
        ("10^25", "en", 1e25),
        ("1 040 000 000 000", "de", 1.04e12),
        ("0", "en", 0),
    ],
)
def test_a_number_is_read_as_its_language_means_it(typed, language, number):
    assert read_quantity(typed, language) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("1 trillion", "de"),
        ("many", "en"),
        ("-5", "en"),
        ("1e99", "en"),
        ("1.2.3", "en"),
        ("1,2,3", "en"),
        ("nan", "en"),
        ("inf", "en"),
        ("1e12 potatoes", "en"),
        ("9" * 39 + "t", "en"),
        ("٣e5", "en"),
    ],
)
def test_what_could_mean_two_things_or_nothing_is_refused(typed, language):
    with pytest.raises(ValidationError):
        read_quantity(typed, language)


@pytest.mark.parametrize("value", [1.04e12, 3.1e24, 262144, 1e25, 1.555e13, 7241732096, 0, 12.5])
@pytest.mark.parametrize("language", ["en", "de"])
def test_what_a_form_shows_can_be_typed_back(value, language):
    assert read_quantity(typed_again(value), language) == value


def test_numbers_are_shown_in_words():
    with override("en"):
        shown = [quantity_in_words(one) for one in (None, 262144, 7.24e9, 1e12, 1.04e12, 3.1e24)]
    assert shown == [
        "", "262,144", "7.24 billion", "1 trillion", "1.04 trillion", "3.1 × 10^24",
    ]  # fmt: skip


def test_a_field_takes_whole_numbers_where_it_asks_for_them():
    assert QuantityField(whole=True).clean("128k") == 128000
    with pytest.raises(ValidationError):
        QuantityField(whole=True).clean("12.5")
    assert QuantityField().clean("") is None
