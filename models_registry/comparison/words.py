"""What is known of models, in the words of the page's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from models_registry.checks.evidence import Need
from models_registry.checks.results import Strength, Value
from models_registry.checks.sovereignty.deployment import Known
from models_registry.checks.sovereignty.levels import Origin
from models_registry.checks.starter import starter
from models_registry.checks.telling import told
from models_registry.checks.words import Words
from models_registry.models import AIModel, Modality
from models_registry.sovereignty.knowledge import REGISTER, check_catalogue

Label = str | Promise

# Facts that only the register and the starter catalogue know.
_NAMES: Mapping[str, Label] = {
    "release_date": gettext_lazy("Released"),
    "weights_available": gettext_lazy("Weights can be had"),
    "input_modalities": gettext_lazy("Takes in"),
    "output_modalities": gettext_lazy("Gives out"),
    "training_data_disclosure": gettext_lazy("Training data disclosed"),
    "training_content_summary": gettext_lazy("Summary of the training content"),
    "authorised_representative": gettext_lazy("Authorised representative"),
    "training_cost_usd": gettext_lazy("Cost of training (USD)"),
    "in_union": gettext_lazy("Provider in the Union"),
    "code_of_practice": gettext_lazy("Code of practice"),
}
_CODES: Mapping[str, Mapping[str, Label]] = {
    "access": dict(AIModel.Access.choices),
    "training_data_disclosure": {
        "undisclosed": gettext_lazy("not disclosed"),
        "categories": gettext_lazy("categories only"),
        "mixture": gettext_lazy("mixture of sources"),
        "dataset_names": gettext_lazy("names of the data sets"),
        "open_data": gettext_lazy("open data"),
    },
    "training_content_summary": {
        "published": gettext_lazy("published"),
        "not_found": gettext_lazy("looked for, not found"),
    },
    "authorised_representative": {"not_required": gettext_lazy("not required")},
    "code_of_practice": {
        "full": gettext_lazy("signed in full"),
        "safety_security_chapter_only": gettext_lazy("only the chapter on safety"),
        "refused": gettext_lazy("refused"),
        "none_found": gettext_lazy("no signature found"),
    },
    "input_modalities": dict(Modality.choices),
    "output_modalities": dict(Modality.choices),
}
CONDITIONS: Mapping[str, Label] = {
    "commercial_use": gettext_lazy("Commercial use"),
    "redistribution": gettext_lazy("May be passed on"),
    "free_terms_for_derivatives": gettext_lazy("Own terms for what is made from it"),
    "attribution": gettext_lazy("Notice must be kept"),
    "share_alike": gettext_lazy("Same licence for what is made from it"),
    "patent_grant": gettext_lazy("Grant of patents"),
    "use_restrictions": gettext_lazy("Forbidden uses"),
    "users_from": gettext_lazy("Condition from so many users"),
    "revenue_from": gettext_lazy("Condition from so much revenue"),
    "branding": gettext_lazy("Name to be displayed"),
    "excluded_places": gettext_lazy("Places left out"),
    "exclusion_scope": gettext_lazy("Left out only for"),
}
_TERMS: Mapping[str, Label] = {
    "conditional": gettext_lazy("under conditions"),
    "use_policy": gettext_lazy("by a policy"),
    "research_only": gettext_lazy("research only"),
    "behavioural": gettext_lazy("list of uses"),
    "non_production": gettext_lazy("not in production"),
    "non_administrative": gettext_lazy("not for administration"),
    "no_military_use": gettext_lazy("no military use"),
    "guardrail": gettext_lazy("guardrails must stay"),
    "multimodal": gettext_lazy("models for several kinds of data"),
    "European Union": gettext_lazy("European Union"),
    "United Kingdom": gettext_lazy("United Kingdom"),
    "South Korea": gettext_lazy("South Korea"),
    "month": pgettext_lazy("period of a threshold", "in a month"),
    "year": pgettext_lazy("period of a threshold", "in a year"),
}
NEEDS: Mapping[Need, Label] = {
    Need.NOTHING: gettext_lazy("nothing more is needed"),
    Need.ASK: gettext_lazy("ask the provider, who owes it"),
    Need.PRODUCE: gettext_lazy("produce it yourselves"),
    Need.PRODUCE_OR_ASK: gettext_lazy("ask; produce it yourselves if the provider is exempt"),
    Need.IMPOSSIBLE: gettext_lazy("cannot be had for this model"),
    Need.NO_CLAIM: gettext_lazy("owed to authorities only"),
    Need.NONE_OWED: gettext_lazy("no document is owed"),
}
_BILLION = 1e9
_WRITTEN_OUT = 1e16
_FIGURES = ("parameters_total", "parameters_active", "training_tokens")


def words() -> Words:
    """The catalogue of checks in the language of the page."""
    return Words(check_catalogue(), get_language() or "en")


def fact_name(name: str, said: Words) -> str:
    """What a fact is called."""
    return str(_NAMES[name]) if name in _NAMES else said.fact(name)


def known_words(name: str, known: Known | None) -> str:
    """A value as people read it; empty where it is not known."""
    return "" if known is None else value_words(name, known.value)


def value_words(name: str, value: Value) -> str:
    """The same for a value alone."""
    if name.endswith("_verdict") or name == "exemption":
        return words().of(f"licence_{value}")
    if isinstance(value, tuple):
        return told(tuple(_coded(name, one) for one in value), get_language() or "en")
    if name in _FIGURES and _is_large(value):
        return _billions(value)
    return told(_coded(name, value), get_language() or "en")


def _coded(name: str, value: Value) -> Value:
    by_code = _CODES.get(name, {})
    return str(by_code[value]) if isinstance(value, str) and value in by_code else value


def _is_large(value: Value) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and _BILLION <= value < _WRITTEN_OUT  # type: ignore[operator]


def _billions(value: Value) -> str:
    number = told(float(f"{value / _BILLION:.4g}"), get_language() or "en")  # type: ignore[operator]
    return _("%(number)s billion") % {"number": number}


def condition_words(value: object) -> str:
    """A condition of a licence as people read it."""
    language = get_language() or "en"
    if isinstance(value, Mapping):
        return " ".join(condition_words(one) for one in value.values())
    if isinstance(value, list | tuple):
        return ", ".join(condition_words(one) for one in value) or "–"
    if isinstance(value, str):
        return str(_TERMS.get(value, value))
    return told(value if isinstance(value, int | float) else None, language)


def source_words(known: Known) -> tuple[str, str]:
    """Where a value comes from, in a word, and the same at length."""
    if known.origin is Origin.CHECKS:
        return _("check %(id)s") % {"id": known.source}, _check_title(known.source)
    if known.source == REGISTER:
        return _("your register"), ""
    if known.source == "claims":
        return _("told for the check"), ""
    source = starter(check_catalogue()).sources.get(known.source)
    if source is None:
        return _("starter catalogue"), ""
    if source.kind == "background":
        return _("unverified"), f"{source.title} ({source.date})"
    return _("starter catalogue"), f"{source.title} ({source.date})"


def _check_title(check: str) -> str:
    entry = check_catalogue().checks.get(check)
    return words().text(entry.title) if entry else ""


def strength_name(strength: Strength) -> str:
    """The strength as the components of pages know it."""
    return strength.name.lower()
