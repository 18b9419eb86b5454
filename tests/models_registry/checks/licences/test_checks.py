"""L01 to L11 over small folders."""

from datetime import date

import pytest

from models_registry.checks import licences
from models_registry.checks.catalogue import load
from models_registry.checks.context import Context
from models_registry.checks.intake.folder import FolderMaterial
from models_registry.checks.licences.catalogue import licences as licences_of
from models_registry.checks.results import Strength, Verdict
from models_registry.checks.running import run
from models_registry.checks.telling import placeholders
from tests.models_registry.checks.licences.samples import APACHE, HEADED_MIT, KIMI, MIT
from tests.models_registry.checks.making import gguf

CATALOGUE = load()
FAIL, PASS, PARTIAL = Verdict.FAIL, Verdict.PASS, Verdict.PARTIAL
NOT_CHECKABLE, NOT_APPLICABLE = Verdict.NOT_CHECKABLE, Verdict.NOT_APPLICABLE


@pytest.fixture
def check(tmp_path):
    """Runs group L over files written to a folder and gives the results by id."""

    def checked(files=None, **claims):
        for path, content in (files or {}).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / path).write_bytes(data)
        context = Context(FolderMaterial(tmp_path), CATALOGUE, date(2026, 11, 23), claims)
        return {result.check: result for result in run(context, (licences.CHECKS,))}

    return checked


def card(**front):
    lines = "\n".join(f"{key}: {value}" for key, value in front.items())
    return f"---\n{lines}\n---\n# A model\n"


def outcome(result):
    return result.verdict, result.reason


def test_an_empty_folder_proves_nothing_and_breaks_nothing(check):
    results = check()
    assert outcome(results["L01"]) == (FAIL, "none")
    assert len(results) == 11
    assert not any(result.verdict is Verdict.ERROR for result in results.values())
    assert results["L02"].verdict is NOT_CHECKABLE


def test_plain_mit_passes_throughout(check):
    results = check({"LICENSE": HEADED_MIT, "README.md": card(license="mit")})
    passed = {name for name, result in results.items() if result.verdict is PASS}
    assert passed == {"L01", "L02", "L03", "L04", "L05", "L06", "L08"}
    assert results["L02"].strength is Strength.VERIFIED
    assert [fact.value for fact in results["L02"].facts] == ["mit"]


def test_kimi_is_contested_and_its_name_alone_would_not_do(check):
    results = check(
        {"LICENSE": KIMI, "README.md": card(license="other", license_name="modified-mit")}
    )
    assert outcome(results["L02"]) == (PASS, "exact")
    assert outcome(results["L03"]) == (PASS, "equal")
    assert outcome(results["L04"]) == (PARTIAL, "branding_display")
    assert results["L04"].values["label"] == "Kimi K2"
    assert "100\u202f000\u202f000 MAU" in results["L04"].values["thresholds"]
    assert results["L04"].proofs[0].quote.startswith("Our only modification")
    assert outcome(results["L05"]) == (PARTIAL, "contested")
    facts = {fact.name: fact.value for fact in results["L05"].facts}
    assert facts["licence_arguments"] == ("display_above_threshold",)


def test_a_tag_alone_is_only_asserted(check):
    results = check({"README.md": card(license="apache-2.0")})
    assert outcome(results["L01"]) == (PARTIAL, "tag_only")
    assert outcome(results["L05"]) == (PARTIAL, "declared_only")
    assert results["L05"].strength is Strength.ASSERTED
    assert results["L01"].proofs[0].line == 2


def test_a_name_with_several_meanings_gives_no_verdict(check):
    results = check({"README.md": card(license="other", license_name="modified-mit")})
    assert outcome(results["L05"]) == (NOT_CHECKABLE, "unknown")


@pytest.mark.parametrize(
    ("text", "front", "expected"),
    [
        (HEADED_MIT, {"license": "apache-2.0"}, (FAIL, "conflict")),
        (APACHE, {"license": "apache-2.0"}, (PASS, "equal")),
        (KIMI, {"license": "mit"}, (FAIL, "conflict")),
        (HEADED_MIT + "\nUse it well, and send us a card whenever you do.", {"license": "mit"},
         (FAIL, "text_differs")),
        (HEADED_MIT, {"license": "other"}, (PARTIAL, "other_without_name")),
        ("Do as you like.", {"license": "other", "license_name": "x"}, (PARTIAL, "text_unknown")),
    ],
)  # fmt: skip
def test_tag_and_text_are_compared(check, text, front, expected):
    assert outcome(check({"LICENSE": text, "README.md": card(**front)})["L03"]) == expected


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("For non-commercial use only.", "non_commercial"),
        ("Above 5 million monthly active users you must request a license.", "separate_licence"),
        ("It does not apply in the European Union.", "geographic_exclusion"),
    ],
)
def test_a_rider_with_a_grave_effect_fails(check, sentence, reason):
    results = check({"LICENSE": f"{HEADED_MIT}\n\n{sentence}\n"})
    assert outcome(results["L02"]) == (PARTIAL, "near_with_rider")
    assert outcome(results["L04"]) == (FAIL, reason)
    assert outcome(results["L05"]) == (FAIL, "clause_likely_fails")


