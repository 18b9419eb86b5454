"""Results as plain data and back, and what follows from them without the material.

The data go through JSON and PostgreSQL unharmed: a list is a tuple, and an object stands for a
value that either of the two would change, as a float without a fraction or a text with a NUL.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from models_registry.checks.account import verdict_counts
from models_registry.checks.catalogue import Catalogue
from models_registry.checks.examining import Examination
from models_registry.checks.intake.hashing import merkle_root
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.licences.material import own
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict
from models_registry.checks.sovereignty.deployment import Deployment, of_results

_PLACES = ("line", "start", "end", "page")
# Beyond it programs that know only floats lose digits.
_LARGEST = 1 << 53


def results_as_data(results: Iterable[Result]) -> list[dict[str, Any]]:
    """Results for a column of JSON."""
    return [
        {
            "check": result.check,
            "verdict": result.verdict.value,
            "reason": result.reason,
            "strength": result.strength.name.lower(),
            "values": values_as_data(result.values),
            "proofs": [_proof(proof) for proof in result.proofs],
            "facts": [_fact(fact) for fact in result.facts],
        }
        for result in results
    ]


def results_from_data(data: Iterable[Mapping[str, Any]]) -> tuple[Result, ...]:
    """The results that ``results_as_data`` wrote, equal to what they were."""
    return tuple(
        Result(
            check=row["check"],
            verdict=Verdict(row["verdict"]),
            reason=row["reason"],
            strength=Strength[row["strength"].upper()],
            values=values_from_data(row["values"]),
            proofs=tuple(_proof_of(proof) for proof in row["proofs"]),
            facts=tuple(_fact_of(fact) for fact in row["facts"]),
        )
        for row in data
    )


def values_as_data(values: Mapping[str, Value]) -> dict[str, Any]:
    """Values by name, as claims are."""
    return {name: _plain(value) for name, value in values.items()}


def values_from_data(data: Mapping[str, Any]) -> dict[str, Value]:
    """The values that ``values_as_data`` wrote."""
    return {name: _value(value) for name, value in data.items()}


def run_summary(found: Examination) -> dict[str, Any]:
    """What a run comes to, for lists and to go on from; names and verdicts of the catalogue.

    ``licence_ids`` is None where no licence text was there, and empty where it was not recognised.
    """
    licence, read = found.licence, own(found.context)
    entries = found.context.material.entries()
    return {
        "verdicts": verdict_counts(found.results),
        "licence_ids": [one.id for one in licence.finding.licences] if licence.finding else None,
        "licence_names": [_plain(name) for name in licence.names],
        "licence_verdict": licence.verdict.value,
        "plan_on": licence.plan_on.value,
        "licence_text": read.entry.sha256 if read else "",
        "arguments": list(licence.arguments),
        "exemption": found.exemption.verdict.value,
        "closed": found.closed,
        "root": merkle_root((entry.path, entry.sha256) for entry in entries if entry.sha256),
        "files": len(entries),
        "bytes": sum(entry.size for entry in entries),
    }


def deployment_of_run(
    results: Iterable[Result],
    claims: Mapping[str, Value],
    catalogue: Catalogue,
    *,
    licence_ids: Iterable[str] | None,
    exemption: LicenceVerdict | str,
    answers: Mapping[str, Value] | None = None,
    register: Deployment | None = None,
) -> Deployment:
    """What ``of_examination`` gave for the same run; ``licence_ids`` are those of its summary."""
    known = licences(catalogue).by_id
    read = None if licence_ids is None else tuple(known[i] for i in licence_ids if i in known)
    return of_results(
        results,
        claims,
        catalogue,
        read=read,
        exemption=LicenceVerdict(exemption),
        answers=answers,
        register=register,
    )


def _proof(proof: Proof) -> dict[str, Any]:
    places = {name: getattr(proof, name) for name in _PLACES}
    texts = {"quote": _plain(proof.quote), "sha256": proof.sha256}
    there = {name: place for name, place in places.items() if place is not None}
    return {"path": _plain(proof.path), **{k: t for k, t in texts.items() if t}, **there}


def _proof_of(data: Mapping[str, Any]) -> Proof:
    texts = {name: _value(data[name]) for name in ("path", "quote", "sha256") if name in data}
    places = {name: data[name] for name in _PLACES if name in data}
    return Proof(**texts, **places)  # type: ignore[arg-type]


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "value": _plain(fact.value),
        "strength": fact.strength.name.lower(),
        "check": fact.check,
        "unit": _plain(fact.unit),
        "proof": _proof(fact.proof) if fact.proof else None,
    }


def _fact_of(data: Mapping[str, Any]) -> Fact:
    return Fact(
        name=data["name"],
        value=_value(data["value"]),
        strength=Strength[data["strength"].upper()],
        check=data["check"],
        unit=str(_value(data["unit"])),
        proof=_proof_of(data["proof"]) if data["proof"] else None,
    )


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value) if _is_text(value) else {"text": _escaped(value)}
    if isinstance(value, float):
        return {"float": repr(value)}
    return int(value) if abs(value) < _LARGEST else {"int": hex(value)}


def _value(data: Any) -> Value:
    if isinstance(data, list):
        return tuple(_value(item) for item in data)
    if not isinstance(data, dict):
        value: Value = data
        return value
    ((kind, written),) = data.items()
    if kind == "float":
        return float(written)
    if kind == "int":
        return int(written, 16)
    text: str = written.encode("ascii").decode("unicode_escape")
    return text


def _is_text(value: str) -> bool:
    # PostgreSQL takes no NUL in JSON, and nobody takes halves of characters.
    return "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _escaped(value: str) -> str:
    return value.encode("unicode_escape").decode("ascii")
