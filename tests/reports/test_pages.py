import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from jobs.listening import sign_in
from reports import views
from reports.models import Report
from tests.accounts.factories import MembershipFactory
from tests.assessments.factories import a_full_assessment, an_assessment
from tests.reports.factories import a_done_report, a_pdf, a_report, a_running_report

pytestmark = pytest.mark.usefixtures("sent")
HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def worker(db):
    sign_in("worker@one")


@pytest.fixture
def auditor(ana):
    return MembershipFactory(organisation=ana.organisation, roles=[Role.AUDITOR])


def at(name, report):
    return reverse(f"reports:report-{name}", args=[report.pk])


def ask(browser, assessment, **form):
    address = reverse("reports:report-request", args=[assessment.pk])
    return browser.post(address, {"language": "en", **form})


def page(browser, report):
    response = browser.get(at("detail", report))
    assert response.status_code == 200
    assert "no-cache" in response["Cache-Control"]
    return response


def saved(response):
    """The file of a download, read to its end, which closes it."""
    return b"".join(response.streaming_content)


def buttons(response):
    main = response.text.split("<main")[1]
    return re.findall(r'<form[^>]*method="post"[^>]*action="([^"]+)"', main)


def test_the_button_makes_a_report_and_leads_to_its_page(signed_in, ana, worker):
    browser, assessment = signed_in(ana), a_full_assessment(ana, "spam_filter")
    response = ask(browser, assessment, language="de")
    report = Report.objects.get()
    assert response.url == at("detail", report)
    assert (report.language, report.requested_by) == ("de", ana.user)
    assert ask(browser, assessment, language="de").url == at("detail", report)


@pytest.mark.parametrize("language", ["", "fr", "en-GB", "<b>"])
def test_there_is_no_report_in_other_languages(signed_in, ana, language):
    response = ask(signed_in(ana), an_assessment(ana), language=language)
    assert response.status_code == 400
    assert not Report.objects.exists()


def looks_again(response):
    return "data-look-again" in response.text and 'http-equiv="refresh"' in response.text


def test_a_waiting_report_says_its_place_and_looks_again(signed_in, ana, worker):
    first, second = a_report(ana), a_report(ana)
    browser = signed_in(ana)
    assert "Next in the queue" in page(browser, first).text
    response = page(browser, second)
    assert "Number 2 in the queue" in response.text
    assert f'http-equiv="refresh" content="{views.LOOK_AGAIN_SECONDS}"' in response.text
    assert "js/report.js" in response.text
    assert at("cancel", second) in buttons(response)


def test_the_place_counts_everybody_and_names_nobody(signed_in, ana, carla, worker):
    a_report(carla)
    response = page(signed_in(ana), a_report(ana))
    assert "Number 2 in the queue" in response.text
    assert "Andere AG" not in response.text


def test_without_a_worker_the_page_says_so_and_keeps_looking(signed_in, ana):
    response = page(signed_in(ana), a_report(ana))
    assert "No worker is listening" in response.text
    assert looks_again(response)
    assert "No worker is listening" in signed_in(ana).get("/reports/").text


def test_a_running_report_shows_its_step(signed_in, ana, worker):
    response = page(signed_in(ana), a_running_report(ana, step="checking"))
    steps = re.findall(r'app-steps__item--(\w+)"', response.text)
    assert steps == ["done", "done", "current", "waiting"]
    assert 'aria-current="step"' in response.text
    assert looks_again(response)
    assert buttons(response) == [], "a running report cannot be cancelled"


def test_a_done_report_offers_its_file(signed_in, ana):
    report = a_done_report(ana)
    response = page(signed_in(ana), report)
    assert f'href="{at("download", report)}"' in response.text
    assert report.file_sha256 in response.text
    assert "2 pages" in response.text
    assert not looks_again(response)
    assert buttons(response) == []


def test_a_failed_report_says_why_and_can_be_tried_again(signed_in, ana):
    report = a_report(ana, state="failed", failure="The store is full.", attempts=3)
    browser = signed_in(ana)
    response = page(browser, report)
    assert "The store is full." in response.text
    assert not looks_again(response)
    assert buttons(response) == [at("retry", report)]
    assert browser.post(at("retry", report)).url == at("detail", report)
    report.refresh_from_db()
    assert (report.state, report.attempts) == ("queued", 0)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "The worker stopped in the middle"), ("de", "mittendrin abgebrochen")],
)
def test_a_failure_is_told_in_the_language_of_the_reader(signed_in, ana, language, words):
    ana.user.language = language
    ana.user.save()
    report = a_report(ana, state="failed", failure="stopped", language="de")
    assert words in page(signed_in(ana), report).text


def test_a_cancelled_report_can_be_asked_for_again(signed_in, ana):
    report, browser = a_report(ana), signed_in(ana)
    assert browser.post(at("cancel", report)).url == at("detail", report)
    response = page(browser, report)
    assert "The report was cancelled" in response.text
    assert not looks_again(response)
    assert buttons(response) == [at("retry", report)]


@pytest.mark.parametrize("state", ["queued", "running", "failed", "cancelled"])
def test_a_report_that_is_not_done_has_no_file(signed_in, ana, state):
    report = a_report(ana, state=state, failure="Why.", step="preparing")
    assert signed_in(ana).get(at("download", report)).status_code == 404


