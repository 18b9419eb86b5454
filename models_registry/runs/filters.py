"""Which checks of a run the page shows: by verdict, strength and what they are evidence for."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from models_registry.checks.catalogue import load
from models_registry.checks.words import Words

Page = dict[str, Any]

_VERDICTS = ("fail", "partial", "pass", "not_checkable", "not_applicable", "error")
_STRENGTHS = ("none", "asserted", "documented", "verified", "independent")
# Each frame with the key under which a check names it, and how the names in it begin.
_ACT = {
    "art_53": ("Art 53",),
    "art_55": ("Art 55",),
    "annex_xi": ("Annex XI(", "Annex XI "),
    "annex_xii": ("Annex XII",),
    "annex_iv": ("Annex IV",),
    "art_13": ("Art 13", "Art 15", "Art 25"),
}
_FRAMES = ("mdf", "code_of_practice", "mof", "osaid", "osai", "fmti", "sovereignty")


class RunFilters:
    """What was asked for in the address; what is not known there counts as everything."""

    def __init__(self, asked: Mapping[str, str]) -> None:
        self.verdict = _known(asked.get("verdict", ""), _VERDICTS)
        self.strength = _known(asked.get("strength", ""), _STRENGTHS)
        self.frame = _known(asked.get("frame", ""), (*_ACT, *_FRAMES))

    @property
    def is_narrowed(self) -> bool:
        return bool(self.verdict or self.strength or self.frame)

    @property
    def fields(self) -> list[Page]:
        """The choices for the form."""
        said = Words(load(), _language())
        verdicts = [(name, said.of(f"verdict_{name}")) for name in _VERDICTS]
        strengths = [(name, said.of(f"strength_{name}")) for name in _STRENGTHS]
        return [
            _field("verdict", _("Result"), verdicts, self.verdict),
            _field("strength", _("Strength"), strengths, self.strength),
            _field("frame", _("Evidence for"), list(_frame_words().items()), self.frame),
        ]

    def groups(self, groups: list[Page]) -> list[Page]:
        """The groups with the checks that fit, empty ones left out."""
        fitting = [
            {**group, "checks": [check for check in group["checks"] if self._fits(check)]}
            for group in groups
        ]
        return [group for group in fitting if group["checks"]]

    def _fits(self, check: Page) -> bool:
        return (
            self.verdict in ("", check["verdict"])
            and self.strength in ("", check["strength"])
            and self._is_evidence(check["supports"])
        )

    def _is_evidence(self, supports: Mapping[str, list[str]]) -> bool:
        if not self.frame:
            return True
        if self.frame in _ACT:
            begins = _ACT[self.frame]
            return any(f"{item} ".startswith(begins) for item in supports.get("act", ()))
        return bool(supports.get(self.frame))


def _frame_words() -> dict[str, str]:
    return {
        "art_53": _("Article 53: providers of general-purpose models"),
        "art_55": _("Article 55: systemic risk"),
        "annex_xi": _("Annex XI: documentation for authorities"),
        "annex_xii": _("Annex XII: documentation for integrators"),
        "annex_iv": _("Annex IV: file of a high-risk system"),
        "art_13": _("Articles 13, 15 and 25: what an integrator needs"),
        "mdf": _("Model Documentation Form"),
        "code_of_practice": _("Code of practice"),
        "mof": _("Model Openness Framework"),
        "osaid": _("Open Source AI Definition"),
        "osai": _("European Open Source AI Index"),
        "fmti": _("Foundation Model Transparency Index"),
        "sovereignty": _("Sovereignty"),
    }


def _field(name: str, label: str, choices: list[tuple[str, str]], chosen: str) -> Page:
    options = [{"value": key, "label": word, "chosen": key == chosen} for key, word in choices]
    return {"name": name, "label": label, "options": options}


def _known(value: str, names: tuple[str, ...]) -> str:
    return value if value in names else ""


def _language() -> str:
    return (get_language() or "en")[:2]
