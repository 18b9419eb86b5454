import pytest

from models_registry.checks import vendors
from models_registry.checks.catalogue import load
from models_registry.checks.results import Strength
from tests.models_registry.checks.paper import pdf, pdf_of_streams
from tests.models_registry.checks.telling_cases import (
    CLOSED,
    FAIL,
    NOT_APPLICABLE,
    NOT_CHECKABLE,
    OPEN,
    PARTIAL,
    PASS,
    Case,
    judge,
    result,
    untold,
)

GROUPS = (vendors.CHECKS,)
ID = CLOSED | {"model_id": "tiny-large-2026-05-01", "model_name": "Tiny Large"}
SERVICE = CLOSED | {"service": "Tiny API", "provider": "Example Lab"}
LONG = "\nA sentence that only makes the page long enough to count as text."


def card(text):
    return {"system_card.pdf": pdf("Example System Card\n" + text + LONG)}


def soc(text):
    return {"soc2.pdf": pdf("SOC 2 Report\n" + text + LONG)}


def certificate(text):
    return {"iso-27001.pdf": pdf("Certificate of Registration\n" + text + LONG)}


def terms(text, name="service_agreement.md"):
    return {name: f"# Agreement\n\n{text}\n"}


WORDS = """Last updated 1 May 2026. Developed by Example Lab. Model version 2. Endpoint of the API.
Release date May 2026. Placed on the Union market. Base model: none. Architecture: transformer.
Design choices. Input: text. Output: text. Context window 128K. 7 billion parameters. Licence.
Acceptable use. Intended use. Not intended for scoring. Assistants. SDK. GPU. Python.
Training procedure. Rationale. Training data. Publicly available data. Data was collected.
15T tokens. Languages. Filtered. Toxic content. Bias. GPU hours. FLOP estimated. 5 GWh of energy
was measured. FLOPs per token."""
SCOPE = "Scope: Tiny API of Example Lab.\n"
AUDITOR = "Independent auditor: BDO\n"
PERIOD = "Period: 1 September 2025 to 31 August 2026\n"
VALID = "ISO/IEC 27001\nScope: hosting\nAccredited by DAkkS\nValid until: 31 May 2027\n"
RIGHTS = "You have access to logs, evaluation results and penetration tests."
USES = """We do not train on your inputs. Inputs are deleted after 30 days.
Data is stored in the European Union. Sub-processors are listed."""
PACK = """Intended use. Acceptable use. Release date. Architecture. Input. Licence. API.
Training procedure. Training data. FLOP. 5 GWh."""


