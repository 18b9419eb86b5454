"""B07: the YAML of the Model Openness Framework, against what was found here."""

import re

from models_registry.checks.context import Context
from models_registry.checks.coverage.openness import Openness, State, openness
from models_registry.checks.readers.loose_yaml import Loose, Node, read_loosely, text_at
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict, term

_FILES = ("mof.y*ml", "*.mof.y*ml", "*openness*.y*ml", "mof/*.y*ml")
_MOST = 1 << 20


def b07_openness(context: Context) -> Result:
    """The class that the file's components would give, and the one that our findings give."""
    entry = next(context.material.named(*_FILES), None)
    if entry is None:
        return Result("B07", Verdict.NOT_CHECKABLE, "no_file")
    text = context.material.read(entry, at_most=_MOST).decode("utf-8", "replace")
    read = read_loosely(text)
    place = Proof(entry.path, "release: components", read.line("release"), sha256=entry.sha256)
    listed = _listed(context, read)
    if not listed:
        return Result("B07", Verdict.FAIL, "not_the_form", Strength.DOCUMENTED, {}, (place,))
    found = openness(context)
    included = {one.id for one in found.components if one.state is State.INCLUDED}
    claimed = claimed_class(found, listed)
    unproven = tuple(term(f"mof_{name}") for name in sorted(listed - included))
    values: dict[str, Value] = {
        "claimed": term(f"mof_class_{claimed}"),
        "found": term(f"mof_class_{found.reached}"),
        "unproven": unproven,
        "count": len(listed),
    }
    fact = Fact("openness_class", found.reached, Strength.VERIFIED, "B07")
    verdict, reason = Verdict.PASS, "borne_out"
    if found.reached < claimed:
        verdict, reason = Verdict.FAIL, "class_not_borne_out"
    elif unproven:
        verdict, reason = Verdict.PARTIAL, "components_not_found"
    return Result("B07", verdict, reason, Strength.VERIFIED, values, (place,), (fact,))


def claimed_class(found: Openness, listed: frozenset[str]) -> int:
    """The class if every listed component were there under an open licence."""
    reached = 0
    for number in (3, 2, 1):
        needed = {c.id for c in found.components if c.required and c.mof_class >= number}
        if "research_paper" in listed:
            needed.discard("technical_report")
        if not needed <= listed:
            break
        reached = number
    return reached


def _listed(context: Context, read: Loose) -> frozenset[str]:
    release = read.keys.get("release")
    components = release.get("components") if isinstance(release, dict) else None
    names = {_plain(row["text"]["en"]): name for name, row in _rows(context).items()}
    given = [_plain(_name(one)) for one in components] if isinstance(components, list) else []
    return frozenset(names[name] for name in given if name in names)


def _rows(context: Context) -> dict[str, dict[str, dict[str, str]]]:
    return {k: dict(v) for k, v in context.catalogue.section("mof_components").items()}


def _name(component: Node) -> str:
    return component if isinstance(component, str) else text_at(component, "name")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())
