"""The facts about an organisation, and where they reach."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.countries import IN_THE_UNION, OUTSIDE_THE_UNION
from accounts.forms import EuroField, in_euro
from accounts.models import Organisation, Role
from accounts.selectors import organisation_facts
from assessments.examples import FOLDER, take_in
from assessments.law_in_use import catalogue
from assessments.use_file import read_use_file
from events.models import Event
from reports.services import request_report
from tests.accounts.factories import MembershipFactory

PROFILE, CHANGE = "/organisation", "/organisation/change"
FORM = {
    "seen": "",
    "name": "Muster SE",
    "kind": "company",
    "size_class": "other",
    "seat": "DE",
    "turnover": "4.000.000.000",
}
ON = date(2027, 12, 3)


def test_an_admin_or_officer_changes_the_facts(signed_in, ana, organisation):
    assert signed_in(ana).post(CHANGE, FORM).url == PROFILE
    organisation.refresh_from_db()
    assert (organisation.name, organisation.turnover) == ("Muster SE", Decimal("4000000000"))
    event = Event.objects.get(kind="organisation.changed")
    assert '"before":{"name":"Muster GmbH","seat":"","turnover":null}' in event.detail.payload
    page = signed_in(ana).get(PROFILE).text
    assert "Germany" in page
    assert "EUR 4\u202f000\u202f000\u202f000" in page


def test_others_read_the_facts_and_leave_them(signed_in, ben, carla, organisation):
    browser = signed_in(ben)
    assert "Muster GmbH" in browser.get(PROFILE).text
    assert browser.get(CHANGE).status_code == 403
    assert browser.post(CHANGE, FORM).status_code == 403
    signed_in(carla).post(CHANGE, FORM)
    organisation.refresh_from_db()
    assert organisation.name == "Muster GmbH", "a stranger changes her own organisation only"


def test_confirming_without_a_change_moves_the_day_and_says_so(signed_in, ana, organisation):
    unchanged = FORM | {"name": "Muster GmbH", "seat": "", "turnover": ""}
    signed_in(ana).post(CHANGE, unchanged)
    organisation.refresh_from_db()
    assert organisation.profile_checked_at
    assert Event.objects.filter(kind="organisation.confirmed").exists()


def test_two_people_do_not_overwrite_each_other_unseen(signed_in, ana, organisation):
    colleague = MembershipFactory(organisation=organisation, roles=[Role.OFFICER])
    seen = signed_in(ana).get(CHANGE).context["form"]["seen"].value()
    signed_in(colleague).post(CHANGE, FORM | {"name": "Theirs"})
    page = signed_in(ana).post(CHANGE, FORM | {"seen": seen, "name": "Mine"})
    assert page.status_code == 200
    assert "A colleague changed" in page.text
    assert "Theirs" in page.text, "what is stored is shown"
    assert page.context["form"]["name"].value() == "Mine", "and nothing typed is lost"
    again = {**FORM, "name": "Mine", "seen": page.context["form"]["seen"].value()}
    assert signed_in(ana).post(CHANGE, again).url == PROFILE
    organisation.refresh_from_db()
    assert organisation.name == "Mine"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"kind": "club"},
        {"size_class": "xl"},
        {"seat": "ZZ"},
        {"seat": "<b>"},
        {"turnover": "-1"},
        {"turnover": "about 5"},
        {"turnover": "9" * 30},
        {"turnover": "1e9"},
        {"seen": "\x00"},
    ],
)
def test_facts_that_make_no_sense_are_refused(signed_in, ana, organisation, wrong):
    assert signed_in(ana).post(CHANGE, FORM | wrong).status_code == 200
    organisation.refresh_from_db()
    assert organisation.name == "Muster GmbH"


@pytest.mark.parametrize("seen", ["yesterday", "9999-99-99T00:00", "2026-11-23"])
def test_a_forged_moment_is_a_conflict_like_any_other(signed_in, ana, organisation, seen):
    browser = signed_in(ana)
    browser.post(CHANGE, FORM)
    assert "A colleague changed" in browser.post(CHANGE, FORM | {"seen": seen}).text


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", None),
        ("12500000", "12500000"),
        ("12,500,000", "12500000"),
        ("12.500.000", "12500000"),
        ("12 500 000 €", "12500000"),
        ("EUR 12\u202f500\u202f000,50", "12500000.50"),
        ("1,234,567.8", "1234567.8"),
        ("1'234'567", "1234567"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, amount):
    read = EuroField(required=False).clean(typed)
    assert read == (None if amount is None else Decimal(amount))
    assert EuroField(required=False).clean(in_euro(read)) == read, "and as we write it"


@pytest.mark.parametrize(
    ("seat", "answer"), [("DE", "union"), ("CH", "third_country"), ("NO", "third_country")]
)
def test_the_profile_answers_questions_about_the_organisation(seat, answer):
    organisation = Organisation(kind="public_authority", size_class="sme", seat=seat)
    assert organisation_facts(organisation) == {
        "organisation_kind": "public_authority",
        "size_class": "sme",
        "seat": answer,
    }


def test_a_seat_that_nobody_gave_answers_nothing():
    assert "seat" not in organisation_facts(Organisation())


def test_every_answer_of_the_profile_fits_its_question():
    questions = catalogue().entries.questions
    for kind in Organisation.Kind.values:
        for size in Organisation.SizeClass.values:
            for seat in ("", "DE", "US"):
                facts = organisation_facts(Organisation(kind=kind, size_class=size, seat=seat))
                for question, value in facts.items():
                    assert questions[question].about == "organisation"
                    assert value in {option.id for option in questions[question].options}


def test_the_union_has_twenty_seven_member_states():
    assert len(IN_THE_UNION) == 27
    assert not set(IN_THE_UNION) & set(OUTSIDE_THE_UNION)


@pytest.fixture
def assessment(ana):
    use = read_use_file(FOLDER / "recruitment.yaml", catalogue())
    return take_in(use=use, organisation=ana.organisation, by=ana.user, on=ON)


def ceiling(browser, assessment):
    page = browser.get(f"/uses/{assessment.use_case_id}/")
    return page.context["result"]["fine"]["text"]


def test_a_change_reaches_the_ceiling_of_fines(signed_in, ana, assessment):
    browser = signed_in(ana)
    before = ceiling(browser, assessment)
    browser.post(CHANGE, FORM)
    after = ceiling(browser, assessment)
    assert before != after
    assert after == "EUR 120\u202f000\u202f000", "three percent of four thousand million"


def test_a_change_reaches_the_next_report(signed_in, ana, assessment):
    def report():
        assessment.organisation.refresh_from_db()
        return request_report(assessment=assessment, language="en", by=ana.user, on=ON)

    first = report()
    assert report() == first
    signed_in(ana).post(CHANGE, FORM)
    second = report()
    assert second != first, "another ceiling is another report"
    assert '"turnover":4000000000' in second.snapshot
    first.refresh_from_db()
    assert '"turnover":null' in first.snapshot, "what was asked for stays as it was"
