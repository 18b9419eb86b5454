"""V08 to V10: the code of practice, the representative, and the pack for downstream providers."""

import re

from models_registry.checks.context import Context
from models_registry.checks.coverage.topics import hits
from models_registry.checks.documented import documented, said
from models_registry.checks.results import Proof, Result, Strength, Value, Verdict
from models_registry.checks.roles import Role
from models_registry.checks.supplied import library, not_supplied

_STATUS = {
    "full": (Verdict.PASS, "full"),
    "safety_security_chapter_only": (Verdict.PARTIAL, "one_chapter"),
    "partial": (Verdict.PARTIAL, "one_chapter"),
    "refused": (Verdict.FAIL, "refused"),
    "none_found": (Verdict.FAIL, "not_listed"),
}
_REPRESENTATIVE = re.compile(
    r"\b(?:authori[sz]ed|eu|european) representative\b|\bbevollm[äa]chtigte[rn]?\b", re.IGNORECASE
)
_NAME = re.compile(
    r"representative\W{1,4}(?:of the provider\W{1,4}|name\W{1,4})?[A-ZÄÖÜ][\w&.-]{1,60}"
    r"|bevollm[äa]chtigte[rn]?\W{1,4}[A-ZÄÖÜ]\w+",
)
_ADDRESS = re.compile(
    r"\b\d{4,5}\s+[A-ZÄÖÜ][\wäöüß]{2,}|\b(?:street|straße|strasse|str\.|avenue|rue|platz|road)\b"
    r"|\baddress\b|\banschrift\b",
    re.IGNORECASE,
)
_PACK_ENOUGH = 0.7


def v08_code_of_practice(context: Context) -> Result:
    """Whether the provider signed, as the public list or the register has it."""
    status = context.claims.get("code_of_practice")
    provider = context.claims.get("provider")
    listed = _on_list(context, provider) if isinstance(provider, str) and provider else None
    if listed is not None:
        # The list is the Commission's own word.
        values: dict[str, Value] = {"provider": provider}
        strength = Strength.INDEPENDENT
        return Result("V08", Verdict.PASS, "on_list", strength, values, (listed,))
    if not isinstance(status, str) or status not in _STATUS:
        return not_supplied(context, "V08", Role.CODE_SIGNATORIES)
    verdict, reason = _STATUS[status]
    on = context.claims.get("code_of_practice_on")
    return documented("V08", verdict, reason, day=on)


def v09_representative(context: Context) -> Result:
    """Name and address of the representative in the Union."""
    if context.claims.get("provider_outside_union") is False:
        return Result("V09", Verdict.NOT_APPLICABLE, "inside_union")
    roles = (Role.MANDATE, Role.SUMMARY, Role.SYSTEM_CARD, Role.CARD, Role.ANNEX_PACK)
    documents = context.once(library).of(*roles)
    for document in documents:
        lines = document.lines
        for number, line in enumerate(lines):
            if _REPRESENTATIVE.search(line.plain):
                near = " ".join(each.plain for each in lines[number : number + 5])
                place = document.proof(line)
                facts = (said("V09", "representative_named", True, place),)
                if _ADDRESS.search(near):
                    return documented("V09", Verdict.PASS, "whole", place, facts=facts)
                named = _NAME.search(near) is not None
                verdict = Verdict.PARTIAL if named else Verdict.FAIL
                reason = "no_address" if named else "only_spoken_of"
                return documented("V09", verdict, reason, place, facts=facts if named else ())
    return not_supplied(context, "V09", *roles)


def v10_pack(context: Context) -> Result:
    """The documentation that Annex XI asks for, item by item of its first section."""
    packs = context.once(library).of(Role.ANNEX_PACK)
    if not packs:
        return not_supplied(context, "V10", Role.ANNEX_PACK)
    rows = context.catalogue.section("coverage_items").values()
    items = [r for r in rows if r["frame"] == "annex_xi" and not r.get("systemic_only")]
    found = hits(context.catalogue, packs)
    there = [row for row in items if any(topic in found for topic in row["topics"])]
    missing = tuple(row["cite"] for row in items if row not in there)
    verdict, reason = Verdict.FAIL, "little"
    if not missing:
        verdict, reason = Verdict.PASS, "all"
    elif len(there) / len(items) >= _PACK_ENOUGH:
        verdict, reason = Verdict.PARTIAL, "most"
    places = [next(found[t] for t in row["topics"] if t in found) for row in there]
    count, of = len(there), len(items)
    return documented(
        "V10",
        verdict,
        reason,
        *(places or [packs[0].whole]),
        count=count,
        of=of,
        missing=missing,
        path=packs[0].path,
    )


def _on_list(context: Context, provider: str) -> Proof | None:
    pattern = re.compile(rf"\b{re.escape(provider[:100])}\b", re.IGNORECASE)
    for document in context.once(library).of(Role.CODE_SIGNATORIES):
        if found := document.find(pattern):
            return found[1]
    return None
