"""What clauses say, by sentences of our own making; the words in one sentence decide."""

import pytest

from models_registry.checks.licences.clauses import Effect, clauses_of
from models_registry.checks.licences.places import excluded_places
from models_registry.checks.licences.thresholds import Threshold, thresholds_in
from tests.models_registry.checks.licences.samples import KIMI, MIT, text_of

CASES = [
    ("Above 700 million monthly active users you must request a license from us.",
     {Effect.SEPARATE_LICENCE}),
    ('Firms with more than 5 million monthly active users shall prominently display "Example".',
     {Effect.BRANDING_DISPLAY}),
    ("If you have more than 5 million monthly active users, write us a letter.",
     {Effect.SCALE_THRESHOLD}),
    ("The model may be used for research purposes only.", {Effect.NON_COMMERCIAL}),
    ("This is for non-commercial use.", {Effect.NON_COMMERCIAL}),
    ("You are free to use it for any commercial or non-commercial purpose.", set()),
    ("Commercial use is prohibited without a separate licence.",
     {Effect.NON_COMMERCIAL, Effect.SEPARATE_LICENCE}),
    ("THIS LICENSE DOES NOT APPLY IN THE EUROPEAN UNION AND THE UNITED KINGDOM.",
     {Effect.GEOGRAPHIC_EXCLUSION}),
    ("No rights are granted if you are domiciled in the European Union.",
     {Effect.GEOGRAPHIC_EXCLUSION}),
    ("The consumer rights of the law of the European Union shall not be excluded.", set()),
    ("This licence is governed by the laws of a Member State of the European Union.", set()),
    ("You may not use outputs to improve any other large language model.",
     {Effect.NO_IMPROVING_OTHER_MODELS}),
    ("You must comply with the acceptable use policy at example.com/policy.",
     {Effect.MUTABLE_POLICY}),
    ("You must comply with the Acceptable Use Policy in Annex A.", {Effect.USE_RESTRICTIONS}),
    ("We reserve the right to restrict (remotely or otherwise) use of the Model.",
     {Effect.KILL_CLAUSE}),
    ("We grant you a non-exclusive, revocable licence.", {Effect.KILL_CLAUSE}),
    ("We grant you a perpetual, irrevocable licence.", set()),
    ("On termination you must delete all copies and cease use.", {Effect.ENDS_ON_BREACH}),
    ("Rights end if you bypass a guardrail of version 2.0 of the model.", {Effect.GUARDRAIL}),
    ("You agree not to use the Model to harm minors.", {Effect.USE_RESTRICTIONS}),
    ("You are encouraged to write \"Powered by Example\" on your page.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "effects"), CASES)
def test_the_words_of_a_sentence_give_its_effect(sentence, effects):
    assert {clause.effect for clause in clauses_of(text_of(sentence))} == effects


@pytest.mark.parametrize(
    ("sentence", "threshold"),
    [
        ("more than 100 million monthly active users", Threshold(1e8, "users", "month")),
        ("over 700M MAU", Threshold(7e8, "users", "month")),
        ("more than 1,000,000 monthly active users", Threshold(1e6, "users", "month")),
        ("annual revenue above US $1,000,000", Threshold(1e6, "USD", "year")),
        ("more than 20 million US dollars in monthly revenue", Threshold(2e7, "USD", "month")),
        ("yearly turnover of 1.5 million euros", Threshold(1.5e6, "EUR", "year")),
        ("annual revenue exceeding RMB 1 billion", Threshold(1e9, "CNY", "year")),
    ],
)
def test_numbers_are_read_with_unit_and_period(sentence, threshold):
    assert thresholds_in(sentence) == (threshold,)


def test_a_price_without_revenue_is_no_threshold():
    assert thresholds_in("The manual costs $20.") == ()


def test_the_kimi_clause_is_told_with_numbers_label_and_place():
    (clause,) = [c for c in clauses_of(text_of(KIMI)) if c.effect is Effect.BRANDING_DISPLAY]
    assert clause.label == "Kimi K2"
    assert clause.thresholds == (Threshold(1e8, "users", "month"), Threshold(2e7, "USD", "month"))
    assert KIMI.splitlines()[clause.line - 1].startswith("Our only modification")
    assert [c.effect for c in clauses_of(text_of(KIMI))] == [Effect.BRANDING_DISPLAY]


def test_a_clause_is_found_behind_comment_signs_and_line_breaks():
    text = "# You may use this\n# for research\n# purposes only.\n"
    assert [c.effect for c in clauses_of(text_of(text))] == [Effect.NON_COMMERCIAL]


def test_a_proof_gives_bytes_of_the_file():
    content = ("\ufeffÄ\n" + MIT + "\nFor non-commercial use only.\n").encode()
    text = text_of(content)
    (clause,) = clauses_of(text)
    proof = text.proof(clause.start, clause.end)
    assert content[proof.start : proof.end] == b"For non-commercial use only."
    assert content[: proof.start].count(b"\n") + 1 == proof.line


def test_an_exclusion_of_multimodal_models_is_told_apart():
    (clause,) = clauses_of(text_of(
        "For multimodal models no rights are granted to companies with a principal place of "
        "business in the European Union."
    ))  # fmt: skip
    assert clause.places == ("European Union",)
    assert clause.multimodal_only


def test_the_european_union_public_licence_in_a_list_excludes_nobody():
    text = "for works other than software - European Union Public Licence (EUPL) v. 1.1, v. 1.2."
    assert excluded_places(text) == ()
    assert excluded_places("It does not apply in the European Union.") == ("European Union",)
