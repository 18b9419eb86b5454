"""Where a suggested answer comes from, in words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Actor
from assessments.known_models import KnownModel
from assessments.proposing import Origin
from models_registry.checks.answer_facts import Said
from models_registry.checks.licences.verdicts import LicenceVerdict
from models_registry.checks.results import Value
from models_registry.checks.starter import starter
from models_registry.checks.telling import told
from models_registry.checks.words import Words, verdict_told
from models_registry.evidence.discretion import Discretion, discretions_for, nameless
from models_registry.models import AIModel, Modality
from models_registry.sovereignty.knowledge import check_catalogue

Page = dict[str, Any]
Discretions = Mapping[UUID, Discretion]
_CODES: Mapping[str, Mapping[str, str | Promise]] = {
    "access": dict(AIModel.Access.choices),
    "input_modalities": dict(Modality.choices),
    "output_modalities": dict(Modality.choices),
    "maker": {"own": gettext_lazy("we ourselves"), "other": gettext_lazy("somebody else")},
    "modification_share": {
        "above_third": gettext_lazy("more than a third of it"),
        "up_to_third": gettext_lazy("a third of it or less"),
        "original_unknown": gettext_lazy("the original is not known"),
    },
    "licence_effects": {
        "separate_licence_above_threshold": gettext_lazy(
            "another licence is needed above a threshold"
        )
    },
}


def discretions(actor: Actor | None, models: Iterable[KnownModel]) -> Discretions:
    """By run, which files are named to the reader; to nobody in particular only open ones."""
    return discretions_for(actor, [known.run for known in models if known.run])


def origin_row(origin: Origin, language: str, discreet: Discretions) -> Page:
    """One fact behind a suggestion: of which model, what it says, where it stands, how strong."""
    words, said, run = Words(check_catalogue(), language), origin.said, origin.known.run
    return {
        "model": str(origin.known.model),
        "model_id": origin.known.model.pk,
        "fact": words.fact(origin.name),
        "value": value_in_words(origin.name, said.value, words),
        "check": said.check,
        "check_title": _title_of(said.check, words),
        "place": place_in_words(said, discreet.get(run.pk) if run else None),
        "source": _source(said),
        "strength": said.strength.name.lower(),
        "strength_word": words.of(f"strength_{said.strength.name.lower()}"),
        "run_id": run.pk if run and said.check else None,
    }


def origin_in_words(origin: Origin, language: str, discreet: Discretions) -> str:
    """The same on one line, for a note."""
    row = origin_row(origin, language, discreet)
    where = ", ".join(part for part in (row["check"], row["place"], row["source"]) if part)
    line = "{model}: {fact}: {value} ({where}; {strength_word})"
    return line.format(**{**row, "where": where})


def value_in_words(name: str, value: Value, words: Words) -> str:
    if isinstance(value, tuple):
        return ", ".join(_one(name, item, words) for item in value) or _("none of those known")
    return _one(name, value, words)


def _one(name: str, value: Value, words: Words) -> str:
    if isinstance(value, str) and value in _CODES.get(name, {}):
        return str(_CODES[name][value])
    by_name = _SAID.get(name)
    return by_name(value, words) if by_name else told(value, words.language)


def _effect(value: Value, words: Words) -> str:
    row = words.catalogue.section("licence_effects").get(str(value))
    return words.text(row["title"]) if row else str(value)


def _verdict(value: Value, words: Words) -> str:
    return str(verdict_told(LicenceVerdict(str(value)), words)["word"])


_SAID: dict[str, Callable[[Value, Words], str]] = {
    "licence_effects": _effect,
    "licence_verdict": _verdict,
}


def _title_of(check: str, words: Words) -> str:
    entry = words.catalogue.checks.get(check)
    return words.text(entry.title) if entry else ""


def place_in_words(said: Said, discretion: Discretion | None) -> str:
    """The file, and the line or page in it; neither where the reader may not open it."""
    if said.proof is None:
        return ""
    if discretion and discretion.keeps_back(said.proof.sha256):
        return nameless()
    if said.proof.line is not None:
        return _("%(path)s, line %(n)d") % {"path": said.proof.path, "n": said.proof.line}
    if said.proof.page is not None:
        return _("%(path)s, page %(n)d") % {"path": said.proof.path, "n": said.proof.page}
    return said.proof.path


def _source(said: Said) -> str:
    """What says it where no check found it."""
    if said.check:
        return ""
    known = starter(check_catalogue()).sources.get(said.source)
    if known is None:
        return _("register of models")
    return _("starter catalogue: %(title)s, %(day)s") % {"title": known.title, "day": known.date}
