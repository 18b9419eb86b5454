"""A described AI use as a YAML file: read strictly, every fault with its line and what to do."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from law.compiled import Catalogue, Facts
from law.facts import FactsError, read_facts
from law.reading import Document, ReadingError, read_yaml

MAX_BYTES = 1_000_000


class UseFileError(ValueError):
    """The file cannot be used; ``faults`` says for each where, what, and what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class DescribedModel:
    """A model inside the described system, or the described model itself."""

    name: str
    version: str = ""
    provider: str = ""
    access: str = "api_only"
    licence: str = ""
    role: str = ""
    training_compute: float | None = None


@dataclass(frozen=True)
class DescribedUse:
    """One use as its file describes it, with the answers as facts."""

    name: str
    purpose: str
    answers: dict[str, Any]
    facts: Facts
    unit: str = ""
    member_states: tuple[str, ...] = ()
    affected_persons: str = ""
    system: str = ""
    system_version: str = ""
    supplier: str = ""
    models: tuple[DescribedModel, ...] = ()
    organisation: str = ""
    turnover: Decimal | None = None
    notes: dict[str, str] = field(default_factory=dict)


_USE = {"name", "purpose", "unit", "member_states", "affected_persons"}
_SYSTEM = {"name", "version", "supplier"}
_MODEL = {"name", "version", "provider", "access", "licence", "role", "training_compute"}
_ORGANISATION = {"name", "turnover_eur"}
_ACCESS = ("open_weights", "gated", "api_only", "in_house")


def read_use_file(path: Path, catalogue: Catalogue) -> DescribedUse:
    """The use in the file; UseFileError listing every fault."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UseFileError([f"{path.name}: more than 1 MB; describe one use per file."])
        document = read_yaml(path.read_text(encoding="utf-8"), name=path.name)
    except OSError as error:
        raise UseFileError(
            [f"{path.name}: cannot be read ({error.strerror}); check the path."]
        ) from error
    except UnicodeDecodeError as error:
        raise UseFileError([f"{path.name}: not UTF-8 text; save it as UTF-8."]) from error
    except ReadingError as error:
        raise UseFileError([f"{error.name}, line {error.line}: {error.fault}."]) from error
    return _Reader(document, catalogue).use()


class _Reader:
    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        self._document, self._catalogue = document, catalogue
        self._faults: list[str] = []

    def use(self) -> DescribedUse:
        data = self._document.data
        if not isinstance(data, dict):
            raise UseFileError(
                [f"{self._document.name}, line 1: describe the use under 'use' and 'answers'."]
            )
        allowed = {"use", "system", "models", "organisation", "answers", "notes"}
        self._refuse_unknown(data, allowed)
        use = self._section("use", _USE, ("name", "purpose"))
        system = self._section("system", _SYSTEM, ("name",)) if "system" in data else {}
        organisation = (
            self._section("organisation", _ORGANISATION, ()) if "organisation" in data else {}
        )
        turnover = self._amount(organisation.get("turnover_eur"), "organisation", "turnover_eur")
        models, answers, facts = self._models(), self._mapping("answers"), self._facts()
        notes = {name: str(note) for name, note in self._mapping("notes").items()}
        if self._faults:
            raise UseFileError(self._faults)
        return DescribedUse(
            name=str(use["name"]),
            purpose=str(use["purpose"]),
            unit=str(use.get("unit", "")),
            member_states=tuple(use.get("member_states", ())),
            affected_persons=str(use.get("affected_persons", "")),
            system=str(system.get("name", "")),
            system_version=str(system.get("version", "")),
            supplier=str(system.get("supplier", "")),
            models=models,
            organisation=str(organisation.get("name", "")),
            turnover=None if turnover is None else Decimal(str(turnover)),
            answers=answers,
            facts=facts,
            notes=notes,
        )

    def _fault(self, fault: str, *path: str | int) -> None:
        self._faults.append(f"{self._document.name}, line {self._document.line(*path)}: {fault}")

    def _refuse_unknown(self, mapping: dict[str, Any], allowed: set[str], *path: str | int) -> None:
        for key in mapping.keys() - allowed:
            self._fault(f"'{key}' is not known here; use {', '.join(sorted(allowed))}.", *path, key)

    def _mapping(self, name: str) -> dict[str, Any]:
        value = self._document.data.get(name) or {}
        if isinstance(value, dict):
            return value
        self._fault(f"'{name}' needs one line for each entry, as in 'key: value'.", name)
        return {}

    def _section(self, name: str, allowed: set[str], needed: tuple[str, ...]) -> dict[str, Any]:
        section = self._mapping(name)
        self._refuse_unknown(section, allowed, name)
        for key in needed:
            if not section.get(key):
                self._fault(f"'{name}' needs '{key}'; add it.", name)
        for key, value in section.items():
            if isinstance(value, dict) or (isinstance(value, list) and key != "member_states"):
                self._fault(f"'{key}' needs a single value.", name, key)
        return section

    def _models(self) -> tuple[DescribedModel, ...]:
        rows = self._document.data.get("models") or []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._fault("'models' needs a list, each entry with 'name' and 'access'.", "models")
            return ()
        return tuple(model for n, row in enumerate(rows) if (model := self._model(n, row)))

    def _model(self, number: int, row: dict[str, Any]) -> DescribedModel | None:
        before = len(self._faults)
        self._refuse_unknown(row, _MODEL, "models", number)
        if not row.get("name"):
            self._fault("a model needs 'name'; add it.", "models", number)
        if row.get("access", "api_only") not in _ACCESS:
            self._fault(f"'access' is one of {', '.join(_ACCESS)}.", "models", number, "access")
        compute = self._amount(row.get("training_compute"), "models", number, "training_compute")
        if len(self._faults) > before:
            return None
        texts = {key: str(value) for key, value in row.items() if key != "training_compute"}
        return DescribedModel(**texts, training_compute=compute)

    def _amount(self, value: Any, *path: str | int) -> float | None:
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e40:
            return float(value)
        self._fault(f"'{path[-1]}' needs a number that is not negative.", *path)
        return None

    def _facts(self) -> Facts:
        answers = self._mapping("answers")
        if not answers:
            self._fault(
                "'answers' is missing; give the facts, or 'unknown' where you do not know.",
                "answers",
            )
        try:
            return read_facts(self._catalogue, answers)
        except FactsError as error:
            for name, fault in error.faults.items():
                self._fault(f"{name}: {fault}.", "answers", name)
            return {}