def test_the_union_may_be_excluded_in_the_policy_alone(check):
    policy = (
        "With respect to any multimodal models, the rights are not being granted to you if you are "
        "domiciled in the European Union."
    )
    results = check({"LICENSE": HEADED_MIT, "USE_POLICY.md": policy})
    assert outcome(results["L06"]) == (PARTIAL, "multimodal")
    assert results["L06"].proofs[0].path == "USE_POLICY.md"


def test_the_hub_can_bar_the_union_too(check):
    front = card(license="mit", extra_gated_eu_disallowed="true")
    results = check({"LICENSE": HEADED_MIT, "README.md": front})
    assert outcome(results["L06"]) == (FAIL, "excluded_by_hub")


def test_what_is_made_from_a_restricted_model_cannot_be_given_as_mit(check):
    lineage = (("moonshotai/Kimi-K2-Thinking", "finetune", "moonshot-modified-mit-k2"),)
    results = check({"LICENSE": HEADED_MIT}, lineage=lineage)
    assert outcome(results["L07"]) == (FAIL, "conflict")
    assert results["L07"].facts[0].value == "contested"


@pytest.mark.parametrize(
    ("lineage", "expected"),
    [
        ((), (NOT_APPLICABLE, "no_ancestor")),
        ((("base", "quantized", "apache-2.0"),), (PASS, "compatible")),
        ((("base", "merge", "mit"), ("other", "merge", None)), (PARTIAL, "unknown_ancestor")),
        ((("base", "finetune", "cc-by-nc-4.0"),), (FAIL, "conflict")),
        ((("base", "finetune", "gpl-3.0"),), (FAIL, "conflict")),
        ((("base",),), (PARTIAL, "unknown_ancestor")),
    ],
)
def test_the_strictest_ancestor_counts(check, lineage, expected):
    assert outcome(check({"LICENSE": MIT}, lineage=lineage)["L07"]) == expected


def test_an_ancestor_that_only_the_card_names_is_found(check):
    front = "---\nlicense: mit\nbase_model:\n- someone/unheard-of\n---\n"
    results = check({"LICENSE": MIT, "README.md": front})
    assert outcome(results["L07"]) == (PARTIAL, "unknown_ancestor")
    assert results["L07"].proofs[0].line == 3


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("license: mit", (PASS, "none")),
        ("extra_gated_prompt: Please read this.", (PARTIAL, "gate")),
        ("extra_gated_fields:\n  I agree to the name policy: checkbox", (PARTIAL, "gate")),
        ("extra_gated_fields:\n  Full name: text\n  E-Mail: text", (FAIL, "personal_data")),
        ("extra_gated_fields:\n  Country: {type: select, options: [a]}", (FAIL, "personal_data")),
        ("- just\n- a list", (PASS, "none")),
        ("a: [[[[[[[[[[[[[[[[[[[[[[[[", (PASS, "none")),
    ],
)
def test_gates_are_read_from_the_card(check, front, expected):
    assert outcome(check({"README.md": f"---\n{front}\n---\n"})["L08"]) == expected


NONE_OF_IT = dict.fromkeys(
    ["paid_licence_for_some_uses", "paid_above_a_scale", "paid_support_needed",
     "purchase_obligatory", "hosted_only_for_payment", "personal_data_beyond_security"], False
)  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, (NOT_CHECKABLE, "unanswered")),
        (NONE_OF_IT, (PASS, "none")),
        (NONE_OF_IT | {"optional_paid_services": True}, (PARTIAL, "optional")),
        ({"purchase_obligatory": True}, (FAIL, "scenario")),
        ({"purchase_obligatory": True, "only_between_microenterprises": True},
         (PARTIAL, "between_microenterprises")),
        ({"personal_data_beyond_security": True, "only_between_microenterprises": True},
         (FAIL, "scenario")),
    ],
)  # fmt: skip
def test_money_and_data_are_told_as_answered(check, answers, expected):
    result = check(**answers)["L09"]
    assert outcome(result) == expected
    assert result.strength <= Strength.ASSERTED


