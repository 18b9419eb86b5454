"""Tags for the look alone: written-out days, form fields, drawings. None of them knows the law."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext

from config import charts, drawing, path_drawing

register = template.Library()
register.simple_tag(drawing.drawn)
register.simple_tag(drawing.cited)

_WIDGETS = {
    "checkbox": ("checkbox", "govuk-checkboxes__input"),
    "radio": ("choices", "govuk-radios__input"),
    "select": ("plain", "govuk-select"),
    "file": ("plain", "govuk-file-upload"),
}


@register.filter
def day(value: date | None) -> str:
    """A day written out in the reader's language, as in "2 December 2027"."""
    return _written(value, "j%s F Y") if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """A day for narrow columns, as in "2 Dec 2027"."""
    return _written(value, "j%s M Y") if value else ""


def _written(value: date, pattern: str) -> str:
    # A moment is stored in UTC; its day depends on where one reads it.
    here = localtime(value) if isinstance(value, datetime) else value
    # Django's own English format puts the month first, which Europe does not.
    ordinal = "." if (get_language() or "").startswith("de") else ""
    return date_format(here, pattern % ordinal)


@register.inclusion_tag("components/form/field.html")
def field(
    bound: BoundField,
    *,
    label: str = "",
    width: str = "",
    autocomplete: str = "",
    hint: bool | str = True,
    optional: bool = True,
) -> dict[str, Any]:
    """One form field in our look: label, hint, error, control; `optional` may go unsaid."""
    kind, css = _look_of(bound)
    # The label says what belongs here; a placeholder would vanish while one types.
    attrs: dict[str, Any] = {"class": f"{css} {width}".strip(), "placeholder": False}
    if label:
        bound.label = label
    if hint is not True:
        bound.help_text = hint or ""
    if bound.errors and kind == "plain":
        attrs["class"] += f" {css}--error"
    if autocomplete:
        attrs["autocomplete"] = autocomplete
    return {
        "field": bound,
        "kind": kind,
        "control": _control(bound, kind, attrs),
        "says_optional": optional and not bound.field.required,
    }


def _look_of(bound: BoundField) -> tuple[str, str]:
    widget = bound.field.widget
    input_type = getattr(widget, "input_type", "textarea")
    if input_type == "checkbox" and bound.subwidgets and hasattr(widget, "choices"):
        return "choices", "govuk-checkboxes__input"
    fallback = "govuk-textarea" if input_type == "textarea" else "govuk-input"
    return _WIDGETS.get(input_type, ("plain", fallback))


def _control(bound: BoundField, kind: str, attrs: dict[str, Any]) -> SafeString | str:
    return "" if kind == "choices" else bound.as_widget(attrs=attrs)


@register.inclusion_tag("components/form/fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form in order, the hidden ones too."""
    return {"form": form}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form, each line a link to its field; nothing while all is well."""
    errors = [{"text": text, "target": ""} for text in form.non_field_errors()]
    for name, texts in form.errors.items():
        if name in form.fields:
            bound = form[name]
            errors += [
                {"text": f"{bound.label}: {text}", "target": _target(bound)} for text in texts
            ]
    return {"errors": errors}


def _target(bound: BoundField) -> str:
    # A set of choices has no control of its own name; its first choice takes the focus.
    return bound.subwidgets[0].id_for_label if _look_of(bound)[0] == "choices" else bound.auto_id


@register.inclusion_tag("components/status_bar.html")
def status_bar(counts: Mapping[str, int], name: str = "duties") -> dict[str, Any]:
    """A bar of findings by status with its legend; ``name`` keeps ids apart on a page."""
    segments = charts.stacked(counts)
    total = sum(segment.count for segment in segments)
    message = ngettext("%(met)d of %(total)d duty met", "%(met)d of %(total)d duties met", total)
    return {
        "segments": segments,
        "counts": counts,
        "name": name,
        "message": message % {"met": counts.get("met", 0), "total": total},
    }


@register.inclusion_tag("components/strength_bar.html")
def strength_bar(counts: Mapping[str, int], name: str) -> dict[str, Any]:
    """A bar of evidence by its strength; ``name`` keeps ids apart on a page."""
    return {"segments": charts.strengths(counts), "name": name}


@register.inclusion_tag("components/span_bar.html")
def span_bar(
    low: float, high: float, whole: float, name: str, ticks: bool = False
) -> dict[str, Any]:
    """A bar that is certain up to ``low`` and hatched up to ``high``; the words stand beside it."""
    marks = [round(100 * step / whole, 3) for step in range(1, int(whole))] if ticks else []
    return {"span": charts.spans(low, high, whole), "name": name, "marks": marks}


@register.inclusion_tag("components/timeline.html")
def timeline(groups: Iterable[Any], today: date, name: str = "timeline") -> dict[str, Any]:
    """The days on which duties begin; a group has ``date`` and ``duties``."""
    days = [
        (_part(group, "date"), _duties(_part(group, "duties")))
        for group in groups
        if _part(group, "date")
    ]
    return {"drawing": charts.timeline(days, today=today), "today": today, "name": name}


@register.inclusion_tag("components/walked_path.html")
def walked_path(walked: Mapping[str, Any], name: str = "path") -> dict[str, Any]:
    """From the answers by the rules to the class; drawn where there is room, else as a list."""
    drawing = path_drawing.walked_path(walked["rules"], walked["title"])
    return {"drawing": drawing, "walked": walked, "name": name}


def _duties(duties: Sequence[Any]) -> str:
    certain = sum(not _part(duty, "possible") for duty in duties)
    if certain:
        return ngettext("%(count)d duty", "%(count)d duties", certain) % {"count": certain}
    count = len(duties)
    return ngettext("%(count)d may apply", "%(count)d may apply", count) % {"count": count}


def _part(thing: Any, name: str) -> Any:
    return thing[name] if isinstance(thing, Mapping) else getattr(thing, name)
