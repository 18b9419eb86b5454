"""W05: whether somebody signed exactly these files."""

from collections.abc import Mapping

from models_registry.checks.context import Context
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry
from models_registry.checks.readers.signatures import (
    MOST,
    Signature,
    read_key,
    read_signature,
)
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict
from models_registry.checks.weights.inventory import inventory

_NAMES = ("model.sig", "*.sig", "*.sigstore", "*.sigstore.json")


def w05_signature(context: Context) -> Result:
    """Valid under a key that the register knows, unsigned, or untrue."""
    entry = next((each for each in context.material.named(*_NAMES) if each.size <= MOST), None)
    if entry is None:
        return Result("W05", Verdict.PARTIAL, "unsigned")
    proof = (Proof(entry.path, sha256=entry.sha256),)
    try:
        content = context.material.read(entry, at_most=MOST)
        signature = read_signature(content, name=entry.path)
    except Refused:
        return Result("W05", Verdict.NOT_CHECKABLE, "unknown_form", proofs=proof)
    main = {each.path: each for each in context.once(inventory).main}
    entries = {each.path: each for each in context.material.entries()}
    differing = tuple(
        sorted(
            path
            for path, sha256 in signature.files.items()
            if path in entries and entries[path].sha256 not in ("", sha256)
        )
    )
    unsigned = tuple(sorted(main.keys() - signature.files.keys()))
    values: dict[str, Value] = {
        "files": len(signature.files),
        "differing": differing,
        "unsigned": unsigned,
    }
    verdict, reason = _judged(context, signature, main, unsigned, differing)
    strength = Strength.INDEPENDENT if reason == "valid" else Strength.NONE
    facts = (Fact("signed", True, strength, "W05"),) if reason == "valid" else ()
    return Result("W05", verdict, reason, strength, values, proof, facts)


def _judged(
    context: Context,
    signature: Signature,
    main: Mapping[str, Entry],
    unsigned: tuple[str, ...],
    differing: tuple[str, ...],
) -> tuple[Verdict, str]:
    if differing:
        return Verdict.FAIL, "other_files"
    stated = context.claims.get("signature_key")
    key = read_key(stated) if isinstance(stated, str) and stated else None
    own = signature.own_key()
    if (key and not signature.signed_by(key)) or (own and not key and not signature.signed_by(own)):
        return Verdict.FAIL, "invalid"
    if not all(each.sha256 and each.hash_seen_here for each in main.values()):
        return Verdict.NOT_CHECKABLE, "not_hashed"
    if unsigned:
        return Verdict.PARTIAL, "some_unsigned"
    return (Verdict.PASS, "valid") if key else (Verdict.PARTIAL, "signer_unknown")
