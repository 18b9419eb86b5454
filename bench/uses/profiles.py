"""What the many uses are: descriptions with their answers, and what the law makes of them."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from assessments.examples import FOLDER
from assessments.freezing import freeze
from assessments.law_in_use import catalogue
from assessments.models import Answer, Assessment
from assessments.selectors import Result
from assessments.services import SUMMARY
from assessments.services.answering import summarise
from assessments.use_file import read_use_file
from bench.cases import read_cases
from law import determine
from law.compiled import Facts
from law.determination import Determination
from law.facts import plain_answer, read_facts
from models_registry.models import AISystem, UseCase

# Of a hundred uses, how many have which class, as a register of many ordinary uses may have it.
SHARES = {
    "minimal": 48,
    "transparency_art_50": 22,
    "high_risk_annex_iii": 12,
    "annex_iii_exempt_6_3": 6,
    "not_a_system": 4,
    "out_of_scope": 3,
    "open": 2,
    "high_risk_annex_i": 2,
    "prohibited": 1,
}
# Signs that stand for what differs between two uses with the same answers.
NAME, PURPOSE, SUBJECT, VERSION = "@name@", "@purpose@", "@subject@", "@version@"
ASSESSMENT, USE, SYSTEM, PERSON = (UUID(int=number) for number in range(1, 5))
REVISION = 3


@dataclass(frozen=True, eq=False)
class Profile:
    """A use with its answers, judged once for all that share them."""

    situation: str
    facts: Facts
    on: date
    # Of a draft on its way: some questions are not met yet, others answered "I don't know".
    is_partial: bool = False

    @cached_property
    def answers(self) -> dict[str, Any]:
        """In the order of the questionnaire, as JSON; null is "I don't know"."""
        names = [name for name in catalogue().entries.questions if name in self.facts]
        answers = {name: plain_answer(self.facts[name]) for name in names}
        if not self.is_partial:
            return answers
        met = names[: max(2, len(names) * 2 // 5)]
        return {name: None if n % 6 == 5 else answers[name] for n, name in enumerate(met)}

    @cached_property
    def determination(self) -> Determination:
        return determine(catalogue(), self._known, on=self.on)

    @property
    def _known(self) -> Facts:
        return read_facts(catalogue(), self.answers)

    @cached_property
    def owed(self) -> list[str]:
        """Ids of the duties that apply."""
        duties = self.determination.duties
        return [duty.id for duty in duties if duty.truth and duty.kind == "duty"]

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The summary columns, but for the findings."""
        row = Assessment(as_of=self.on)
        summarise(row, Result(self._known, self.determination, frozenset(self.answers)))
        counted = ("duties", "findings_by_status")
        return {name: getattr(row, name) for name in SUMMARY if name not in counted}

    def frozen(self, **own: str) -> tuple[str, str]:
        """The canonical text of one use that was handed in, and its SHA-256."""
        said = {_SIGNS[name]: json.dumps(own[name], ensure_ascii=False)[1:-1] for name in own}
        text = "".join(said.get(part, part) for part in self._frozen)
        return text, hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def _frozen(self) -> list[str]:
        """The text in parts, each sign a part of its own."""
        system = AISystem(pk=SYSTEM, name=SUBJECT, version=VERSION)
        use_case = UseCase(pk=USE, name=NAME, purpose=PURPOSE, system=system)
        row = Assessment(
            pk=ASSESSMENT, use_case=use_case, as_of=self.on, revision=REVISION, **self.summary
        )
        given = [
            Answer(question_id=name, value=value, answered_by_id=PERSON, answered_at=_noon(self.on))
            for name, value in self.answers.items()
        ]
        # As if prefetched: the texts are made without a row in any database.
        row._prefetched_objects_cache = {"answers": given}  # type: ignore[attr-defined]
        return re.split(f"({'|'.join(_SIGNS.values())})", freeze(row).text)


_SIGNS: Mapping[str, str] = {
    "name": NAME,
    "purpose": PURPOSE,
    "subject": SUBJECT,
    "version": VERSION,
    "assessment_id": str(ASSESSMENT),
    "use_id": str(USE),
    "subject_id": str(SYSTEM),
    "person_id": str(PERSON),
}


class Profiles:
    """Every documented case and every example as a whole and as a draft, in fixed shares."""

    def __init__(self, today: date) -> None:
        self._by_class: dict[str, list[Profile]] = defaultdict(list)
        for situation, facts in _described():
            profile = Profile(situation, facts, today)
            self._by_class[str(profile.determination.headline)].append(profile)
        there = {tier: share for tier, share in SHARES.items() if tier in self._by_class}
        self._classes = [tier for tier, share in there.items() for _ in range(share)]
        self._partial = {
            profile: Profile(profile.situation, profile.facts, today, is_partial=True)
            for profiles in self._by_class.values()
            for profile in profiles
        }

    def pick(self, number: int, *, partial: bool) -> Profile:
        """The same for the same number, whatever was picked before."""
        # A prime has no divisor in common with their number, so every class gets its share.
        tier = self._classes[number * 37 % len(self._classes)]
        alike = self._by_class[tier]
        found = alike[number // len(self._classes) % len(alike)]
        return self._partial[found] if partial else found


def _described() -> Iterator[tuple[str, Facts]]:
    law = catalogue()
    for case in read_cases():
        if case.answers.get("subject_kind") != "model":
            yield case.situation, case.facts(law)
    for path in sorted(FOLDER.glob("*.yaml")):
        use = read_use_file(path, law)
        if use.system:
            yield use.purpose, use.facts


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
