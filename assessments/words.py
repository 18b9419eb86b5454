"""The product's words for tiers, standings and roles, in the reader's language."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.law_in_use import catalogue


def tier_in_words(tier: str) -> str:
    return {
        "prohibited": _("prohibited"),
        "high_risk_annex_i": _("high-risk (Annex I)"),
        "high_risk_annex_iii": _("high-risk (Annex III)"),
        "annex_iii_exempt_6_3": _("listed in Annex III, exempt under Article 6(3)"),
        "transparency_art_50": _("transparency duties (Article 50)"),
        "minimal": _("minimal"),
        "out_of_scope": _("outside the AI Act"),
        "not_a_system": _("a model, not a system"),
        "open": _("still open"),
    }[tier]


def gpai_in_words(standing: str) -> str:
    return {
        "gpai_systemic_risk": _("General-purpose AI model with systemic risk"),
        "gpai": _("General-purpose AI model"),
        "none": _("No general-purpose AI model of one's own"),
        "open": _("General-purpose AI model: still open"),
    }[standing]


def role_in_words(role: str) -> str:
    return catalogue().rule(role).title.in_language((get_language() or "en")[:2])
