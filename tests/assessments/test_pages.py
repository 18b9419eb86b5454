import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.paging import ROWS_ON_A_PAGE, page_of
from assessments.models import Answer, Assessment
from tests.assessments.factories import a_full_assessment, an_assessment, register_rows

REGISTER = "/uses/"
HOSTILE = "<script>alert('x')</script><b style=\"x\">&amp;"


def detail(assessment):
    return reverse("assessments:use-detail", args=[assessment.use_case_id])


def names_on(page):
    return [row["name"] for row in page.context["uses"]]


def link(page, rel):
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page.text)
    return found and found[1].replace("&amp;", "&")


def test_an_empty_register_says_what_belongs_in_it(signed_in, ana):
    assert "Nothing is registered yet" in signed_in(ana).get(REGISTER).text


def test_the_register_lists_own_uses_only(signed_in, ana, carla):
    register_rows(ana, 2)
    an_assessment(carla, name="Carla's secret")
    assert names_on(signed_in(ana).get(REGISTER)) == ["Use number 000", "Use number 001"]
    assert names_on(signed_in(carla).get(REGISTER)) == ["Carla's secret"]


def test_the_register_shows_class_roles_models_and_days(signed_in, ana):
    assessment = a_full_assessment(ana, name="Hiring help")
    text = signed_in(ana).get(REGISTER).text
    assert "Hiring help" in text
    assert "High-risk" in text
    assert str(assessment.use_case.system) in text
    assert "Deployer" in text


@pytest.mark.parametrize(
    ("example", "days"),
    [
        ("spam_filter", "all since "),
        ("recruitment", "others since "),
        ("call_centre_emotions", "since 2 Feb 2025"),
        ("exam_grading", "questions decide"),
    ],
)
def test_the_register_says_since_when_or_from_when(signed_in, ana, example, days):
    a_full_assessment(ana, example)
    text = signed_in(ana).get(REGISTER).text
    assert days in text
    assert "in force" not in text
    assert ("all since" in text) == (example == "spam_filter"), "not while the class is open"


def test_old_assessments_of_a_use_are_not_listed(signed_in, ana):
    register_rows(ana, 1)
    Assessment.objects.update(state=Assessment.State.ARCHIVED)
    assert "Nothing is registered yet" in signed_in(ana).get(REGISTER).text


def test_the_tiles_count_every_class_and_the_filter_shows_one(signed_in, ana):
    register_rows(ana, 2)
    an_assessment(ana, name="Undecided")
    browser = signed_in(ana)
    everything = browser.get(REGISTER)
    counts = {tile["tier"]: tile["count"] for tile in everything.context["tiles"]}
    assert counts == {"minimal": 2, "open": 1}
    filtered = browser.get(REGISTER, {"tier": "open"})
    assert names_on(filtered) == ["Undecided"]
    assert [tile["current"] for tile in filtered.context["tiles"]] == [
        tile["tier"] == "open" for tile in filtered.context["tiles"]
    ]


def test_a_filter_that_finds_nothing_says_so(signed_in, ana):
    register_rows(ana, 1)
    page = signed_in(ana).get(REGISTER, {"tier": "prohibited"})
    assert "No use fits what you are looking for" in page.text


@pytest.mark.parametrize("tier", ["", "nonsense", "<script>", "\0"])
def test_a_filter_that_is_none_shows_everything(signed_in, ana, tier):
    register_rows(ana, 1)
    page = signed_in(ana).get(REGISTER, {"tier": tier})
    assert len(names_on(page)) == 1


def test_pages_lead_forward_and_back_without_missing_a_row(signed_in, ana):
    register_rows(ana, 2 * ROWS_ON_A_PAGE + 5)
    browser, seen, places = signed_in(ana), [], []
    address = REGISTER
    while address:
        page = browser.get(address)
        seen += names_on(page)
        places.append(names_on(page))
        address = (following := link(page, "next")) and REGISTER + following
    assert seen == [f"Use number {n:03}" for n in range(2 * ROWS_ON_A_PAGE + 5)]
    assert [len(rows) for rows in places] == [50, 50, 5]
    middle = browser.get(REGISTER + link(page, "prev"))
    first = browser.get(REGISTER + link(middle, "prev"))
    assert [names_on(middle), names_on(first)] == [places[1], places[0]]
    assert link(first, "prev") is None
    assert link(first, "next")


def test_a_full_last_page_leads_nowhere(signed_in, ana):
    register_rows(ana, ROWS_ON_A_PAGE)
    page = signed_in(ana).get(REGISTER)
    assert len(names_on(page)) == ROWS_ON_A_PAGE
    assert link(page, "next") is link(page, "prev") is None


def test_pages_keep_their_filter(signed_in, ana):
    register_rows(ana, ROWS_ON_A_PAGE + 1)
    page = signed_in(ana).get(REGISTER, {"tier": "minimal"})
    assert "tier=minimal" in link(page, "next")


