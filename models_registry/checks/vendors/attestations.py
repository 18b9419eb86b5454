"""V06 and V07: what auditors say about the provider, which is never said about the model."""

import re
from datetime import date

from models_registry.checks.context import Context
from models_registry.checks.readers.days import month_of, months_since
from models_registry.checks.readers.documents import Document
from models_registry.checks.results import Proof, Result, Strength, Value, Verdict
from models_registry.checks.roles import Role
from models_registry.checks.supplied import library, not_supplied

_TYPE_TWO = re.compile(r"\btype\s*(?:2|II)\b", re.IGNORECASE)
_TYPE_ONE = re.compile(r"\btype\s*(?:1|I)\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:period|zeitraum|throughout)[^\n]{0,80}?(?:to|through|until|–|-|bis)\s+([^\n]{4,40})"
    r"|(?:as of|stand)\s+([^\n]{4,40})",
    re.IGNORECASE,
)
_AUDITOR = re.compile(
    r"independent (?:service )?auditor|certified public accountants?|\bauditor'?s? report\b"
    r"|\b(?:Deloitte|KPMG|PwC|Ernst & Young|EY|BDO|A-LIGN|Schellman|Coalfire)\b",
    re.IGNORECASE,
)
_EXCEPTIONS = re.compile(
    r"(?<!no )(?<!no relevant )\b(?:exceptions? (?:was|were) noted|qualified opinion"
    r"|deviations? noted)",
    re.IGNORECASE,
)
_STANDARD = re.compile(r"\bISO(?:/IEC)?\s*(27001|42001)\b", re.IGNORECASE)
_ACCREDITED = re.compile(
    r"\b(?:accredited|accreditation|akkreditiert|UKAS|DAkkS|ANAB|COFRAC|RvA)\b", re.IGNORECASE
)
_SCOPE = re.compile(r"\b(?:scope|geltungsbereich)\b", re.IGNORECASE)
_VALID_TO = re.compile(
    r"(?:valid (?:until|to|through)|expir(?:y|es)(?: date)?|g[üu]ltig bis)\W{0,5}([^\n]{4,40})",
    re.IGNORECASE,
)
_FRESH_MONTHS = 12
_SERVICE = ("service", "provider", "model_name")


def v06_soc_2(context: Context) -> Result:
    """A report of type II on the service in question, not older than a year."""
    reports = context.once(library).of(Role.SOC_2)
    if not reports:
        return not_supplied(context, "V06", Role.SOC_2)
    report = reports[0]
    ends, place = _month(report, _PERIOD)
    scope = _service_named(context, report)
    exceptions = report.find(_EXCEPTIONS)
    auditor = report.find(_AUDITOR)
    values: dict[str, Value] = {
        "path": report.path,
        "until": f"{ends[0]}-{ends[1]:02}" if ends else None,
        "exceptions": exceptions is not None,
    }
    places = tuple(
        one for one in (place, scope, *(hit[1] for hit in (exceptions, auditor) if hit)) if one
    )
    places = places or (report.whole,)
    verdict, reason = _judged(context, report, scope, ends, auditor is not None)
    strength = Strength.INDEPENDENT if verdict is Verdict.PASS else Strength.DOCUMENTED
    return Result("V06", verdict, reason, strength, values, places)


def _judged(
    context: Context,
    report: Document,
    scope: Proof | None,
    ends: tuple[int, int] | None,
    audited: bool,
) -> tuple[Verdict, str]:
    if scope is None:
        named = any(isinstance(context.claims.get(key), str) for key in _SERVICE)
        return (Verdict.FAIL, "out_of_scope") if named else (Verdict.PARTIAL, "scope_unknown")
    if not report.find(_TYPE_TWO):
        return Verdict.PARTIAL, "type_one" if report.find(_TYPE_ONE) else "no_type"
    if ends is None or not _fresh(ends, context.on):
        return Verdict.PARTIAL, "old"
    return (Verdict.PASS, "type_two") if audited else (Verdict.PARTIAL, "no_auditor")


def v07_certificates(context: Context) -> Result:
    """A certificate of an accredited body that is valid and names its scope."""
    found = context.once(library).of(Role.CERTIFICATE)
    if not found:
        return not_supplied(context, "V07", Role.CERTIFICATE)
    results = [_certificate(context, document) for document in found]
    order = (Verdict.PASS, Verdict.PARTIAL, Verdict.FAIL)
    return min(results, key=lambda one: order.index(one.verdict))


def _certificate(context: Context, document: Document) -> Result:
    standard = document.find(_STANDARD)
    until, place = _month(document, _VALID_TO)
    name = f"ISO/IEC {standard[0][1]}" if standard else "ISO"
    values: dict[str, Value] = {
        "name": name,
        "until": f"{until[0]}-{until[1]:02}" if until else None,
        "path": document.path,
    }
    places = tuple(one for one in (standard[1] if standard else None, place) if one)
    places = places or (document.whole,)
    if standard is None:
        return Result("V07", Verdict.FAIL, "no_certificate", Strength.DOCUMENTED, values, places)
    if until and months_since(until, context.on) > 0:
        return Result("V07", Verdict.FAIL, "expired", Strength.DOCUMENTED, values, places)
    if until is None:
        return Result("V07", Verdict.PARTIAL, "no_end", Strength.DOCUMENTED, values, places)
    if not (document.find(_SCOPE) and document.find(_ACCREDITED)):
        return Result("V07", Verdict.PARTIAL, "no_scope", Strength.DOCUMENTED, values, places)
    return Result("V07", Verdict.PASS, "valid", Strength.INDEPENDENT, values, places)


def _month(
    document: Document, pattern: re.Pattern[str]
) -> tuple[tuple[int, int] | None, Proof | None]:
    for found, place in document.find_all(pattern):
        month = month_of(next((group for group in found.groups() if group), ""))
        if month:
            return month, place
    return None, None


def _fresh(ends: tuple[int, int], on: date) -> bool:
    return 0 <= months_since(ends, on) <= _FRESH_MONTHS


def _service_named(context: Context, report: Document) -> Proof | None:
    """Where the report names the service that the register says the model comes through."""
    for key in _SERVICE:
        name = context.claims.get(key)
        if isinstance(name, str) and len(name) > 1:
            found = report.find(re.compile(rf"\b{re.escape(name[:100])}\b", re.IGNORECASE))
            if found:
                return found[1]
            if key == "service":
                # A report on the provider's other services is none on this one.
                return None
    return None