BOUND = "You must comply with our acceptable use policy at example.com/policy.\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"LICENSE": MIT}, (NOT_APPLICABLE, "no_policy")),
        ({"LICENSE": BOUND}, (PARTIAL, "link_only")),
        (
            {"LICENSE": BOUND, "USE_POLICY.md": "Be kind. As of 2026-01-31."},
            (PASS, "copy_and_date"),
        ),
        ({"LICENSE": BOUND, "USE_POLICY.md": "Be kind."}, (PARTIAL, "copy_without_date")),
    ],
)
def test_the_policy_is_wanted_with_its_date(check, files, expected):
    assert outcome(check(files)["L10"]) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, (NOT_CHECKABLE, "none")),
        ({"LICENSE-CODE": MIT, "data/LICENSE": APACHE}, (PASS, "all_open")),
        ({"LICENSE-CODE": MIT, "data/LICENSE": "Ask us."}, (PARTIAL, "some_open")),
        ({"docs/LICENSE": "Ask us."}, (FAIL, "not_open")),
    ],
)
def test_components_have_licences_of_their_own(check, files, expected):
    results = check({"LICENSE-MODEL": KIMI} | files)
    assert outcome(results["L11"]) == expected
    assert results["L01"].values["path"] == "LICENSE-MODEL"


def test_a_closed_model_is_told_as_such(check):
    results = check(access="api_only")
    assert outcome(results["L01"]) == (NOT_CHECKABLE, "closed")
    assert outcome(results["L05"]) == (FAIL, "closed")


def test_hostile_files_break_nothing(check):
    results = check(
        {
            "LICENSE": b"PK\x03\x04\0",
            "LICENSE.txt": b"\xff\xfe" + "Ä".encode("utf-16-le") + b"\xd8",
            "README.md": b"---\nlicense: [" + b"[" * 50_000 + b"\n---\n",
            "COPYING": b"<script " * 20_000,
        }
    )
    assert not any(result.verdict is Verdict.ERROR for result in results.values())


def test_each_reason_has_its_words_and_its_placeholders_agree():
    entries = [entry for entry in CATALOGUE.checks.values() if entry.group == "licence"]
    assert [entry.id for entry in entries] == [name for name, _ in licences.CHECKS]
    for entry in entries:
        for text in entry.reasons.values():
            assert placeholders(text.en) == placeholders(text.de)


@pytest.mark.parametrize(
    "files",
    [{}, {"LICENSE": KIMI}, {"LICENSE": HEADED_MIT, "README.md": card(license="apache-2.0")},
     {"LICENSE": KIMI + "\nAnd one more sentence of nobody knows which meaning at all here.\n"}],
)  # fmt: skip
def test_each_result_can_be_told_in_both_languages(check, files):
    for result in check(files).values():
        for language in ("en", "de"):
            assert "{" not in CATALOGUE.reason(result, language)


def in_weights(**said):
    values = {"general.architecture": "llama"}
    values |= {f"general.{key.replace('_', '.')}": value for key, value in said.items()}
    return gguf(values, {"token_embd.weight": ("F16", [16, 4])})


def test_the_licence_that_gguf_metadata_name_is_compared_with_the_text(check):
    fits = check({"LICENSE": HEADED_MIT, "tiny.gguf": in_weights(license="mit")})["L03"]
    assert (outcome(fits), fits.proofs[0].path) == ((PASS, "equal"), "tiny.gguf")
    assert fits.proofs[0].quote == "general.license: mit"


def test_weights_that_name_another_licence_than_card_and_text_are_found_out(check):
    files = {"LICENSE": HEADED_MIT, "README.md": card(license="mit")}
    found = check(files | {"tiny.gguf": in_weights(license="apache-2.0")})["L03"]
    assert outcome(found) == (FAIL, "conflict")
    assert found.values["declared"] == "apache-2.0"


def test_metadata_alone_declare_a_licence(check):
    results = check(
        {"tiny.gguf": in_weights(license_name="kimi-k2", license="other")}, licence="mit"
    )
    assert outcome(results["L01"]) == (PARTIAL, "tag_only")
    assert results["L01"].values["name"] == "kimi-k2"
    assert results["L01"].proofs[0].path == "tiny.gguf"


def test_terms_of_a_service_are_named_in_the_readers_language(check):
    found = check(licence="proprietary-api")["L05"]
    told = {language: CATALOGUE.reason(found, language) for language in ("en", "de")}
    assert "Proprietary service terms" in told["en"]
    assert "Proprietäre Nutzungsbedingungen" in told["de"]


def test_a_licence_that_is_worded_is_called_the_same_in_english():
    for licence in licences_of(CATALOGUE).by_id.values():
        assert licence.title.en == licence.name
