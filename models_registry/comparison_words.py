"""What is known of models, in the words of the page's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from models_registry.checks.evidence import Need
from models_registry.checks.results import Strength, Value
from models_registry.checks.sovereignty.deployment import Known
from models_registry.checks.sovereignty.levels import Origin
from models_registry.checks.starter import starter
from models_registry.checks.telling import told
from models_registry.checks.words import Words
from models_registry.knowledge import REGISTER, check_catalogue
from models_registry.models import AIModel, Modality

Label = str | Promise

# Facts that only the register and the starter catalogue know.
_NAMES: Mapping[str, Label] = {
    "release_date": _l("Released"),
    "weights_available": _l("Weights can be had"),
    "input_modalities": _l("Takes in"),
    "output_modalities": _l("Gives out"),
    "training_data_disclosure": _l("Training data disclosed"),
    "training_content_summary": _l("Summary of the training content"),
    "authorised_representative": _l("Authorised representative"),
    "training_cost_usd": _l("Cost of training (USD)"),
    "in_union": _l("Provider in the Union"),
    "code_of_practice": _l("Code of practice"),
}
_CODES: Mapping[str, Mapping[str, Label]] = {
    "access": dict(AIModel.Access.choices),
    "training_data_disclosure": {
        "undisclosed": _l("not disclosed"),
        "categories": _l("categories only"),
        "mixture": _l("mixture of sources"),
        "dataset_names": _l("names of the data sets"),
        "open_data": _l("open data"),
    },
    "training_content_summary": {
        "published": _l("published"),
        "not_found": _l("looked for, not found"),
    },
    "authorised_representative": {"not_required": _l("not required")},
    "code_of_practice": {
        "full": _l("signed in full"),
        "safety_security_chapter_only": _l("only the chapter on safety"),
        "refused": _l("refused"),
        "none_found": _l("no signature found"),
    },
    "input_modalities": dict(Modality.choices),
    "output_modalities": dict(Modality.choices),
}
CONDITIONS: Mapping[str, Label] = {
    "commercial_use": _l("Commercial use"),
    "redistribution": _l("May be passed on"),
    "free_terms_for_derivatives": _l("Own terms for what is made from it"),
    "attribution": _l("Notice must be kept"),
    "share_alike": _l("Same licence for what is made from it"),
    "patent_grant": _l("Grant of patents"),
    "use_restrictions": _l("Forbidden uses"),
    "users_from": _l("Condition from so many users"),
    "revenue_from": _l("Condition from so much revenue"),
    "branding": _l("Name to be displayed"),
    "excluded_places": _l("Places left out"),
    "exclusion_scope": _l("Left out only for"),
}
_TERMS: Mapping[str, Label] = {
    "conditional": _l("under conditions"),
    "use_policy": _l("by a policy"),
    "research_only": _l("research only"),
    "behavioural": _l("list of uses"),
    "non_production": _l("not in production"),
    "non_administrative": _l("not for administration"),
    "no_military_use": _l("no military use"),
    "guardrail": _l("guardrails must stay"),
    "multimodal": _l("models for several kinds of data"),
    "European Union": _l("European Union"),
    "United Kingdom": _l("United Kingdom"),
    "South Korea": _l("South Korea"),
    "month": pgettext_lazy("period of a threshold", "in a month"),
    "year": pgettext_lazy("period of a threshold", "in a year"),
}
NEEDS: Mapping[Need, Label] = {
    Need.NOTHING: _l("nothing more is needed"),
    Need.ASK: _l("ask the provider, who owes it"),
    Need.PRODUCE: _l("produce it yourselves"),
    Need.PRODUCE_OR_ASK: _l("ask; produce it yourselves if the provider is exempt"),
    Need.IMPOSSIBLE: _l("cannot be had for this model"),
    Need.NO_CLAIM: _l("owed to authorities only"),
    Need.NONE_OWED: _l("no document is owed"),
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
