"""The claim that open weights leave one better off, as the page tells what the models say of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Actor
from models_registry.checks.results import Value
from models_registry.checks.sovereignty import Deployment
from models_registry.checks.sovereignty.claim import (
    LEAST_MODELS,
    Finding,
    Measure,
    Outcome,
    Quality,
    Side,
    measured,
)
from models_registry.checks.starter import starter
from models_registry.checks.telling import told
from models_registry.comparison.words import words
from models_registry.models import Deployment as DeploymentRow
from models_registry.pages import Page, address
from models_registry.selectors import models_of
from models_registry.sovereignty.knowledge import (
    check_catalogue,
    knowledge_of_many,
    starter_knowledge,
)
from models_registry.starter.pages import entry_url
from models_registry.starter.words import language

MOST_MEASURED = 200
MOST_NAMED = 12
CATALOGUE, REGISTER = "catalogue", "register"

_OUTCOMES: Mapping[Outcome, tuple[str, str, str | Promise]] = {
    Outcome.HOLDS: ("good", "check", _("Holds")),
    Outcome.PARTLY: ("warn", "half", _("Holds in part")),
    Outcome.DOES_NOT_HOLD: ("bad", "cross", _("Does not hold")),
    Outcome.TOO_LITTLE: ("open", "question", _("Cannot be judged")),
}
_FINDINGS: Mapping[Finding, tuple[str, str, str | Promise]] = {
    Finding.HOLDS: _OUTCOMES[Outcome.HOLDS],
    Finding.BY_DEFINITION: ("info", "info", _("By definition")),
    Finding.NO_DIFFERENCE: ("bad", "dash", _("No difference")),
    Finding.REVERSED: ("bad", "cross", _("The other way round")),
    Finding.TOO_LITTLE: _OUTCOMES[Outcome.TOO_LITTLE],
    Finding.ONE_SIDED: ("open", "dash", _("Not asked of both")),
}
_AGAINST = (Finding.NO_DIFFERENCE, Finding.REVERSED)
_CLAIMED: Mapping[str, str | Promise] = {
    "transparency": _("Transparency: what is disclosed"),
    "auditability": _("Auditability: what can be looked into"),
}
_IN_SHORT: Mapping[str, str | Promise] = {
    "transparency": _("Transparency"),
    "auditability": _("Auditability"),
    "independence": _("Independence"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A model that was measured, with its page."""

    name: str
    url: str


def claim_page(actor: Actor, scope: str) -> Page:
    """What the models of the register, or those of the starter catalogue, say of the claim."""
    models, names, left_out = _of_catalogue() if scope == CATALOGUE else _of_register(actor)
    found = measured(models, check_catalogue())
    tell = _Telling(names)
    qualities = [tell.quality(one) for one in found.qualities]
    return {
        "scope": scope,
        "total": len(models),
        "left_out": left_out,
        "open": found.open,
        "closed": found.closed,
        "free": found.free,
        "unclear": [names[name] for name in found.unclear],
        "claimed": [one for one in qualities if one["claimed"]],
        "further": [one for one in qualities if not one["claimed"]],
        "against": [
            tell.failing(measure, one.id)
            for one in found.qualities
            for measure in one.measures
            if measure.finding in _AGAINST
        ],
        "least_models": LEAST_MODELS,
    }


def _of_catalogue() -> tuple[dict[str, Deployment], dict[str, Named], int]:
    entries = starter(check_catalogue()).models
    names = {key: Named(entry.name, entry_url(key)) for key, entry in entries.items()}
    return {key: starter_knowledge(key) for key in entries}, names, 0


def _of_register(actor: Actor) -> tuple[dict[str, Deployment], dict[str, Named], int]:
    """The models in use, those changed last where there are very many."""
    rows = models_of(actor).in_use().order_by("-changed_at", "pk")
    listed = list(rows[:MOST_MEASURED])
    known, answers = knowledge_of_many(listed), _answers_of(actor, listed)
    models = {str(key): replace(one, answers=answers.get(key, {})) for key, one in known.items()}
    names = {str(row.pk): Named(str(row), address(row)) for row in listed}
    total = rows.count() if len(listed) == MOST_MEASURED else len(listed)
    return models, names, total - len(listed)


