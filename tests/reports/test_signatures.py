"""What people signed, as the report tells it: final, conditional, lapsed, alone, disputed."""

import json
import re
from html import unescape
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from assessments.models import Assessment
from assessments.services import (
    disagree,
    record_alone,
    record_no_objection,
    withdraw_decision,
)
from models_registry.models import AISystem
from reports.rendering import to_html, to_pdf
from reports.rendering.front import watermark_word
from reports.services import request_report
from reports.snapshot import read_snapshot
from tests.accounts.factories import MembershipFactory
from tests.assessments.factories import DAY
from tests.assessments.reviews import A_YEAR_ON, a_draft, decided, in_review, sign

ALONE = {"en": "Not reviewed by a second person", "de": "Von keiner zweiten Person geprüft"}


def asked(assessment, by, language="en"):
    return request_report(assessment=assessment, language=language, by=by.user, on=DAY)


def said(assessment, by, language="en"):
    html = to_html(read_snapshot(asked(assessment, by, language).snapshot))
    body = html.partition("<body>")[2]
    return html, " ".join(unescape(re.sub("<[^>]+>", " ", body)).split())


def across(assessment, by):
    """What stands across the pages."""
    return watermark_word(read_snapshot(asked(assessment, by).snapshot))


def recorded_alone():
    loner = MembershipFactory(roles=[Role.ADMIN, Role.OFFICER], user__name="Lina")
    draft = a_draft(loner)
    record_alone(assessment=draft, by=loner, revision=draft.revision, on=DAY, valid_until=A_YEAR_ON)
    return loner, draft


@pytest.fixture(autouse=True)
def no_broker(sent):
    return sent


def test_a_decided_report_is_final_and_has_no_watermark(ana, ben):
    assessment = decided(ana, ben)
    html, text = said(assessment, ana)
    assert across(assessment, ana) == ""
    assert ">Final<" in html
    assert "Ben, approver, " in text
    assert "valid until 23 November 2027" in text
    assert "Ana, compliance officer, " in text
    assert "Decision: none has been recorded" not in text
    assert ALONE["en"] not in text


def test_a_draft_keeps_its_watermark_and_says_that_nobody_decided(ana):
    assessment = in_review(ana)
    _html, text = said(assessment, ana)
    assert across(assessment, ana) == "In review"
    assert "No decision has been recorded." in text
    assert "No second person has reviewed it." in text


def test_conditions_and_reviews_stand_in_the_report_as_text(ana, ben):
    assessment = in_review(ana)
    record_no_objection(
        assessment=assessment, by=ben, revision=assessment.revision, comment="Seen <all> of it."
    )
    sign(assessment, ben, "approved_with_conditions", conditions="Only in\n<b>Bremen</b>.")
    html, text = said(assessment, ana)
    assert "Only in <br> &lt;b&gt;Bremen&lt;/b&gt;." in html.replace("<br>", " <br> ")
    assert "Seen <all> of it." in text
    assert "no objection" in text
    assert "reviewed by a second person of the same organisation" in text


def test_a_decision_that_no_longer_holds_is_not_called_final(ana, ben):
    assessment = decided(ana, ben)
    before = asked(assessment, ana)
    AISystem.objects.update(version="2")
    _html, text = said(assessment, ana)
    assert across(assessment, ana) == "Lapsed"
    assert "This decision no longer holds: Lapsed." in text
    assert "system version 2" not in text
    assert asked(assessment, ana).pk != before.pk
    withdraw_decision(assessment=assessment, by=ben, reason="The supplier lied.")
    _html, text = said(assessment, ana)
    assert "This decision no longer holds: Withdrawn." in text
    assert "The supplier lied." in text


def test_the_report_names_the_version_that_was_assessed(ana, ben):
    AISystem.objects.update(version="1")
    assessment = in_review(ana)
    AISystem.objects.update(version="7")
    snapshot = read_snapshot(asked(assessment, ana).snapshot)
    assert snapshot["system"]["version"] != "7"


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_a_lone_member_recorded_says_so(db, language):
    loner, assessment = recorded_alone()
    _html, text = said(assessment, loner, language)
    assert text.count(ALONE[language]) >= 3
    assert across(assessment, loner) == ""


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_pdf_says_so_too(db, language):

    loner, assessment = recorded_alone()
    report = asked(assessment, loner, language)
    snapshot = read_snapshot(report.snapshot)
    content = to_pdf(to_html(snapshot), snapshot=snapshot, attachment=report.snapshot)
    with pikepdf.open(BytesIO(content)) as document:
        kept = json.loads(next(iter(document.attachments.values())).get_file().read_bytes())
    assert kept["decision"]["not_reviewed"] is True


def test_dissent_stands_beside_the_class_and_does_not_change_it(ana, ben):
    assessment = in_review(ana)
    disagree(assessment=assessment, by=ana, reason="It sorts by <i>date</i>.")
    headline = assessment.headline
    sign(assessment, ben)
    _html, text = said(assessment, ana)
    assert "Ana disagreed on " in text
    assert "It sorts by <i>date</i>." in text
    assert Assessment.objects.get().headline == headline
    snapshot = read_snapshot(asked(assessment, ana).snapshot)
    assert snapshot["dissent"][0]["tier"] == headline


def test_what_was_frozen_is_not_told_by_another_law(ana, ben):
    assessment = decided(ana, ben)
    Assessment.objects.update(catalogue_digest="f" * 64)
    with pytest.raises(ValidationError, match="law data have changed"):
        asked(assessment, ana)
    Assessment.objects.update(state="draft")
    assert asked(assessment, ana)
