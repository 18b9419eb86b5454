"""W04: the hash of the weights, against whatever else names one."""

import re
from collections.abc import Iterator
from itertools import islice

from models_registry.checks.context import Context
from models_registry.checks.intake.content import Kind, kind_by_content
from models_registry.checks.intake.hashing import merkle_root
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict
from models_registry.checks.weights.inventory import Inventory, inventory
from models_registry.checks.weights.present import proofs_of, strength_of

_LISTS = ("sha256sums*", "*.sha256", "*.sha256sum", "checksums*", "*checksums.txt")
_LINE = re.compile(r"^([0-9a-fA-F]{64})\s+[* ]?(\S.{0,500})$", re.MULTILINE)
_POINTER = re.compile(r"\Aversion [^\n]*\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\n")
_MOST_LIST = 1 << 20
_MOST_LISTS = 50
_MOST_POINTER = 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")


def w04_fingerprint(context: Context) -> Result:
    """SHA-256 of each file and one root over them; what is listed elsewhere must agree."""
    found = context.once(inventory)
    hashes = {each.path: each.sha256 for each in found.main if each.sha256}
    told = {**dict(_pointers(context)), **hashes}
    if not told:
        facts = _architecture(found)
        return Result("W04", Verdict.NOT_CHECKABLE, "not_hashed", facts=facts)
    whole = len(hashes) == len(found.main) and not found.missing
    root = merkle_root(told.items())
    here = whole and all(each.hash_seen_here for each in found.main)
    listed = list(_listed(context, told))
    differing = tuple(path for path, sha256, _ in listed if told[path] != sha256)
    reference = context.claims.get("weights_fingerprint")
    verdict, reason = _judged(here, differing, root, reference, bool(listed))
    strength = Strength.VERIFIED if here else Strength.ASSERTED
    values: dict[str, Value] = {"root": root, "reference": reference, "files": len(told)}
    return Result(
        "W04",
        verdict,
        reason,
        strength,
        {**values, "differing": differing},
        proofs=tuple(proof for _, _, proof in listed)[:20] or proofs_of(found.main),
        facts=(Fact("weights_fingerprint", root, strength, "W04"), *_architecture(found)),
    )


def _judged(
    here: bool, differing: tuple[str, ...], root: str, reference: Value, listed: bool
) -> tuple[Verdict, str]:
    known = isinstance(reference, str) and bool(_SHA256.fullmatch(reference))
    if differing or (known and reference != root):
        return Verdict.FAIL, "differs_from_list" if differing else "differs_from_register"
    if not here:
        return Verdict.PARTIAL, "only_told"
    if known or listed:
        return Verdict.PASS, "agrees_with_register" if known else "agrees_with_list"
    return Verdict.PARTIAL, "no_reference"


def _listed(context: Context, told: dict[str, str]) -> Iterator[tuple[str, str, Proof]]:
    """The hashes that files of checksums in the material state for weights."""
    for entry in islice(context.material.named(*_LISTS), _MOST_LISTS):
        if entry.size > _MOST_LIST:
            continue
        text = context.material.read(entry, at_most=_MOST_LIST).decode(errors="replace")
        for line in _LINE.finditer(text):
            path = line[2].strip().removeprefix("./")
            if path in told:
                number = text.count("\n", 0, line.start()) + 1
                proof = Proof(entry.path, line[0][:300], number, sha256=entry.sha256)
                yield path, line[1].lower(), proof


def _pointers(context: Context) -> Iterator[tuple[str, str]]:
    """What stands in the place of weights where only the repository was copied."""
    for entry in context.material.named("*.safetensors", "*.gguf", "*.bin", "*.pt", "*.pth"):
        if entry.size > _MOST_POINTER:
            continue
        content = context.material.read(entry, at_most=_MOST_POINTER)
        kind = kind_by_content(content, size=entry.size)
        pointer = _POINTER.match(content.decode(errors="replace"))
        if kind is Kind.LFS_POINTER and pointer:
            yield entry.path, pointer[1]


def _architecture(found: Inventory) -> tuple[Fact, ...]:
    """The same for a model, its fine-tunes and its quantised copies."""
    if not found.counted:
        return ()
    value = found.tally.fingerprint()
    return (Fact("architecture_fingerprint", value, strength_of(found), "W04"),)
