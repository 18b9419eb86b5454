"""Puts described uses into an organisation's register, through the same services as people use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import Actor, Organisation, User
from assessments.law_in_use import catalogue
from assessments.models import Answer, Assessment
from assessments.services import start_assessment
from assessments.use_file import DescribedModel, DescribedUse, read_use_file
from law import determine
from law.reading import read_yaml
from models_registry.models import AIModel, AISystem, Supplier, UseCase
from models_registry.services import (
    give_up_name,
    register_model,
    register_supplier,
    register_system,
    register_use_case,
)

FOLDER = settings.BASE_DIR / "examples"
# Offered on an empty register: one for each of the classes that most people meet.
OFFERED = ("recruitment", "customer_chatbot", "spam_filter")
# What a text says of the model in the use, by the name of the model's part.
_OF_THE_MODEL = {"role": "role", "licence": "licence", "model": "name"}


@transaction.atomic
def load_examples(*, organisation: Organisation, by: User, on: date, folder: Path = FOLDER) -> int:
    """How many of the described uses were new; UseFileError names the first one at fault."""
    english = _read((path.stem for path in sorted(folder.glob("*.yaml"))), folder)
    told = {code: _in_words(english, folder, code) for code, _name in settings.LANGUAGES}
    known = set(_use_names(organisation))
    new = [
        use
        for name, use in told[by.language].items()
        if known.isdisjoint(uses[name].name for uses in told.values())
    ]
    taken = [take_in(use=use, organisation=organisation, by=by, on=on) for use in new]
    return sum(assessment is not None for assessment in taken)


def _use_names(organisation: Organisation) -> Iterable[str]:
    return UseCase.objects.filter(organisation=organisation).values_list("name", flat=True)


def offered_examples(language: str) -> dict[str, DescribedUse]:
    """The worked examples that a newcomer may try, by name, in words of the language."""
    return _in_words(_read(OFFERED, FOLDER), FOLDER, language)


def _read(names: Iterable[str], folder: Path) -> dict[str, DescribedUse]:
    return {name: read_use_file(folder / f"{name}.yaml", catalogue()) for name in names}


def _in_words(
    uses: dict[str, DescribedUse], folder: Path, language: str
) -> dict[str, DescribedUse]:
    path = folder / language / "texts.yaml"
    if not path.exists():
        return uses
    texts = read_yaml(path.read_text(encoding="utf-8"), name=path.name).data
    return {name: _told(use, texts.get(name, {})) for name, use in uses.items()}


def _told(use: DescribedUse, texts: dict[str, Any]) -> DescribedUse:
    """The same use and answers in the words of another language."""
    words = {name: text for name, text in texts.items() if name not in _OF_THE_MODEL}
    told = {part: texts[name] for name, part in _OF_THE_MODEL.items() if name in texts}
    models = tuple(replace(model, **told) for model in use.models)
    return replace(use, models=models, **words)


def example_cards(actor: Actor, *, on: date, language: str) -> list[dict[str, Any]]:
    """The examples offered, each with its class and whether it is in the register already."""
    examples = offered_examples(language)
    names = [use.name for use in examples.values()]
    known = UseCase.objects.visible_to(actor).filter(name__in=names)
    known = known.exclude(is_example=True, retired_at__isnull=False)
    there = dict(known.values_list("name", "pk"))
    return [
        {
            "id": name,
            "name": use.name,
            "purpose": use.purpose,
            "tier": str(determine(catalogue(), use.facts, on=on).headline),
            "use_id": there.get(use.name),
        }
        for name, use in examples.items()
    ]


@transaction.atomic
def open_example(
    *, example: DescribedUse, organisation: Organisation, by: User, on: date
) -> UseCase:
    """The example in the register; one thrown away that had to stay gives its name to a new one."""
    uses = UseCase.objects.filter(organisation=organisation, name=example.name)
    thrown_away = uses.filter(is_example=True, retired_at__isnull=False).first()
    if thrown_away:
        give_up_name(example=thrown_away, by=by)
    take_in(use=example, organisation=organisation, by=by, on=on, is_example=True)
    return uses.get()


@transaction.atomic
def take_in(
    *,
    use: DescribedUse,
    organisation: Organisation,
    by: User,
    on: date,
    is_example: bool = False,
) -> Assessment | None:
    """The described use with system, models and answers; None where its name is known already."""
    if UseCase.objects.filter(organisation=organisation, name=use.name).exists():
        return None
    intake = _Intake(organisation, by, is_example)
    models = [(intake.model(model), model.role) for model in use.models]
    subject = intake.system(use, models) if use.system else models[0][0]
    use_case = register_use_case(
        organisation=organisation,
        by=by,
        name=use.name,
        purpose=use.purpose,
        subject=subject,
        unit=use.unit,
        member_states=use.member_states,
        affected_persons=use.affected_persons,
        is_example=is_example,
    )
    return start_assessment(
        use_case=use_case,
        as_of=on,
        by=by,
        answers=use.answers,
        notes=use.notes,
        source=Answer.Source.IMPORT,
    )


class _Intake:
    """Registers what is new and finds what is there."""

    def __init__(self, organisation: Organisation, by: User, is_example: bool) -> None:
        self._organisation, self._by, self._is_example = organisation, by, is_example

    def supplier(self, name: str) -> Supplier | None:
        if not name:
            return None
        known = Supplier.objects.filter(organisation=self._organisation, name=name).first()
        return known or register_supplier(
            organisation=self._organisation,
            by=self._by,
            name=name,
            is_example=self._is_example,
        )

    def model(self, model: DescribedModel) -> AIModel:
        known = AIModel.objects.filter(
            organisation=self._organisation, name=model.name, version=model.version
        ).first()
        return known or register_model(
            organisation=self._organisation,
            by=self._by,
            name=model.name,
            version=model.version,
            provider=self.supplier(model.provider),
            access=model.access,
            licence=model.licence,
            training_compute=model.training_compute,
            is_example=self._is_example,
        )

    def system(self, use: DescribedUse, models: list[tuple[AIModel, str]]) -> AISystem:
        known = AISystem.objects.filter(
            organisation=self._organisation, name=use.system, version=use.system_version
        ).first()
        return known or register_system(
            organisation=self._organisation,
            by=self._by,
            name=use.system,
            version=use.system_version,
            supplier=self.supplier(use.supplier),
            models=models,
            is_example=self._is_example,
        )
