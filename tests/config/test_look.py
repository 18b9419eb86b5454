"""The shared parts of the pages, and the rules every template keeps."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from law.entries import GpaiStanding, Tier

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
WORDS = {
    "class_tag": ("tier", [*Tier, "gpai_systemic_risk", "gpai", "gpai_open"]),
    "status_tag": ("status", ["met", "partly_met", "not_met", "not_applicable", "not_assessed"]),
    "severity_tag": ("severity", ["critical", "major", "minor", "observation"]),
    "strength": ("strength", ["none", "asserted", "documented", "verified", "independent"]),
    "report_state": ("state", ["queued", "running", "done", "failed", "cancelled"]),
    "gate_tag": ("gate", ["pass", "hold", "block"]),
    "assessment_state": (
        "state",
        ["draft", "in_review", "changes_requested", "decided", "superseded", "archived"],
    ),
    "decision_tag": (
        "decision",
        ["approved", "approved_with_conditions", "rejected", "withdrawn", "lapsed"],
    ),
}


class SignUp(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="At work")
    size = forms.ChoiceField(choices=[("s", "Small"), ("l", "Large")], widget=forms.RadioSelect)
    note = forms.CharField(required=False, widget=forms.Textarea)


def rendered(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [(part, name, str(value)) for part, (name, values) in WORDS.items() for value in values],
)
def test_each_state_has_an_icon_and_a_word(part, name, value):
    html = render_to_string(f"components/{part}.html", {name: value})
    assert "<svg" in html
    assert re.sub(r"<[^>]+>", "", html).strip()


def test_each_tier_has_a_word_and_a_headline():
    for tier in set(Tier) - {Tier.OPEN}:
        assert render_to_string("components/tier_word.html", {"tier": tier}).strip(), tier
        sentence = render_to_string("assessments/_headline_sentence.html", {"tier": tier})
        assert "open" not in sentence, tier


def test_a_model_without_a_system_is_called_a_model():
    page = {"tier": Tier.NOT_A_SYSTEM, "gpai": GpaiStanding.GPAI}
    assert "model" in render_to_string("assessments/_headline_sentence.html", page)


@pytest.mark.parametrize(
    ("language", "written"), [("en", "2 December 2027"), ("de", "2. Dezember 2027")]
)
def test_days_are_written_out(language, written):
    with translation.override(language):
        assert rendered("{{ value|day }}", value=date(2027, 12, 2)) == written


def test_the_day_of_a_moment_is_the_readers(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    late = datetime(2027, 12, 1, 23, 30, tzinfo=UTC)
    assert rendered("{{ value|short_day }}", value=late) == "2 Dec 2027"


def test_a_field_ties_label_hint_and_error_to_its_control():
    html = rendered("{% field form.email %}", form=SignUp({"email": "x", "size": "s"}))
    assert 'for="id_email"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-invalid="true"' in html


def test_choices_are_a_fieldset_with_one_control_for_each():
    html = rendered("{% field form.size %}", form=SignUp())
    assert html.count('type="radio"') == 2
    assert "<fieldset" in html
    assert "<legend" in html


def test_the_error_summary_leads_to_each_field():
    html = rendered("{% error_summary form %}", form=SignUp({}))
    assert 'href="#id_email"' in html
    assert 'href="#id_size_0"' in html
    assert rendered("{% error_summary form %}", form=SignUp()).strip() == ""


def test_the_bar_says_its_message_in_words():
    html = rendered("{% status_bar counts %}", counts={"met": 11, "not_met": 9})
    assert "11 of 20 duties met</title>" in html


def test_the_timeline_leaves_out_duties_without_a_day():
    duties = [{"possible": False}]
    groups = [{"date": date(2027, 12, 2), "duties": duties}, {"date": None, "duties": duties}]
    html = rendered("{% timeline groups today %}", groups=groups, today=date(2026, 11, 23))
    assert html.count("<circle") == 1


def test_the_timeline_does_not_count_what_only_may_apply():
    certain, possible = {"possible": False}, {"possible": True}
    groups = [
        {"date": date(2027, 12, 2), "duties": [certain, possible]},
        {"date": date(2028, 8, 2), "duties": [possible, possible]},
    ]
    html = rendered("{% timeline groups today %}", groups=groups, today=date(2026, 11, 23))
    assert "1 duty" in html
    assert "2 may apply" in html


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_breaks_the_policy(path):
    text = path.read_text()
    if "document" not in path.parts:
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=\"", text)
    assert "data:" not in text


def test_each_icon_that_is_named_exists():
    icons = {path.stem for path in (ROOT / "templates/components/icons").glob("*.svg")}
    for path in TEMPLATES:
        named = re.findall(r'icons/([a-z0-9-]+)\.svg|\bicon="([a-z0-9-]+)"', path.read_text())
        assert {first or second for first, second in named} <= icons, path


def test_colours_are_named_in_one_file():
    for path in (ROOT / "static_src/scss/components").glob("*.scss"):
        assert not re.search(r"#[0-9a-f]{3,8}\b(?! *\{)", path.read_text()), path
