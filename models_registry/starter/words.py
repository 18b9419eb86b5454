"""What an entry of the starter catalogue says, in the words of the page's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from law.wording import day_in_words
from models_registry.checks.compute import margins
from models_registry.checks.licences.catalogue import Licence, licences
from models_registry.checks.starter_entries import (
    Benchmark,
    Confidence,
    MeasuredBy,
    SourcedValue,
    StarterModel,
)
from models_registry.checks.telling import told
from models_registry.comparison.words import value_words
from models_registry.quantities import quantity_in_words
from models_registry.sovereignty.knowledge import check_catalogue

Label = str | Promise

CONFIDENCE: Mapping[Confidence, Label] = {
    Confidence.HIGH: _("high"),
    Confidence.MEDIUM: _("medium"),
    Confidence.LOW: _("low"),
}
SOURCE_KINDS: Mapping[str, Label] = {
    "first_party": _("the provider itself"),
    "register": _("a public register or index"),
    "reported": _("reported by others"),
    "derived": _("worked out by us"),
    "background": _("unverified"),
}
MEASURED_BY: Mapping[MeasuredBy, Label] = {
    MeasuredBy.INDEPENDENT: _("independent"),
    MeasuredBy.PROVIDER: _("self-reported"),
    MeasuredBy.ANOTHER_PROVIDER: _("by another provider"),
    MeasuredBy.QUOTED: _("quoted, the run was not seen"),
}
SETTINGS: Mapping[str, Label] = {
    "no_tools": _("without tools"),
    "with_tools": _("with tools"),
    "text_only": _("text only"),
    "heavy": _("heavy mode"),
    "agentic": _("as an agent"),
    "thinking": _("thinking"),
    "non_thinking": _("without thinking"),
    "reasoning": _("reasoning"),
    "high": _("high effort"),
    "highest": _("highest effort"),
}
DOCUMENTS: Mapping[str, Label] = {
    "model_card": _("Model card"),
    "system_card": _("System card"),
    "tech_report": _("Technical report"),
    "paper": _("Paper"),
    "announcement": _("Announcement"),
    "model_report": _("Model report"),
}
RELATIONS: Mapping[str, Label] = {
    "finetune": _("fine-tuned from"),
    "quantized": _("quantised from"),
    "adapter": _("adapter for"),
    "merge": _("merged from"),
}
_DAYS = ("release_date", "knowledge_cutoff")
_LARGE = ("parameters_total", "parameters_active", "training_tokens", "context_length_tokens")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def licence_of(entry: StarterModel) -> Licence:
    return licences(check_catalogue()).by_id[entry.licence]


def stated(entry: StarterModel, name: str) -> Any:
    """A value without where it comes from; None where it is not known."""
    known = entry.values[name]
    return known.value if known else None


def sourced_words(name: str, value: SourcedValue) -> str:
    """A value of the catalogue as people read it."""
    if name in _DAYS:
        return day_words(str(value.value))
    if name == "training_compute":
        return flop_words(float(value.value), at_least=value.lower_bound)  # type: ignore[arg-type]
    if name == "training_cost_usd":
        return gettext("USD %(amount)s") % {"amount": quantity_in_words(float(value.value))}  # type: ignore[arg-type]
    if name in _LARGE:
        return quantity_in_words(value.value)  # type: ignore[arg-type]
    return value_words(name, value.value)


def flop_words(flop: float, *, at_least: bool) -> str:
    """An amount of compute, as in "at least 3 × 10²⁴"."""
    digits, _sign, power = f"{flop:.2e}".partition("e")
    mantissa = told(float(digits), language())
    number = f"{mantissa} × 10{str(int(power)).translate(_SUPERSCRIPT)}"
    return gettext("at least %(number)s") % {"number": number} if at_least else number


def band_words(flop: float) -> str:
    """Where it lies between the two thresholds of the Act."""
    reached = {margin.threshold: margin.reached for margin in margins(flop, check_catalogue())}
    if reached["systemic_risk"]:
        return gettext("above 10²⁵")
    return gettext("between 10²³ and 10²⁵") if reached["general_purpose"] else gettext("below 10²³")


def day_words(stated_day: str) -> str:
    """A day, a month or a year, whichever is known."""
    year, *finer = (int(part) for part in stated_day.split("-"))
    if not finer:
        return str(year)
    month, *days = finer
    words = day_in_words(date(year, month, *days or [1]), language())
    return words if days else words.split(maxsplit=1)[1]


def figure_words(benchmark: Benchmark) -> str:
    """The figure of a benchmark with its unit, as in "22.3 %" or "200–300 calls"."""
    ends = [benchmark.value] if benchmark.up_to is None else [benchmark.value, benchmark.up_to]
    number = "–".join(told(end, language()) for end in ends)
    if benchmark.unit == "calls":
        return gettext("%(number)s calls") % {"number": number}
    return f"{number} %" if benchmark.unit == "%" else number


def language() -> str:
    return get_language() or "en"
