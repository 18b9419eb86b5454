"""A described AI use as a YAML file: read strictly, every fault with its line and what to do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Model

from accounts.countries import MEMBER_STATES
from assessments.models import Answer
from law.compiled import Catalogue, Facts
from law.facts import FactsError, read_facts
from law.reading import Document, ReadingError, read_yaml
from models_registry.models import AIModel, AISystem, Supplier, SystemModel, UseCase

MAX_BYTES = 1_000_000
MOST_FAULTS = 50
# PostgreSQL refuses the first of them, terminals obey others; line breaks and tabs may stand.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Above it a whole number has no exact form in the JSON that a report is made from.
MOST_EURO = 1e15
MOST_COMPUTE = 1e40


class UseFileError(ValueError):
    """The file cannot be used; ``faults`` says for each where, what, and what to do."""

    def __init__(self, faults: list[str]) -> None:
        more = len(faults) - MOST_FAULTS
        shown = faults[:MOST_FAULTS] + ([f"... and {more} faults more."] if more > 0 else [])
        super().__init__("\n".join(shown))
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


def _longest(model: type[Model], *names: str) -> dict[str, int]:
    fields = (model._meta.get_field(name) for name in names)
    return {field.name: getattr(field, "max_length", 0) for field in fields}


# The text fields of each part, with as many characters as the register can keep.
_SUPPLIER = _longest(Supplier, "name")["name"]
_USE = _longest(UseCase, "name", "purpose", "unit", "affected_persons")
_SYSTEM = _longest(AISystem, "name", "version") | {"supplier": _SUPPLIER}
_MODEL = _longest(AIModel, "name", "version", "licence") | _longest(SystemModel, "role")
_MODEL |= {"provider": _SUPPLIER, "access": 20}
_ORGANISATION = {"name": 200}
_NOTE = _longest(Answer, "note")["note"]
_SECTIONS = {"use", "system", "models", "organisation", "answers", "notes"}


def read_use_file(path: Path, catalogue: Catalogue) -> DescribedUse:
    """The use in the file; UseFileError listing every fault."""
    try:
        with path.open("rb") as file:
            # No more than allowed, because a size that is asked for first need not hold.
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        fault = f"{path.name}: cannot be read ({error.strerror}); check the path."
        raise UseFileError([fault]) from error
    return read_use(content, catalogue, name=path.name)


def read_use(content: bytes, catalogue: Catalogue, *, name: str) -> DescribedUse:
    """The use in the bytes of a file of that name; UseFileError listing every fault."""
    if len(content) > MAX_BYTES:
        raise UseFileError([f"{name}: more than 1 MB; describe one use per file."])
    try:
        document = read_yaml(content.decode("utf-8"), name=name)
    except UnicodeDecodeError as error:
        raise UseFileError([f"{name}: not UTF-8 text; save it as UTF-8."]) from error
    except ReadingError as error:
        fault = f"{error.name}, line {error.line}: {_shown(error.fault, 300)}."
        raise UseFileError([fault]) from error
    return _Reader(document, catalogue).use()


def _shown(text: str, most: int = 60) -> str:
    """The text as a message can hold it: of bearable length, without control characters."""
    cut = text if len(text) <= most else text[:most] + "..."
    return "".join(letter if letter.isprintable() else "?" for letter in cut)


def _fault_in_text(value: Any, most: int) -> str:
    if not isinstance(value, str):
        return "needs text; put it in quotes"
    if len(value.strip()) > most:
        return f"is longer than {most} characters; cut it"
    return "holds a control character; remove it" if _CONTROL.search(value) else ""


def _are_member_states(codes: Any) -> bool:
    known = MEMBER_STATES
    return isinstance(codes, list) and all(isinstance(c, str) and c in known for c in codes)


class _Reader:
    def __init__(self, document: Document, catalogue: Catalogue) -> None:
        self._document, self._catalogue = document, catalogue
        self._faults: list[str] = []

    def use(self) -> DescribedUse:
        data = self._document.data
        if not isinstance(data, dict):
            fault = f"{self._document.name}, line 1: describe the use under 'use' and 'answers'."
            raise UseFileError([fault])
        self._refuse_unknown(data, _SECTIONS)
        use, system = self._mapping("use"), self._mapping("system")
        organisation, answers = self._mapping("organisation"), self._mapping("answers")
        said = self._texts(use, _USE, "use", needs=("name", "purpose"), also={"member_states"})
        built = self._texts(system, _SYSTEM, "system", needs=("name",) if system else ())
        owner = self._texts(organisation, _ORGANISATION, "organisation", also={"turnover_eur"})
        described = DescribedUse(
            name=said.get("name", ""),
            purpose=said.get("purpose", ""),
            unit=said.get("unit", ""),
            member_states=self._member_states(use.get("member_states")),
            affected_persons=said.get("affected_persons", ""),
            system=built.get("name", ""),
            system_version=built.get("version", ""),
            supplier=built.get("supplier", ""),
            models=self._models(alone="system" not in data),
            organisation=owner.get("name", ""),
            turnover=self._turnover(organisation),
            answers=answers,
            facts=self._facts(answers),
            notes=self._notes(answers),
        )
        if self._faults:
            raise UseFileError(self._faults)
        return described

    def _fault(self, fault: str, *path: str | int) -> None:
        self._faults.append(f"{self._document.name}, line {self._document.line(*path)}: {fault}")

    def _refuse_unknown(
        self, mapping: Mapping[str, Any], allowed: set[str], *path: str | int
    ) -> None:
        for key in mapping.keys() - allowed:
            known = ", ".join(sorted(allowed))
            self._fault(f"'{_shown(key)}' is not known here; use {known}.", *path, key)

    def _mapping(self, name: str) -> dict[str, Any]:
        value = self._document.data.get(name)
        if isinstance(value, dict):
            return value
        if value is not None:
            self._fault(f"'{name}' needs one line for each entry, as in 'key: value'.", name)
        return {}

    def _texts(
        self,
        mapping: Mapping[str, Any],
        limits: Mapping[str, int],
        *path: str | int,
        needs: tuple[str, ...] = (),
        also: frozenset[str] | set[str] = frozenset(),
    ) -> dict[str, str]:
        """The text fields of one part of the file; an empty one counts as missing."""
        self._refuse_unknown(mapping, limits.keys() | also, *path)
        given = {key: value for key, value in mapping.items() if key in limits}
        texts = {key: self._text(value, limits[key], *path, key) for key, value in given.items()}
        for key in needs:
            if given.get(key) is None or texts[key] == "":
                self._fault(f"'{path[0]}' needs '{key}'; add it.", *path)
        return {key: text for key, text in texts.items() if text}

    def _text(self, value: Any, most: int, *path: str | int) -> str | None:
        """The text; None where it cannot be used, and then a fault says why."""
        if value is None:
            return ""
        if fault := _fault_in_text(value, most):
            self._fault(f"'{path[-1]}' {fault}.", *path)
            return None
        return str(value).strip()

    def _member_states(self, codes: Any) -> tuple[str, ...]:
        if codes is None:
            return ()
        if _are_member_states(codes):
            return tuple(dict.fromkeys(codes))
        self._fault("write the Member States as in [DE, FR].", "use", "member_states")
        return ()

    def _models(self, *, alone: bool) -> tuple[DescribedModel, ...]:
        rows = self._document.data.get("models")
        rows = [] if rows is None else rows
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._fault("'models' needs a list, each entry with 'name' and 'access'.", "models")
            return ()
        models = tuple(self._model(number, row) for number, row in enumerate(rows))
        if alone and len(models) != 1:
            self._fault(
                "name the 'system' that is used, or the one model under 'models'.", "models"
            )
        seen = [(model.name, model.version) for model in models]
        for number, model in enumerate(seen):
            if model in seen[:number]:
                self._fault("this model stands here twice; keep one.", "models", number)
        return models

    def _model(self, number: int, row: dict[str, Any]) -> DescribedModel:
        place = ("models", number)
        texts = self._texts(row, _MODEL, *place, needs=("name",), also={"training_compute"})
        access = texts.setdefault("access", AIModel.Access.API_ONLY.value)
        if access not in AIModel.Access.values:
            known = ", ".join(AIModel.Access.values)
            self._fault(f"'access' is one of {known}.", *place, "access")
        value = row.get("training_compute")
        compute = self._amount(value, MOST_COMPUTE, *place, "training_compute")
        return DescribedModel(**{"name": "", **texts}, training_compute=compute)

    def _turnover(self, organisation: Mapping[str, Any]) -> Decimal | None:
        value = organisation.get("turnover_eur")
        amount = self._amount(value, MOST_EURO, "organisation", "turnover_eur")
        return None if amount is None else Decimal(str(amount))

    def _amount(self, value: Any, most: float, *path: str | int) -> float | None:
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < most:
            return float(value)
        self._fault(f"'{path[-1]}' needs a number from 0 to {most:g}.", *path)
        return None

    def _facts(self, answers: dict[str, Any]) -> Facts:
        if not answers:
            advice = "give the facts, or 'unknown' where you do not know"
            self._fault(f"'answers' is missing; {advice}.", "answers")
        if len(answers) > 2 * len(self._catalogue.entries.questions):
            self._fault("'answers' holds far more entries than there are questions.", "answers")
            return {}
        try:
            return read_facts(self._catalogue, answers)
        except FactsError as error:
            for name, fault in error.faults.items():
                self._fault(f"{_shown(name)}: {fault}.", "answers", name)
            return {}

    def _notes(self, answers: Mapping[str, Any]) -> dict[str, str]:
        notes = self._mapping("notes")
        for name in notes.keys() - answers.keys():
            fault = f"the note on '{_shown(name)}' needs an answer; add one, or 'unknown'."
            self._fault(fault, "notes", name)
        limits = dict.fromkeys(notes, _NOTE)
        return self._texts(notes, limits, "notes")