def _answers_of(actor: Actor, models: list[Any]) -> dict[Any, dict[str, Value]]:
    """What all deployments of a model have in common counts as its operator's answers."""
    rows = DeploymentRow.objects.visible_to(actor).filter(model__in=models)
    by_model: dict[Any, list[dict[str, Value]]] = defaultdict(list)
    for model, answers in rows.order_by().values_list("model_id", "answers"):
        by_model[model].append(answers)
    return {model: _in_common(several) for model, several in by_model.items()}


def _in_common(several: list[dict[str, Value]]) -> dict[str, Value]:
    first, *others = several
    return {
        name: value
        for name, value in first.items()
        if all(name in other and other[name] == value for other in others)
    }


class _Telling:
    """The findings in the words of the page's language."""

    def __init__(self, names: Mapping[str, Named]) -> None:
        self.names, self.words = names, words()
        self.rows = check_catalogue().section("sovereignty_criteria")
        self.dimensions = check_catalogue().section("sovereignty_dimensions")

    def quality(self, one: Quality) -> Page:
        short = _IN_SHORT.get(one.id) or self._dimension(one.id)
        return {
            "id": one.id,
            "claimed": one.claimed,
            "title": str(_CLAIMED.get(one.id) or self._dimension(one.id)),
            "short": str(short),
            "tag": _tag(_OUTCOMES[one.outcome]),
            "sentence": _summary(one),
            "open_coverage": _share(*one.coverage(closed=False)),
            "closed_coverage": _share(*one.coverage(closed=True)),
            "measures": [self._measure(measure) for measure in one.measures],
        }

    def failing(self, one: Measure, quality: str) -> Page:
        """A criterion on which the claim does not hold, with how many models that rests on."""
        return {
            "title": self.words.text(self.rows[one.criterion]["title"]),
            "quality": quality,
            "tag": _tag(_FINDINGS[one.finding]),
            "open": _share(one.open.known, one.open.asked),
            "closed": _share(one.closed.known, one.closed.asked),
        }

    def _measure(self, one: Measure) -> Page:
        row = self.rows[one.criterion]
        return {
            "id": one.criterion,
            "title": self.words.text(row["title"]),
            "levels": [self.words.text(level) for level in row["levels"]],
            "tag": _tag(_FINDINGS[one.finding]),
            "sentence": self._sentence(one),
            "drawn": bool(one.open.known and one.closed.known),
            "message": self._read_out(one),
            "by_word": one.closed.word_alone and one.finding is not Finding.BY_DEFINITION,
            "against": self._against(one),
            "open": self._side(one.criterion, one.open),
            "closed": self._side(one.criterion, one.closed),
        }

    def _sentence(self, one: Measure) -> str:
        if one.finding is Finding.ONE_SIDED:
            return _one_sided(one)
        if one.finding is Finding.TOO_LITTLE:
            return _too_little(one)
        said = {
            "open": self._middle(one.criterion, one.open),
            "closed": self._middle(one.criterion, one.closed),
        }
        both = gettext("In the middle, open models reach %(open)s, closed ones %(closed)s.") % said
        return f"{_LEADS[one.finding]} {both}"

    def _middle(self, criterion: str, side: Side) -> str:
        """Where the median lies, in the words of the levels."""
        low, high = side.median or (0.0, 0.0)
        levels = [self.words.text(level) for level in self.rows[criterion]["levels"]]
        lowest, highest = levels[floor(low)], levels[ceil(high)]
        if lowest == highest:
            return gettext("“%(level)s”") % {"level": lowest}
        return gettext("between “%(low)s” and “%(high)s”") % {"low": lowest, "high": highest}

    def _against(self, one: Measure) -> Page | None:
        if one.finding in (Finding.TOO_LITTLE, Finding.ONE_SIDED) or not one.against:
            return None
        text = ngettext(
            "%(n)s of %(known)s open models stands no higher than the closed ones in the middle.",
            "%(n)s of %(known)s open models stand no higher than the closed ones in the middle.",
            len(one.against),
        )
        return {
            "text": text % {"n": len(one.against), "known": one.open.known},
            "models": [self.names[name] for name in one.against[:MOST_NAMED]],
            "more": max(len(one.against) - MOST_NAMED, 0),
        }

    def _side(self, criterion: str, side: Side) -> Page:
        return {
            "known": side.known,
            "asked": side.asked,
            "places": side.places,
            "median": _span(*side.median) if side.median else "",
            "range": _span(side.lowest, side.highest) if side.known else "",
            "strengths": ", ".join(
                f"{count} {self.words.of(f'strength_{strength.name.lower()}')}"
                for strength, count in side.strengths.items()
                if count
            ),
        }

    def _read_out(self, one: Measure) -> str:
        """The drawing for those who do not see it."""
        said = {
            "title": self.words.text(self.rows[one.criterion]["title"]),
            "open": _counted(one.open),
            "closed": _counted(one.closed),
        }
        return (
            gettext("%(title)s. Open models by level: %(open)s. Closed models: %(closed)s.") % said
        )

    def _dimension(self, name: str) -> str:
        return self.words.text(self.dimensions[name]["title"])


