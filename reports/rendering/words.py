"""The document's own words for the fixed values of a snapshot."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Any]

TIERS: Words = {
    "prohibited": _("Prohibited practice"),
    "high_risk_annex_i": _("High-risk (Annex I)"),
    "high_risk_annex_iii": _("High-risk (Annex III)"),
    "annex_iii_exempt_6_3": _("Listed in Annex III, but exempt"),
    "transparency_art_50": _("Transparency duties"),
    "minimal": _("Minimal risk"),
    "out_of_scope": _("Outside the Act"),
    "not_a_system": _("Not an AI system"),
    "open": _("Still open"),
}

# How the headline is said on the first pages; the law behind it follows from the data.
HEADLINES: Words = {
    "prohibited": _("This use is prohibited"),
    "high_risk_annex_i": _("This use is high-risk"),
    "high_risk_annex_iii": _("This use is high-risk"),
    "annex_iii_exempt_6_3": _("Listed in Annex III, but exempt under Art 6(3)"),
    "transparency_art_50": _("This use has transparency duties"),
    "minimal": _("This use carries minimal risk"),
    "out_of_scope": _("The AI Act does not reach this use"),
    "not_a_system": _("This is not an AI system"),
    "model": _("This is a model, not an AI system"),
    "open": _("The class is still open"),
}

GPAI: Words = {
    "gpai_systemic_risk": _("Provider of a general-purpose AI model with systemic risk"),
    "gpai": _("Provider of a general-purpose AI model"),
    "none": _("Not a provider of a general-purpose AI model"),
    "open": _("Whether the organisation provides a general-purpose AI model is still open"),
}

TRUTHS: Words = {
    "true": pgettext_lazy("conclusion", "holds"),
    "false": pgettext_lazy("conclusion", "does not hold"),
    "open": pgettext_lazy("conclusion", "open"),
}

STATES: Words = {
    "draft": _("Draft"),
    "in_review": _("In review"),
    "changes_requested": _("Changes requested"),
    "decided": _("Final"),
    "superseded": _("Superseded"),
    "archived": _("Archived"),
}

DECISIONS: Words = {
    "approved": _("Approved"),
    "approved_with_conditions": _("Approved with conditions"),
    "rejected": _("Rejected"),
}

STANDINGS: Words = {
    "lapsed": _("Lapsed"),
    "withdrawn": _("Withdrawn"),
    "superseded": _("Superseded"),
}

LAPSES: Words = {
    "validity": _("its last day has passed"),
    "system": _("the system has changed since it was signed"),
    "law": _("the law data have changed since it was signed"),
}

VERDICTS: Words = {
    "no_objection": _("no objection"),
    "changes_requested": _("changes requested"),
}

FUNCTIONS: Words = {
    "admin": _("administrator"),
    "officer": _("compliance officer"),
    "reviewer": _("reviewer"),
    "approver": _("approver"),
    "contributor": _("contributor"),
    "auditor": _("auditor (reads only)"),
}

MARKS: Words = {
    "public": pgettext_lazy("classification mark", "Public"),
    "internal": pgettext_lazy("classification mark", "Internal"),
    "confidential": pgettext_lazy("classification mark", "Confidential"),
}

STATUSES: Words = {
    "met": _("Met"),
    "partly_met": _("Partly met"),
    "not_met": _("Not met"),
    "not_applicable": _("Does not apply"),
    "not_assessed": _("Not assessed"),
}

STRENGTHS: Words = {
    "none": _("No evidence seen"),
    "asserted": _("Asserted"),
    "documented": _("Documented"),
    "verified": _("Verified"),
    "independent": _("Independent"),
}

SEVERITIES: Words = {
    "critical": pgettext_lazy("gap", "Critical"),
    "major": pgettext_lazy("gap", "Major"),
    "minor": pgettext_lazy("gap", "Minor"),
    "observation": pgettext_lazy("gap", "Observation"),
}

KINDS: Words = {"option": _("Option"), "right": _("Right")}

ANSWER_SECTIONS: Words = {
    "what_it_is": _("What it is"),
    "where": _("Link to the Union"),
    "roles": _("Your organisation's part"),
    "never": _("Practices that are prohibited"),
    "product": _("Product safety law"),
    "area": _("Fields of use"),
    "effect": _("Effect on people"),
    "people_see": _("What people see"),
    "model": _("The model inside"),
    "circumstances": _("Circumstances"),
}

ANSWER_SOURCES: Words = {
    "person": _("answered by a person"),
    "import": _("taken from a file"),
    "catalogue": _("taken from the model catalogue"),
    "carried_over": _("carried over from the assessment before"),
}

ORGANISATION_KINDS: Words = {
    "company": _("Company"),
    "private_public_service": _("Private body with a public service"),
    "public_authority": _("Public authority"),
    "union_body": _("Institution, body or agency of the Union"),
}

SIZES: Words = {
    "sme": _("Small or medium-sized enterprise"),
    "smc": _("Small mid-cap enterprise"),
    "other": _("Larger than a small mid-cap enterprise"),
}

ACCESS: Words = {
    "open_weights": _("Open weights"),
    "gated": _("Gated weights"),
    "gate_unknown": _("Open weights, gate not known"),
    "api_only": _("Closed, API only"),
    "in_house": _("In-house"),
}

SOURCE_KINDS: Words = {
    "act": _("Acts"),
    "guideline": _("Guidelines"),
    "draft_guideline": _("Drafts of guidelines"),
    "code": _("Codes of practice"),
    "standard": _("Standards"),
    "own_analysis": _("Readings of our own"),
}

CEILINGS: Words = {
    "amount": _("Fixed ceiling"),
    "percentage": _("Share of worldwide turnover"),
    "higher_of": _("Higher of amount and share of turnover"),
    "lower_of": _("Lower of amount and share of turnover"),
    "turnover_unknown": _("Turnover not stated, so not computed"),
    "member_state": _("For each Member State to decide"),
    "union_body": _("Own limits for bodies of the Union"),
    "national": _("Set by national law"),
}

# Number and title of each part, in the order of the document.
PARTS: tuple[tuple[str, str, Any], ...] = (
    ("control", "", _("Document control")),
    ("summary", "1", _("Executive summary")),
    ("scope", "2", _("Scope and boundaries")),
    ("criteria", "3", _("Criteria and legal basis")),
    ("method", "4", _("Method")),
    ("classification", "5", _("Classification")),
    ("roles", "6", _("Roles")),
    ("obligations", "7", _("Obligations")),
    ("findings", "8", _("Findings")),
    ("open", "9", _("Open questions")),
    ("dates", "10", _("Dates")),
    ("fines", "11", _("Fines")),
    ("decision", "12", _("Decision")),
    ("limitations", "13", _("Limitations")),
    ("answers", "A", _("All questions and answers")),
    ("duties", "B", _("Obligations in full")),
    ("integrity", "C", _("Integrity sheet")),
    ("machine", "D", _("Machine-readable data")),
)
