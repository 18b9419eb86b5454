"""D21 to D24: what is said of the duties for systemic risk; nobody has to publish any of it."""

import re
from collections.abc import Mapping

from models_registry.checks.context import Context
from models_registry.checks.documented import documented
from models_registry.checks.results import Result, Verdict, term
from models_registry.checks.roles import Role
from models_registry.checks.supplied import library, not_supplied

_SPEAKING = (Role.CARD, Role.SYSTEM_CARD, Role.REPORT, Role.ANNEX_PACK, Role.USE_POLICY)


def _words(**patterns: str) -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(words, re.IGNORECASE) for name, words in patterns.items()}


_ATTACKS = _words(
    attacks=r"\bred[- ]?team|\badversarial (?:test|attack|prompt|evaluat|robust)|\bjailbreak"
    r"|\bangriffstest",
    attack_results=r"\b(?:red[- ]?team|jailbreak|attack success|strongreject|harmbench|angriffstest"
    r"|adversarial (?:test|attack|prompt)s?)[^\n]{0,160}\b\d+(?:[.,]\d+)? ?(?:%|percent\b|prozent\b"
    r"|of \d|von \d)|\b(?:attack success|strongreject|harmbench)\b[^\n]{0,80}\b0[.,]\d",
)
_RISKS = _words(
    risk_framework=r"\b(?:safety and security|frontier safety|preparedness|responsible scaling)"
    r"\W{1,3}(?:framework|policy)|\bsicherheitskonzept",
    risks_assessed=r"\b(?:systemic risks?|CBRN|biological and chemical|chemical and biological"
    r"|loss of control|dangerous capabilit|catastrophic risks?|systemische\w* risik)[^.\n]{0,160}"
    r"(?:evaluat|assess|threshold|mitigat|safeguard|bewert|schwelle|gemindert)"
    r"|\b(?:evaluat|assess|mitigat)\w*[^.\n]{0,80}\b(?:systemic risks?|CBRN|loss of control"
    r"|dangerous capabilit|catastrophic risks?)",
)
_INCIDENTS = _words(
    incident_process=r"\bincidents?\b[^.\n]{0,100}\b(?:report|track|document|respon|investigat)"
    r"|\b(?:report|track|document|investigat)\w*[^.\n]{0,60}\bincidents?\b"
    r"|\bvorf[äa]lle?n?\b[^.\n]{0,100}\b(?:meld|erfass|dokument)",
    incident_contact=r"\b(?:incident|vulnerabilit|misuse|abuse|safety issue|security issue"
    r"|vorf[äa]ll|schwachstelle)[^\n]{0,160}(?:[\w.+-]{1,64}@[\w-]{1,63}\.\w|https?://)",
)
_PROTECTION = _words(
    weights_protected=r"\bweights?\b[^.\n]{0,100}\b(?:theft|exfiltrat|stolen|unauthori[sz]ed|leak)"
    r"|\b(?:theft|exfiltration|protect\w*|secur(?:e|ing|ity)) (?:of )?(?:the |our )?(?:model )?"
    r"weights\b|\bgewichte\b[^.\n]{0,100}\b(?:diebstahl|gesch[üu]tzt|unbefugt)",
    infrastructure_protected=r"\b(?:data cent(?:er|re)s?|infrastructure|servers?|clusters?)\b"
    r"[^.\n]{0,100}\b(?:secur|protect|access control|harden|monitored)"
    r"|\b(?:physical|infrastructure) security\b"
    r"|\b(?:rechenzentr|infrastruktur)\w*[^.\n]{0,100}\b(?:gesch[üu]tzt|gesichert|zutritt)",
)


def d21_attacks(context: Context) -> Result:
    """Whether somebody attacked the model, and what came of it."""
    return _spoken_of(context, "D21", _ATTACKS)


def d22_systemic_risks(context: Context) -> Result:
    """A framework for the gravest risks, and an assessment of them."""
    return _spoken_of(context, "D22", _RISKS)


def d23_incidents(context: Context) -> Result:
    """How serious incidents are followed up, and where to report one."""
    return _spoken_of(context, "D23", _INCIDENTS)


def d24_protection(context: Context) -> Result:
    """How the weights and the machines that hold them are protected."""
    return _spoken_of(context, "D24", _PROTECTION)


def _spoken_of(context: Context, check: str, wanted: Mapping[str, re.Pattern[str]]) -> Result:
    documents = context.once(library).of(*_SPEAKING)
    found = {
        name: next((hit[1] for each in documents if (hit := each.find(pattern))), None)
        for name, pattern in wanted.items()
    }
    missing = tuple(term(name) for name, place in found.items() if place is None)
    if len(missing) == len(wanted):
        return not_supplied(context, check, *_SPEAKING)
    verdict, reason = (Verdict.PARTIAL, "some") if missing else (Verdict.PASS, "both")
    return documented(check, verdict, reason, *found.values(), missing=missing)