_LEADS: Mapping[Finding, str | Promise] = {
    Finding.HOLDS: _("The claim holds here: open models stand higher."),
    Finding.BY_DEFINITION: _(
        "Open models stand higher, but only by what “open” and “closed” mean; nothing was found"
        " out."
    ),
    Finding.NO_DIFFERENCE: _("The claim does not hold here: no difference can be told."),
    Finding.REVERSED: _("The claim does not hold here: closed models stand higher."),
}


def _summary(one: Quality) -> str:
    """A whole quality in one or two sentences."""
    numbers = {
        "asked": len(one.asked),
        "judged": len(one.asked) - len(one.found(Finding.TOO_LITTLE)),
        "higher": len(one.found(Finding.HOLDS)),
        "meaning": len(one.found(Finding.BY_DEFINITION)),
        "same": len(one.found(Finding.NO_DIFFERENCE)),
        "lower": len(one.found(Finding.REVERSED)),
    }
    if one.outcome is Outcome.TOO_LITTLE:
        lead = (
            gettext("Too little is known: %(judged)s of %(asked)s criteria can be judged.")
            % numbers
        )
    else:
        lead = gettext("%(judged)s of %(asked)s criteria can be judged.") % numbers
    parts = [
        (numbers["higher"], gettext("open models stand higher on %(higher)s")),
        (numbers["meaning"], gettext("on %(meaning)s by definition alone")),
        (numbers["same"], gettext("no difference can be told on %(same)s")),
        (numbers["lower"], gettext("closed models stand higher on %(lower)s")),
    ]
    of_these = gettext("Of these:")
    found = "; ".join(text % numbers for count, text in parts if count)
    return f"{lead} {of_these} {found}." if found else lead


def _too_little(one: Measure) -> str:
    return gettext(
        "Cannot be judged, too little is known: of %(a)s of %(b)s open and %(c)s of %(d)s closed"
        " models."
    ) % {"a": one.open.known, "b": one.open.asked, "c": one.closed.known, "d": one.closed.asked}


def _one_sided(one: Measure) -> str:
    if one.open.asked:
        return gettext("This is asked of open models only, so nothing can be held against it.")
    if one.closed.asked:
        return gettext("This is asked of closed models only, so nothing can be held against it.")
    return gettext("There is no model to ask it of.")


def _tag(look: tuple[str, str, str | Promise]) -> Page:
    tone, icon, label = look
    return {"tone": tone, "icon": icon, "label": label}


def _share(known: int, asked: int) -> Page:
    return {"known": known, "asked": asked}


def _span(low: float | None, high: float | None) -> str:
    ends = [told(float(end or 0), language()) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def _counted(side: Side) -> str:
    levels = ((place / 2, count) for place, count in enumerate(side.places) if count)
    return ", ".join(f"{_span(floor(level), ceil(level))}: {count}" for level, count in levels)


def switch(scope: str) -> list[Page]:
    """Both sets of models that can be measured."""
    here = reverse("models_registry:open-and-closed")
    labels = {REGISTER: gettext("Your register"), CATALOGUE: gettext("Starter catalogue")}
    return [
        {"label": label, "url": f"{here}?of={name}", "current": name == scope}
        for name, label in labels.items()
    ]