def test_uses_of_one_name_in_order_are_neither_lost_nor_doubled(ana, rf):
    """Two reports of the same moment: the key decides."""
    rows = register_rows(ana, 3)
    Assessment.objects.update(created_at=timezone.now())
    first = page_of(Assessment.objects.all(), rf.get("/"), by="created_at")
    after = page_of(
        Assessment.objects.all(), rf.get("/", {"after": first.rows[0].pk}), by="created_at"
    )
    assert len(first.rows) == len(rows)
    assert after.rows == first.rows[1:]


@pytest.mark.parametrize("key", ["", "x", "0", "00000000-0000-7000-8000-000000000000", "\0"])
@pytest.mark.parametrize("side", ["after", "before"])
def test_a_page_mark_that_means_nothing_begins_anew(signed_in, ana, side, key):
    register_rows(ana, 2)
    assert len(names_on(signed_in(ana).get(REGISTER, {side: key}))) == 2


def test_a_page_mark_of_another_organisation_tells_nothing(signed_in, ana, carla):
    register_rows(ana, 2)
    theirs = register_rows(carla, 1)[0]
    page = signed_in(ana).get(REGISTER, {"after": theirs.use_case_id})
    assert names_on(page) == ["Use number 000", "Use number 001"]


def queries_of(browser, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as counted:
        assert browser.get(address).status_code == 200
    return len(counted)


def test_the_register_costs_the_same_for_one_row_and_for_sixty(
    signed_in, ana, carla, django_assert_max_num_queries
):
    register_rows(carla, 1)
    register_rows(ana, 60)
    one, sixty = (
        queries_of(signed_in(member), REGISTER, django_assert_max_num_queries)
        for member in (carla, ana)
    )
    assert one == sixty <= 12


def test_the_page_of_a_use_shows_class_reasons_duties_and_days(signed_in, ana):
    assessment = a_full_assessment(ana, name="Hiring help")
    text = signed_in(ana).get(detail(assessment)).text
    for part in ("Hiring help", "High-risk", "Because", "Annex III", "What you must do"):
        assert part in text
    assert re.search(r"Art\W+26", text)


def test_the_page_of_a_use_speaks_german(signed_in, ana):
    assessment = a_full_assessment(ana, name="Hiring help")
    User.objects.filter(pk=ana.user_id).update(language="de")
    text = signed_in(ana).get(detail(assessment)).text
    assert "Anhang III" in text


@pytest.mark.parametrize("state", Assessment.State.values)
def test_the_page_of_a_use_opens_in_every_state(signed_in, ana, state):
    assessment = an_assessment(ana)
    Assessment.objects.update(state=state)
    # Alone, one that was replaced is never what counts; that of a retired use stays readable.
    gone = state == "superseded"
    assert signed_in(ana).get(detail(assessment)).status_code == (404 if gone else 200)


def test_a_use_costs_the_same_with_few_answers_and_with_many(
    signed_in, ana, django_assert_max_num_queries
):
    browser = signed_in(ana)
    few, many = an_assessment(ana), a_full_assessment(ana)
    queries = [
        queries_of(browser, detail(assessment), django_assert_max_num_queries)
        for assessment in (few, many)
    ]
    assert queries[0] == queries[1] <= 16


def test_another_organisation_gets_404(signed_in, ana, carla):
    assessment = a_full_assessment(ana)
    assert signed_in(ana).get(detail(assessment)).status_code == 200
    assert signed_in(carla).get(detail(assessment)).status_code == 404


def test_what_people_write_is_shown_and_not_obeyed(signed_in, ana):
    assessment = a_full_assessment(ana, name=f"Name {HOSTILE}", purpose=HOSTILE, unit=HOSTILE)
    assessment.use_case.system.name = HOSTILE
    assessment.use_case.system.save()
    Answer.objects.filter(question_id="subject_kind").update(note=HOSTILE)
    browser = signed_in(ana)
    for address in (REGISTER, detail(assessment)):
        text = browser.get(address).text
        assert "&lt;script&gt;alert(" in text
        assert "<script>alert(" not in text
        assert "<b style" not in text


def test_answers_that_no_longer_fit_the_law_count_as_not_known(signed_in, ana):
    assessment = a_full_assessment(ana)
    Answer.objects.filter(question_id="subject_kind").update(value="spaceship")
    Answer.objects.filter(question_id="size_class").update(question_id="dropped_question")
    Assessment.objects.update(roles=["dropped_role"], outcomes=["dropped_outcome"])
    browser = signed_in(ana)
    assert browser.get(detail(assessment)).status_code == 200
    assert browser.get(REGISTER).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_only_read(signed_in, ana, method):
    browser = signed_in(ana)
    assert getattr(browser, method)(REGISTER).status_code == 405
    assert getattr(browser, method)(detail(an_assessment(ana))).status_code == 405
