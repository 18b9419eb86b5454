"""Results that rest on documents: no more than documented, whatever the document says."""

from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict


def documented(
    check: str,
    verdict: Verdict,
    reason: str,
    *proofs: Proof | None,
    facts: tuple[Fact, ...] = (),
    strength: Strength = Strength.DOCUMENTED,
    **values: Value,
) -> Result:
    """One result; places that were not found may be handed in and are left out."""
    there = tuple(proof for proof in proofs if proof is not None)
    return Result(check, verdict, reason, strength, values, there, facts)


def said(check: str, name: str, value: Value, proof: Proof | None, unit: str = "") -> Fact:
    """A fact that a document gives."""
    return Fact(name, value, Strength.DOCUMENTED, check, unit, proof)