def test_the_download_is_the_file_under_a_telling_name(signed_in, ana):
    content = a_pdf(3)
    assessment = an_assessment(ana, name="Bewerber: Vorauswahl & Rang/2")
    report = a_done_report(ana, content, assessment=assessment, revision=7, language="de")
    response = signed_in(ana).get(at("download", report))
    assert saved(response) == content
    day = timezone.now().date().isoformat()
    name = f"drawbridge-readiness-bewerber-vorauswahl-rang2-{day}-r7-de.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(content))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["日本語", '"; rm -rf /', "a\r\nX-Evil: 1", "x" * 200])
def test_a_name_never_breaks_out_of_the_header(signed_in, ana, name):
    report = a_done_report(ana, assessment=an_assessment(ana, name=name))
    response = signed_in(ana).get(at("download", report))
    assert re.fullmatch(
        r'attachment; filename="drawbridge-readiness-[a-z0-9-]+-en\.pdf"',
        response["Content-Disposition"],
    )
    assert "X-Evil" not in response
    saved(response)


def test_a_file_that_got_lost_is_not_found_rather_than_an_error(signed_in, ana):
    report = a_done_report(ana)
    report.file.storage.delete(report.file.name)
    assert signed_in(ana).get(at("download", report)).status_code == 404


def test_another_organisation_gets_404_and_changes_nothing(signed_in, ana, carla):
    browser = signed_in(carla)
    done, waiting = a_done_report(ana), a_report(ana)
    failed = a_report(ana, state="failed", failure="Why.")
    for report in (done, waiting, failed):
        assert browser.get(at("detail", report)).status_code == 404
        assert browser.get(at("download", report)).status_code == 404
        assert browser.post(at("retry", report)).status_code == 404
        assert browser.post(at("cancel", report)).status_code == 404
    assert ask(browser, done.assessment).status_code == 404
    states = Report.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["done", "queued", "failed"]
    assert browser.get("/reports/").context["reports"] == []


def test_an_auditor_reads_and_downloads_but_asks_for_nothing(signed_in, ana, auditor):
    browser = signed_in(auditor)
    done, waiting = a_done_report(ana), a_report(ana)
    failed = a_report(ana, state="failed", failure="Why.")
    response = browser.get(at("download", done))
    assert response.status_code == 200
    assert saved(response)
    for report in (done, waiting, failed):
        assert buttons(page(browser, report)) == []
    assert browser.post(at("retry", failed)).status_code == 403
    assert browser.post(at("cancel", waiting)).status_code == 403
    assessment = an_assessment(ana)
    assert ask(browser, assessment).status_code == 403
    use = browser.get(reverse("assessments:use-detail", args=[assessment.use_case_id]))
    assert "Create report" not in use.text
    assert Report.objects.count() == 3


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_everybody_else_may_ask(signed_in, ana, role):
    member = MembershipFactory(organisation=ana.organisation, roles=[role])
    assessment = a_full_assessment(ana, "spam_filter")
    assert ask(signed_in(member), assessment).status_code == 302


def test_a_form_from_elsewhere_is_refused(ana):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ana.user)
    assert ask(browser, an_assessment(ana)).status_code == 403


@pytest.mark.parametrize("name", ["retry", "cancel", "request"])
def test_a_link_changes_nothing(signed_in, ana, name):
    report = a_report(ana)
    key = report.assessment_id if name == "request" else report.pk
    assert signed_in(ana).get(reverse(f"reports:report-{name}", args=[key])).status_code == 405


def test_the_list_shows_own_reports_the_newest_first(signed_in, ana, carla):
    old, new = a_report(ana), a_done_report(ana)
    a_report(carla)
    listed = signed_in(ana).get("/reports/").context["reports"]
    assert [row["url"] for row in listed] == [at("detail", new), at("detail", old)]


def test_the_list_is_paged_and_costs_the_same_for_one_and_for_sixty(
    signed_in, ana, carla, django_assert_max_num_queries
):
    a_report(carla)
    for _ in range(60):
        a_report(ana)
    counts = []
    for member in (carla, ana):
        browser = signed_in(member)
        with django_assert_max_num_queries(10) as counted:
            response = browser.get("/reports/")
        counts.append(len(counted))
    assert counts[0] == counts[1]
    assert len(response.context["reports"]) == 50
    older = browser.get("/reports/" + response.context["next_url"])
    assert len(older.context["reports"]) == 10
    newest = browser.get("/reports/" + older.context["previous_url"])
    assert newest.context["reports"] == response.context["reports"]


def test_the_page_of_a_use_lists_its_newest_reports_only(
    signed_in, ana, django_assert_max_num_queries
):
    assessment = an_assessment(ana)
    for _ in range(20):
        a_report(ana, assessment=assessment)
    use = reverse("assessments:use-detail", args=[assessment.use_case_id])
    browser = signed_in(ana)
    with django_assert_max_num_queries(16):
        text = browser.get(use).text
    assert len(set(re.findall(r"/reports/[0-9a-f-]{36}/", text))) == 8


def test_no_page_loads_the_frozen_content(signed_in, ana, django_assert_max_num_queries):
    report, browser = a_done_report(ana), signed_in(ana)
    for address in ("/reports/", at("detail", report)):
        with django_assert_max_num_queries(12) as queries:
            browser.get(address)
        assert not [query for query in queries if '"snapshot"' in query["sql"]]


def test_what_people_write_is_shown_and_not_obeyed(signed_in, ana):
    User.objects.filter(pk=ana.user_id).update(name=HOSTILE)
    report = a_report(
        ana,
        assessment=an_assessment(ana, name=HOSTILE),
        state="failed",
        failure=HOSTILE,
    )
    browser = signed_in(ana)
    for address in ("/reports/", at("detail", report)):
        text = browser.get(address).text
        assert "&lt;script&gt;alert(" in text
        assert HOSTILE not in text
