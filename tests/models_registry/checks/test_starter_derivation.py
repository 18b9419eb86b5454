"""What the starter catalogue derives says so, and nothing is derived from too little."""

from models_registry.checks.catalogue import load
from models_registry.checks.compute import margins
from models_registry.checks.starter import starter
from models_registry.checks.starter_entries import Confidence

MODELS = starter(load()).models


def test_general_purpose_follows_from_compute_and_output_as_our_derivation():
    compute = MODELS["qwen3-32b"].values["training_compute"]
    derived = MODELS["qwen3-32b"].values["general_purpose"]
    assert derived.value is True
    assert (derived.source.kind, derived.as_of) == ("derived", compute.as_of)
    assert "C(2025) 5045 §17" in derived.source.title
    assert "Our derivation" in derived.note.en
    assert "Unsere Ableitung" in derived.note.de


def test_a_derivation_is_no_surer_than_what_it_rests_on():
    for entry in MODELS.values():
        derived = entry.values["general_purpose"]
        if derived and derived.value is True:
            compute = entry.values["training_compute"]
            assert derived.confidence is Confidence.LOW or compute.confidence is not Confidence.LOW
            assert derived.unverified == compute.unverified


def test_nothing_follows_without_compute_or_below_the_threshold():
    assert MODELS["gpt-5"].values["general_purpose"] is None
    below = MODELS["pythia-12b"]
    assert not any(one.reached for one in margins(below.values["training_compute"].value, load()))
    assert below.values["general_purpose"] is None


def test_what_a_source_says_goes_before_the_derivation():
    said = MODELS["whisper-large-v3"].values["general_purpose"]
    assert said.value is False
    assert said.source.id == "guidelines_july"
