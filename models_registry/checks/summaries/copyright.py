"""T07: the policy on copyright."""

import re

from models_registry.checks.context import Context
from models_registry.checks.documented import documented, said
from models_registry.checks.results import Result, Verdict, term
from models_registry.checks.roles import Role
from models_registry.checks.summaries.template import summary
from models_registry.checks.supplied import absent, library

_PROTOCOL = re.compile(
    r"\brobots\.txt\b|\btdm-?rep\b|\bai\.txt\b|robot exclusion|\btdm-reservation\b", re.IGNORECASE
)
_COMPLAINTS = re.compile(
    r"\b(?:complain\w*|rightsholders?|rights holders?|beschwerde\w*|rechteinhaber\w*)\b[^\n]{0,200}"
    r"(?:@|https?://|contact|form\b|kontakt)"
    r"|(?:@|contact|kontakt)[^\n]{0,200}\b(?:complain\w*|copyright|beschwerde\w*)",
    re.IGNORECASE,
)


def t07_copyright(context: Context) -> Result:
    """Which reservations of rights are honoured, and who takes complaints."""
    documents = context.once(library).of(Role.COPYRIGHT_POLICY)
    made = context.once(summary)
    if not documents and made:
        documents = (made.document,)
    if not documents:
        return absent(context, "T07", Role.COPYRIGHT_POLICY, Role.SUMMARY)
    found = {
        name: next((hit[1] for each in documents if (hit := each.find(pattern))), None)
        for name, pattern in (("robots", _PROTOCOL), ("complaints", _COMPLAINTS))
    }
    missing = tuple(term(name) for name, place in found.items() if place is None)
    facts = (said("T07", "copyright_policy", True, documents[0].whole),)
    if len(missing) == len(found):
        place = documents[0].whole
        return documented("T07", Verdict.FAIL, "empty", place, path=documents[0].path)
    verdict, reason = (Verdict.PARTIAL, "part") if missing else (Verdict.PASS, "both")
    places = found.values()
    return documented("T07", verdict, reason, *places, facts=facts, missing=missing)
