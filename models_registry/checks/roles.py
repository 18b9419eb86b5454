"""What a document is: told by its name, then by its title, then by its first headings."""

import re
from collections.abc import Mapping
from enum import StrEnum

from models_registry.checks.readers.documents import Document

_BEGINNING = 40


class Role(StrEnum):
    CARD = "card"
    DATA_CARD = "data_card"
    SUMMARY = "summary"
    COPYRIGHT_POLICY = "copyright_policy"
    SYSTEM_CARD = "system_card"
    REPORT = "report"
    EXTERNAL_REPORT = "external_report"
    SOC_2 = "soc_2"
    CERTIFICATE = "certificate"
    DATA_TERMS = "data_terms"
    CONTRACT = "contract"
    MANDATE = "mandate"
    ANNEX_PACK = "annex_pack"
    CODE_SIGNATORIES = "code_signatories"
    USE_POLICY = "use_policy"
    CHANGELOG = "changelog"
    OTHER = "other"


# The first that fits; the more special stands first.
_WORDS: Mapping[Role, str] = {
    Role.SUMMARY: r"training[-_ ]?(?:content|data)[-_ ]?summary|public[-_ ]summary"
    r"|summary (?:of|for) .{0,30}training|zusammenfassung.{0,40}trainingsinhalt",
    Role.COPYRIGHT_POLICY: r"copyright[-_ ]?policy|urheberrechts(?:strategie|richtlinie)",
    Role.SOC_2: r"\bsoc[-_ ]?2\b|service organi[sz]ation control",
    Role.CERTIFICATE: r"iso(?:[-_ /]?iec)?[-_ ]?(?:27001|42001)|certificate of registration",
    Role.MANDATE: r"mandate|authori[sz]ed[-_ ]representative|bevollm[äa]chtigt",
    Role.ANNEX_PACK: r"annex[-_ ]?xi\b|model[-_ ]documentation[-_ ]form|anhang[-_ ]?xi\b",
    Role.CODE_SIGNATORIES: r"signator(?:ies|y)|code[-_ ]of[-_ ]practice",
    Role.EXTERNAL_REPORT: r"(?:third[-_ ]party|external|independent)[-_ ]"
    r"(?:evaluation|assessment|red[-_ ]?team)",
    Role.SYSTEM_CARD: r"system[-_ ]?card|model[-_ ]?card",
    Role.DATA_TERMS: r"\bdpa\b|data[-_ ]processing|auftragsverarbeitung"
    r"|data[-_ ](?:usage|use|retention)",
    Role.USE_POLICY: r"acceptable[-_ ]?use|use[-_ ]policy|usage[-_ ]polic|prohibited[-_ ]?use"
    r"|safety[-_ ](?:policy|framework)",
    Role.CONTRACT: r"contract|agreement|terms[-_ ]of|service[-_ ]terms|vertrag"
    r"|\bapi[-_ ](?:docs|reference)|deprecation|model[-_ ]versions",
    Role.CHANGELOG: r"changelog|change[-_ ]log|release[-_ ]notes|git[-_ ]log",
    Role.REPORT: r"(?:technical|tech)[-_ ]?report|paper|arxiv",
}
_PATTERNS = {role: re.compile(words, re.IGNORECASE) for role, words in _WORDS.items()}


def role_of(document: Document) -> Role:
    """What a document is."""
    headings = " ".join(line.plain for line in document.lines[:_BEGINNING] if line.level)
    for text in (document.path.rpartition("/")[2], document.title, headings):
        if (role := role_of_name(text)) is not Role.OTHER:
            return role
    return Role.OTHER


def role_of_name(name: str) -> Role:
    """What a document of that name or title is."""
    return next((role for role, words in _PATTERNS.items() if words.search(name)), Role.OTHER)
