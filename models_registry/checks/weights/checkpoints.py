"""W14: states of the weights from within the training."""

import re
from collections.abc import Iterator
from itertools import islice

from models_registry.checks.context import Context
from models_registry.checks.material import Entry
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict

_NAME = re.compile(
    r"(?:^|[-_/])((?:global_?)?(?:step|stage|checkpoint|ckpt|iter|epoch)[-_]?\d[\w.-]*?)(?=/|$)",
    re.I,
)
_LISTS = ("branches.txt", "refs.txt", "revisions.txt", "packed-refs")
_LINE = re.compile(
    r"(?:^|[-_/\s])((?:step|stage|checkpoint|ckpt|iter|epoch)[-_]?\d[\w.-]{0,99})[ \t\r]?$",
    re.I | re.M,
)
_MOST_LIST = 1 << 20
_MOST_LISTS = 50


def w14_checkpoints(context: Context) -> Result:
    """Several, one or none; in folders, or in a list of branches."""
    inside = dict(_inside(context))
    listed = dict(_listed(context))
    states = tuple(sorted({*inside, *listed}))
    proofs = tuple(Proof(each.path, name[:300]) for name, each in (listed | inside).items())[:20]
    strength = Strength.VERIFIED if inside else Strength.ASSERTED
    facts = (Fact("checkpoints", len(states), strength, "W14"),) if states else ()
    values: dict[str, Value] = {"count": len(states), "states": states}
    if not states:
        return Result("W14", Verdict.FAIL, "none")
    if len(states) == 1:
        return Result("W14", Verdict.PARTIAL, "one", strength, values, proofs, facts)
    if len(inside) < 2:
        return Result("W14", Verdict.PARTIAL, "only_listed", strength, values, proofs, facts)
    return Result("W14", Verdict.PASS, "several", strength, values, proofs, facts)


def _inside(context: Context) -> Iterator[tuple[str, Entry]]:
    """Folders of weights whose name is that of a step."""
    for entry in context.material.named("*.safetensors", "*.bin", "*.pt", "*.pth", "*.ckpt"):
        folder = entry.path.rpartition("/")[0]
        if folder and (found := _NAME.search(folder)):
            yield found[1].lower(), entry


def _listed(context: Context) -> Iterator[tuple[str, Entry]]:
    for entry in islice(context.material.named(*_LISTS), _MOST_LISTS):
        if entry.size <= _MOST_LIST:
            text = context.material.read(entry, at_most=_MOST_LIST).decode(errors="replace")
            yield from ((found[1].lower(), entry) for found in _LINE.finditer(text))