CASES = [
    Case("V01", PASS, "exact", card("tiny-large-2026-05-01, 1 May 2026"), ID),
    Case("V01", PARTIAL, "family", card("Tiny Large is a model."), ID),
    Case("V01", PARTIAL, "family", card("tiny-large-2026-05-01-preview of Tiny Large"), ID),
    Case("V01", FAIL, "other", card("Huge is a model."), ID),
    Case("V01", NOT_CHECKABLE, "no_name", card("Huge is a model."), CLOSED),
    Case("V01", NOT_CHECKABLE, "not_supplied", {}, ID),
    Case("V02", PASS, "wide", card(WORDS), CLOSED),
    Case("V02", PARTIAL, "part", card(WORDS[:330]), CLOSED),
    Case("V02", FAIL, "thin", card("Tiny Large is a model."), CLOSED),
    Case("V02", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("V03", PASS, "report", {"external_evaluation.md": "On tiny-large-2026-05-01."}, ID),
    Case("V03", PARTIAL, "report_unbound", {"external_evaluation.md": "On Tiny."}, ID),
    Case("V03", PARTIAL, "named", card("Tested by METR."), ID),
    Case("V03", NOT_CHECKABLE, "not_supplied", card("Tested by us."), ID),
    Case(
        "V04",
        PASS,
        "snapshot_and_notice",
        terms("Use tiny-large-2026-05-01. We give six months notice."),
        CLOSED,
    ),
    Case("V04", PARTIAL, "snapshot", terms("Use tiny-large-20260501."), CLOSED),
    Case("V04", FAIL, "alias_only", terms("Use tiny-large-latest."), CLOSED),
    Case("V04", NOT_APPLICABLE, "own_copy", terms("Use tiny."), OPEN),
    Case("V04", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("V05", PASS, "all", terms(USES, "dpa.md"), CLOSED),
    Case("V05", PARTIAL, "some", terms("We do not train on your inputs."), CLOSED),
    Case("V05", FAIL, "nothing", terms("We are kind."), CLOSED),
    Case("V05", NOT_APPLICABLE, "own_hosting", {}, OPEN | {"hosting": "own"}),
    Case("V05", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("V06", PASS, "type_two", soc("Type II\n" + SCOPE + PERIOD + AUDITOR), SERVICE),
    Case("V06", PARTIAL, "type_one", soc("Type I\n" + SCOPE + PERIOD + AUDITOR), SERVICE),
    Case("V06", PARTIAL, "no_type", soc(SCOPE + PERIOD + AUDITOR), SERVICE),
    Case(
        "V06",
        PARTIAL,
        "old",
        soc("Type 2\n" + SCOPE + PERIOD.replace("2026", "2024") + AUDITOR),
        SERVICE,
    ),
    Case("V06", PARTIAL, "no_auditor", soc("Type II\n" + SCOPE + PERIOD), SERVICE),
    Case("V06", PARTIAL, "scope_unknown", soc("Type II\n" + PERIOD + AUDITOR), CLOSED),
    Case("V06", FAIL, "out_of_scope", soc("Type II\nScope: mail\n" + PERIOD), SERVICE),
    Case("V06", NOT_CHECKABLE, "not_supplied", {}, SERVICE),
    Case("V07", PASS, "valid", certificate(VALID), CLOSED),
    Case("V07", PARTIAL, "no_scope", certificate("ISO/IEC 42001\nValid until 05/2027"), CLOSED),
    Case("V07", PARTIAL, "no_end", certificate("ISO/IEC 42001"), CLOSED),
    Case("V07", FAIL, "expired", certificate(VALID.replace("2027", "2026")), CLOSED),
    Case("V07", FAIL, "no_certificate", certificate("Good people"), CLOSED),
    Case("V07", NOT_CHECKABLE, "not_supplied", {}, CLOSED),
    Case("V08", PASS, "on_list", {"signatories.md": "- Example Lab"}, SERVICE),
    Case("V08", PASS, "full", {}, {"code_of_practice": "full"}),
    Case("V08", PARTIAL, "one_chapter", {}, {"code_of_practice": "safety_security_chapter_only"}),
    Case("V08", FAIL, "refused", {}, {"code_of_practice": "refused"}),
    Case("V08", FAIL, "not_listed", {}, {"code_of_practice": "none_found"}),
    Case("V08", NOT_CHECKABLE, "not_supplied", {}, SERVICE),
    Case(
        "V09",
        PASS,
        "whole",
        {"mandate.md": "Authorised representative: Example EU\n\nHauptstraße 1, 53113 Bonn"},
    ),
    Case("V09", PARTIAL, "no_address", {"mandate.md": "EU representative: Example EU"}),
    Case("V09", FAIL, "only_spoken_of", {"mandate.md": "We need an EU representative."}),
    Case("V09", NOT_APPLICABLE, "inside_union", {}, {"provider_outside_union": False}),
    Case("V09", NOT_CHECKABLE, "not_supplied"),
    Case("V10", PASS, "all", {"annex_xi.md": PACK}),
    Case("V10", PARTIAL, "most", {"annex_xi.md": PACK.replace("FLOP. 5 GWh.", "")}),
    Case("V10", FAIL, "little", {"annex_xi.md": "Licence."}),
    Case("V10", NOT_CHECKABLE, "not_supplied"),
    Case("V11", PASS, "all", terms(RIGHTS)),
    Case("V11", PARTIAL, "some", terms("You have access to logs.")),
    Case("V11", FAIL, "nothing", terms("We are kind.")),
    Case("V11", NOT_CHECKABLE, "not_supplied"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_reason_is_given_where_it_should_be(case):
    found = judge(case, GROUPS)
    if found.check not in ("V03", "V06", "V07", "V08"):
        assert found.strength <= Strength.DOCUMENTED


def test_no_reason_is_left_without_a_case():
    assert untold(CASES, "V") == set()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf_of_streams(b"q Q"), "pdf_scan"),
        (b"%PDF-1.7 and nothing more", "pdf_broken"),
    ],
)
def test_a_document_that_cannot_be_read_is_named_with_the_reason(content, reason):
    case = Case("V06", NOT_CHECKABLE, reason, {"soc2.pdf": content}, SERVICE)
    found = judge(case, GROUPS)
    assert "soc2.pdf" in load().reason(found, "de")


def test_what_auditors_attest_gives_no_fact_about_the_model():
    for check, files in (("V06", soc("Type II\n" + SCOPE + PERIOD + AUDITOR)), ("V07", {})):
        assert result(Case(check, PASS, "", files, SERVICE), GROUPS).facts == ()


def test_no_exceptions_are_no_exceptions():
    for said, expected in (("No exceptions were noted.", False), ("Exceptions were noted.", True)):
        files = soc("Type II\n" + SCOPE + PERIOD + AUDITOR + said)
        found = result(Case("V06", PASS, "", files, SERVICE), GROUPS)
        assert found.values["exceptions"] is expected
