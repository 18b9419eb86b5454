"""V01 to V03: whether a system card is that of this model, what it covers, and who else looked."""

import re

from models_registry.checks.context import Context
from models_registry.checks.coverage.topics import hits
from models_registry.checks.documented import documented, said
from models_registry.checks.readers.days import DAY
from models_registry.checks.readers.documents import Document
from models_registry.checks.results import Proof, Result, Strength, Value, Verdict, term
from models_registry.checks.roles import Role
from models_registry.checks.supplied import library, not_supplied

_DESCRIBING = (Role.SYSTEM_CARD, Role.REPORT, Role.ANNEX_PACK)
_FULL, _ENOUGH = 0.8, 0.4
_LABS = re.compile(
    r"\b(?:METR|Apollo Research|UK AISI|US AISI|CAISI|AI Security Institute|AI Safety Institute"
    r"|Irregular|Pattern Labs|HiddenLayer|Gray Swan|LatticeFlow|Fraunhofer|SecureBio|Deloitte"
    r"|T[ÜU]V \w+)\b"
)
_EXTERNAL = re.compile(
    r"\b(?:external|third[- ]party|independent)\w* (?:evaluat|red[- ]?team|test|assess|audit)",
    re.IGNORECASE,
)


def v01_identity(context: Context) -> Result:
    """The exact identifier, only the family, or another model."""
    documents = context.once(library).of(*_DESCRIBING)
    if not documents:
        return not_supplied(context, "V01", *_DESCRIBING)
    exact, family = _names(context)
    if not exact and not family:
        return Result("V01", Verdict.NOT_CHECKABLE, "no_name", proofs=(documents[0].whole,))
    if found := _named(documents, exact):
        document, place = found
        day = document.find(DAY)
        facts = (said("V01", "model_identity", True, place),)
        name, date = place.quote, day[0][0] if day else None
        day_place = day[1] if day else None
        return documented(
            "V01", Verdict.PASS, "exact", place, day_place, facts=facts, name=name, day=date
        )
    if found := _named(documents, family):
        document, place = found
        return documented("V01", Verdict.PARTIAL, "family", place, path=document.path)
    return documented("V01", Verdict.FAIL, "other", documents[0].whole, path=documents[0].path)


def v02_coverage(context: Context) -> Result:
    """How many of the topics of the documentation form the documents speak of."""
    documents = context.once(library).of(*_DESCRIBING, Role.USE_POLICY, Role.CONTRACT)
    if not context.once(library).of(*_DESCRIBING):
        return not_supplied(context, "V02", *_DESCRIBING)
    rows = context.catalogue.section("coverage_topics")
    wanted = [name for name, row in rows.items() if "form" in row]
    found = hits(context.catalogue, documents)
    there = [name for name in wanted if name in found]
    share = len(there) / len(wanted)
    missing = tuple(term(f"topic_{name}") for name in wanted if name not in found)
    verdict, reason = Verdict.FAIL, "thin"
    if share >= _FULL:
        verdict, reason = Verdict.PASS, "wide"
    elif share >= _ENOUGH:
        verdict, reason = Verdict.PARTIAL, "part"
    places = tuple(found[name] for name in there)
    facts = (said("V02", "topics_spoken_of", len(there), places[0] if places else None),)
    count, of = len(there), len(wanted)
    return documented(
        "V02", verdict, reason, *places, facts=facts, count=count, of=of, missing=missing
    )


def v03_external_evaluation(context: Context) -> Result:
    """A report of others about just this model, others who are only named, or nobody."""
    reports = context.once(library).of(Role.EXTERNAL_REPORT)
    exact, _ = _names(context)
    bound = _named(reports, exact)
    if bound:
        report, place = bound
        # Not the provider's word any more; it holds for the model that it names.
        values: dict[str, Value] = {"path": report.path}
        strength = Strength.INDEPENDENT
        return Result("V03", Verdict.PASS, "report", strength, values, (place,))
    if reports:
        path = reports[0].path
        return documented("V03", Verdict.PARTIAL, "report_unbound", reports[0].whole, path=path)
    for document in context.once(library).about_model:
        found = document.find(_LABS) or document.find(_EXTERNAL)
        if found:
            name, place = found[0][0], found[1]
            return documented("V03", Verdict.PARTIAL, "named", place, name=name)
    return not_supplied(context, "V03", *_DESCRIBING, Role.EXTERNAL_REPORT)


def _names(context: Context) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The identifiers of the model, then its names and family, as the register holds them."""
    claims = context.claims
    ids = claims.get("model_ids") or claims.get("model_id") or ()
    exact = tuple(str(one) for one in (ids if isinstance(ids, tuple) else (ids,)) if one)
    family = tuple(
        value
        for key in ("model_name", "family")
        if isinstance(value := claims.get(key), str) and value
    )
    return exact, family


def _named(
    documents: tuple[Document, ...], names: tuple[str, ...]
) -> tuple[Document, Proof] | None:
    for name in names:
        pattern = _as_written(name)
        for document in documents:
            if found := document.find(pattern):
                return document, found[1]
    return None


def _as_written(name: str) -> re.Pattern[str]:
    """A name with any sign between its parts, and not as the beginning of a longer one."""
    parts = [re.escape(part) for part in re.split(r"[\s_-]+", name[:200]) if part]
    return re.compile(r"(?<![\w.-])" + r"[\s_-]{1,3}".join(parts) + r"(?![\w-]|\.\d)", re.I)
