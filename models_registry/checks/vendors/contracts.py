"""V04, V05 and V11: what a contract gives whoever reaches a model through a service."""

import re
from collections.abc import Mapping

from models_registry.checks.context import Context
from models_registry.checks.documented import documented
from models_registry.checks.results import Proof, Result, Verdict, term
from models_registry.checks.roles import Role
from models_registry.checks.supplied import is_public, library, not_supplied

_SNAPSHOT = re.compile(
    r"\b[a-z][a-z0-9.]{1,30}(?:-[a-z0-9.]{1,20}){0,6}-(?:20\d\d-?[01]\d(?:-?[0-3]\d)?|[01]\d-20\d\d"
    r"|\d{4})\b|@20\d{6}\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\b(?:\d{1,3}|one|two|three|six|nine|twelve|ein|zwei|drei|sechs|zwölf)\W{0,3}"
    r"(?:\(\d{1,3}\) )?(?:calendar )?(?:days?|weeks?|months?|years?|tage?n?|monate?n?)\b"
    r"[^.\n]{0,120}"
    r"(?:notice|deprecat|retire|withdraw|discontinu|abkündig|einstell|vorlauf)"
    r"|(?:notice|deprecat|retire|withdraw|abkündig)\w*[^.\n]{0,120}\b(?:\d{1,3}|six|twelve|sechs)"
    r"\W{0,3}(?:days|months|weeks|tage|monate)",
    re.IGNORECASE,
)
_DATA_TERMS: Mapping[str, re.Pattern[str]] = {
    "no_training": re.compile(
        r"\b(?:not|never|nicht|no)\b[^.\n]{0,80}\b(?:train|training|improve|trainieren)\w*", re.I
    ),
    "retention": re.compile(
        r"\b(?:retain|retention|delet|lösch|aufbewahr|gespeichert)\w*[^.\n]{0,80}\b\d{1,4}\W{0,3}"
        r"(?:days?|hours?|months?|tage?n?|stunden)|zero[- ]data[- ]retention",
        re.IGNORECASE,
    ),
    "region": re.compile(
        r"\b(?:process|stor|host|resid|verarbeit|gespeichert)\w*[^.\n]{0,80}"
        r"(?:European Union|\bEU\b|\bEEA\b|EWR|Union\b|Germany|Deutschland|region)"
        r"|data residency",
        re.IGNORECASE,
    ),
    "sub_processors": re.compile(r"\bsub-?processors?\b|unterauftrags?verarbeiter", re.I),
}
_RIGHTS: Mapping[str, re.Pattern[str]] = {
    "logs": re.compile(r"\b(?:access to|right to|provide|zugang zu)\b[^.\n]{0,60}\blog", re.I),
    "evaluations": re.compile(
        r"\b(?:evaluation|test|audit) (?:results?|reports?|rights?)\b|\bright to audit\b"
        r"|prüf(?:rechte?|berichte?)",
        re.IGNORECASE,
    ),
    "red_teaming": re.compile(
        r"\b(?:red[- ]?team\w*|penetration tests?|adversarial test\w*|angriffstests?)\b", re.I
    ),
}


def v04_version_pinning(context: Context) -> Result:
    """A snapshot with a day and a notice, only a snapshot, or a name that may move."""
    if is_public(context):
        return Result("V04", Verdict.NOT_APPLICABLE, "own_copy")
    documents = context.once(library).of(Role.CONTRACT, Role.SYSTEM_CARD, Role.DATA_TERMS)
    if not documents:
        return not_supplied(context, "V04", Role.CONTRACT)
    snapshot = next((hit for each in documents if (hit := each.find(_SNAPSHOT))), None)
    notice = next((hit[1] for each in documents if (hit := each.find(_NOTICE))), None)
    if snapshot is None:
        return documented("V04", Verdict.FAIL, "alias_only", notice or documents[0].whole)
    name, place = snapshot[0][0], snapshot[1]
    verdict, reason = (
        (Verdict.PASS, "snapshot_and_notice") if notice else (Verdict.PARTIAL, "snapshot")
    )
    return documented("V04", verdict, reason, place, notice, name=name)


def v05_data_use(context: Context) -> Result:
    """What becomes of the data that is put in."""
    if context.claims.get("hosting") == "own":
        return Result("V05", Verdict.NOT_APPLICABLE, "own_hosting")
    return _granted(context, "V05", _DATA_TERMS, (Role.DATA_TERMS, Role.CONTRACT))


def v11_audit_rights(context: Context) -> Result:
    """Rights to logs, to results of evaluations and to tests of one's own."""
    return _granted(context, "V11", _RIGHTS, (Role.CONTRACT, Role.DATA_TERMS))


def _granted(
    context: Context, check: str, wanted: Mapping[str, re.Pattern[str]], roles: tuple[Role, ...]
) -> Result:
    documents = context.once(library).of(*roles)
    if not documents:
        return not_supplied(context, check, *roles)
    found: dict[str, Proof | None] = {
        name: next((hit[1] for each in documents if (hit := each.find(pattern))), None)
        for name, pattern in wanted.items()
    }
    missing = tuple(term(name) for name, place in found.items() if place is None)
    if len(missing) == len(wanted):
        return documented(check, Verdict.FAIL, "nothing", documents[0].whole)
    verdict, reason = (Verdict.PARTIAL, "some") if missing else (Verdict.PASS, "all")
    return documented(check, verdict, reason, *found.values(), missing=missing)
