"""The form of one question: what was ticked or typed, checked for its shape."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.models import Answer
from assessments.services import Asked
from law.entries import Question
from law.facts import plain_answer, read_answer

YES, NO, NONE, UNKNOWN = "yes", "no", "none", "unknown"
TRUTHS = {YES: True, NO: False}
POWER = re.compile(r"(?:[x×*·]?\s*10\s*\^)", re.IGNORECASE)
GROUPED = re.compile(r"\d{1,3}([.,]\d{3})+")
YEAR_DIGITS = 4
SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]")
NUMBER = re.compile(r"\d+([.,]\d+)?(e[+-]?\d{1,3})?", re.IGNORECASE)


class NotGiven(Exception):
    """Nothing was ticked or typed."""


class AnswerForm(forms.Form):
    """An answer with its note and, where somebody else is asked, whom and what.

    ``chosen`` holds the ticked answers, ``value`` after validation the answer as JSON can hold it.
    """

    version = forms.IntegerField(min_value=0, max_value=2_000_000_000, required=False)
    number = forms.CharField(max_length=60, required=False, label=_("Number"))
    day = forms.CharField(max_length=2, required=False, label=_("Day"))
    month = forms.CharField(max_length=2, required=False, label=_("Month"))
    year = forms.CharField(max_length=4, required=False, label=_("Year"))
    note = forms.CharField(
        max_length=4000,
        required=False,
        strip=True,
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    whom = forms.CharField(max_length=200, required=False, label=_("Whom to ask"))
    reason = forms.CharField(max_length=1000, required=False, label=_("What to ask"))

    def __init__(
        self, question: Question, data: Mapping[str, Any] | None = None, *, answer: Answer | None
    ) -> None:
        initial = _initial(question, answer) if data is None else {}
        super().__init__(data, initial=initial)
        self.question, self.answer = question, answer
        tokens: list[str] = getattr(data, "getlist", lambda _name: [])("value")
        self.chosen = tokens if data is not None else tokens_of(question, answer)
        self.value: Any = None

    def take(self, value: Any) -> None:
        """Puts an earlier answer in place of what was ticked or typed."""
        earlier = Answer(value=value)
        data = cast("QueryDict", self.data).copy()
        data.setlist("value", tokens_for(self.question, value))
        for name, part in _typed_parts(self.question, earlier).items():
            data[name] = part
        self.data, self.chosen = data, tokens_for(self.question, value)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was ticked or typed."""
        names = ("number", "day", "month", "year", "note", "whom", "reason")
        return not self.chosen and not any(self.data.get(name, "").strip() for name in names)

    @property
    def faults(self) -> list[dict[str, str]]:
        """What is wrong, each with the control to go to."""
        first = {"number": "id_number", "date": "id_day"}.get(self.question.kind, "id_value")
        rows = [{"text": str(text), "target": first} for text in self.non_field_errors()]
        for name, texts in self.errors.items():
            if name in self.fields:
                label = self.fields[name].label
                rows += [{"text": f"{label}: {text}", "target": f"id_{name}"} for text in texts]
        return rows

    @property
    def version_shown(self) -> str:
        """The version that the form was filled from, to be sent with it again."""
        return str(self["version"].value() or 0)

    @property
    def version_read(self) -> int:
        return self.cleaned_data.get("version") or 0

    @property
    def asked(self) -> Asked | None:
        whom = self.cleaned_data["whom"]
        return Asked(whom, self.cleaned_data["reason"]) if whom else None

    def clean_note(self) -> str:
        return with_plain_line_ends(self.cleaned_data["note"])

    def clean_reason(self) -> str:
        return " ".join(self.cleaned_data["reason"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") and "whom" in cleaned and not cleaned["whom"]:
            self.add_error("whom", _("Name somebody, or clear the question to them."))
        try:
            self.value = self._read(cleaned)
        except NotGiven:
            if not cleaned.get("whom"):
                self.add_error(None, _("Choose an answer; “I don’t know” is one, too."))
        except ValueError as fault:
            self.add_error(None, str(fault))
        return cleaned

    def _read(self, cleaned: Mapping[str, Any]) -> Any:
        typed = self._typed(cleaned)
        if UNKNOWN in self.chosen:
            if typed or len(self.chosen) > 1:
                raise ValueError(_("Give an answer or choose “I don’t know”, not both."))
            return None
        if self.question.kind == "number":
            return _plain(self.question, read_number(typed))
        if self.question.kind == "date":
            return _plain(self.question, read_day(typed, cleaned))
        return read_tokens(self.question, self.chosen)

    def _typed(self, cleaned: Mapping[str, Any]) -> str:
        names = {"number": ("number",), "date": ("day", "month", "year")}
        parts = (str(cleaned.get(name, "")) for name in names.get(self.question.kind, ()))
        return "".join(parts).strip()


def read_tokens(question: Question, tokens: list[str]) -> Any:
    """The answer that these ticked choices stand for; NotGiven for none, ValueError in words."""
    if not tokens:
        raise NotGiven
    if question.kind == "yes_no":
        found: Any = TRUTHS.get(tokens[0]) if len(tokens) == 1 else None
    elif question.kind == "several_of":
        if NONE in tokens and len(tokens) > 1:
            raise ValueError(_("Choose answers or “None of these”, not both."))
        found = [] if tokens == [NONE] else tokens
    else:
        found = tokens[0] if len(tokens) == 1 else tokens
    return _plain(question, found)


def _plain(question: Question, found: Any) -> Any:
    try:
        return plain_answer(read_answer(question, found))
    except ValueError as fault:
        raise ValueError(_("Choose one of the answers below.")) from fault


def read_number(typed: str) -> float:
    """3.2e24, 3,2e24, 3,2 × 10^24 and 1 000 000; where separators leave doubt it asks."""
    if not typed:
        raise NotGiven
    text = SPACES.sub("", POWER.sub("e", typed))
    text = f"1{text}" if text.startswith("e") else text
    if GROUPED.fullmatch(text):
        raise ValueError(_("Write the number without separators, or like 3.2e24."))
    if not NUMBER.fullmatch(text):
        raise ValueError(_("Write a number such as 3.2e24 or 320000."))
    number = float(text.replace(",", "."))
    if number > 1e300:
        raise ValueError(_("Write a number such as 3.2e24 or 320000."))
    return number


def read_day(typed: str, parts: Mapping[str, Any]) -> date:
    if not typed:
        raise NotGiven
    try:
        # "26" is half of a year that is being typed, not a day of the first century.
        if len(parts.get("year", "").strip()) != YEAR_DIGITS:
            raise ValueError
        return date(*(int(parts.get(name, "")) for name in ("year", "month", "day")))
    except ValueError as fault:
        raise ValueError(_("Write a day that exists, such as 2 8 2026.")) from fault


def with_plain_line_ends(text: str) -> str:
    """As the database keeps it: browsers send two signs for each line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def tokens_of(question: Question, answer: Answer | None) -> list[str]:
    """The ticked choices that stand for a stored answer."""
    if answer is None:
        return []
    return tokens_for(question, answer.value)


def tokens_for(question: Question, value: Any) -> list[str]:
    if value is None:
        return [UNKNOWN]
    if question.kind == "yes_no":
        return [YES if value else NO]
    if question.kind == "several_of":
        return list(value) or [NONE]
    return [str(value)] if question.kind == "one_of" else []


def _initial(question: Question, answer: Answer | None) -> dict[str, Any]:
    if answer is None:
        return {"version": 0}
    inquiry = getattr(answer, "inquiry", None)
    initial: dict[str, Any] = {"version": answer.version, "note": answer.note}
    if inquiry:
        initial |= {"whom": inquiry.whom, "reason": inquiry.reason}
    return initial | _typed_parts(question, answer)


def _typed_parts(question: Question, answer: Answer) -> dict[str, str]:
    """What stands in the fields of a number or a day."""
    if answer.value is None:
        return {}
    if question.kind == "number":
        return {"number": repr(float(answer.value)).removesuffix(".0").replace("e+", "e")}
    if question.kind == "date":
        year, month, day = answer.value.split("-")
        return {"day": str(int(day)), "month": str(int(month)), "year": year}
    return {}
