"""D21 to D24: what documents say of the duties for systemic risk."""

import pytest

from models_registry.checks import documents
from models_registry.checks.results import Strength
from tests.models_registry.checks.paper import pdf
from tests.models_registry.checks.telling_cases import (
    CLOSED,
    NOT_CHECKABLE,
    OPEN,
    PARTIAL,
    PASS,
    Case,
    judge,
)

GROUPS = (documents.CHECKS,)


def card(text):
    return {"README.md": text}


def system_card(text):
    return {"card.pdf": pdf("Example System Card\n" + text, title="Example System Card")}


ATTACKED = "Our red team tried 900 prompts.\nJailbreak attacks succeeded in 4 % of cases.\n"
FRAMEWORK = "We follow our Preparedness Framework.\nCBRN uplift was evaluated before release.\n"
INCIDENTS = "Serious incidents are tracked and reported.\nReport misuse to safety@example.org\n"
PROTECTED = "Weights are guarded against theft.\nData centres have access control.\n"
SAFETY_CASES = [
    Case("D21", PASS, "both", card(ATTACKED)),
    Case("D21", PASS, "both", system_card(ATTACKED), CLOSED),
    Case("D21", PARTIAL, "some", card("An external red team looked at it.")),
    Case("D21", PARTIAL, "some", card("Angriffstests wurden durchgeführt.")),
    Case("D21", NOT_CHECKABLE, "not_supplied", card("It is 90 % better in 2 of 3 tests."), OPEN),
    Case("D22", PASS, "both", card(FRAMEWORK)),
    Case("D22", PARTIAL, "some", card("Wir bewerten: systemische Risiken sind gemindert.")),
    Case("D22", NOT_CHECKABLE, "not_supplied", card("It runs in the vLLM framework."), OPEN),
    Case("D23", PASS, "both", card(INCIDENTS)),
    Case("D23", PARTIAL, "some", card("Report security issues at https://example.org/issues")),
    Case("D23", NOT_CHECKABLE, "not_supplied", card("Questions: ask@example.org"), OPEN),
    Case("D24", PASS, "both", card(PROTECTED)),
    Case("D24", PARTIAL, "some", card("The infrastructure is hardened.")),
    Case("D24", NOT_CHECKABLE, "not_supplied", card("Weights are in safetensors."), OPEN),
]


@pytest.mark.parametrize("case", SAFETY_CASES, ids=str)
def test_what_is_said_of_systemic_risk_counts_as_documented_at_most(case):
    assert judge(case, GROUPS).strength <= Strength.DOCUMENTED
