import json

import pytest

from assessments.models import Answer, Assessment
from assessments.services import save_answers
from events.models import Event
from reports import services
from reports.models import Report
from reports.services import cancel_report, request_report, retry_report
from tests.assessments.factories import DAY, a_full_assessment
from tests.reports.factories import a_report, a_running_report, digest

pytestmark = pytest.mark.usefixtures("sent")


@pytest.fixture
def draft(ana):
    return a_full_assessment(ana, "spam_filter")


def request(assessment, by, language="en"):
    return request_report(assessment=assessment, language=language, by=by.user, on=DAY)


def kinds(member):
    rows = Event.objects.filter(organisation_id=member.organisation_id, kind__startswith="report")
    return list(rows.values_list("kind", flat=True))


def test_a_request_writes_the_row_and_sends_the_task_after_the_commit(
    ana, draft, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        report = request(draft, ana)
        assert sent == []
    assert sent == [report.pk]
    assert (report.state, report.revision, report.attempts) == ("queued", 2, 0)
    assert (report.requested_by, report.organisation) == (ana.user, ana.organisation)
    assert kinds(ana) == ["report.requested"]


def test_asking_twice_gives_one_row_and_one_task(
    ana, ben, draft, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = request(draft, ana), request(draft, ben)
    assert first == second
    assert sent == [first.pk]
    assert Report.objects.get().requested_by == ana.user
    assert kinds(ana) == ["report.requested"]


def test_each_language_is_a_report_of_its_own(ana, draft):
    assert request(draft, ana, "en") != request(draft, ana, "de")


def test_a_changed_answer_makes_a_new_report_and_keeps_the_old_one(ana, draft):
    before = request(draft, ana)
    given = {"answers": {"seat": "third_country"}, "by": ana.user}
    save_answers(assessment=draft, revision=2, **given)
    after = request(draft, ana)
    assert (before.revision, after.revision) == (2, 3)
    assert before.snapshot != after.snapshot
    assert Report.objects.get(pk=before.pk).snapshot == before.snapshot


def test_a_report_tells_of_the_latest_answers_even_when_an_old_page_asked(ana, draft):
    stale = Assessment.objects.get(pk=draft.pk)
    given = {"answers": {"seat": "third_country"}, "by": ana.user}
    save_answers(assessment=draft, revision=2, **given)
    report = request(stale, ana)
    answers = {row["id"]: row["answer"] for row in json.loads(report.snapshot)["answers"]}
    assert report.revision == 3
    assert answers["seat"] == "Outside it"


@pytest.mark.parametrize("state", ["queued", "running", "done"])
def test_a_report_that_waits_or_runs_or_is_done_is_not_started_again(
    ana, draft, sent, state, django_capture_on_commit_callbacks
):
    report = request(draft, ana)
    done = {"file": "x", "file_sha256": "x", "size": 1, "pages": 1, "attempts": 2}
    Report.objects.update(state=state, **done)
    with django_capture_on_commit_callbacks(execute=True):
        assert request(draft, ana) == report
        retry_report(report=report, by=ana.user)
    assert (report.state, report.attempts) == (state, 2)
    assert sent == []


@pytest.mark.parametrize("state", ["failed", "cancelled"])
@pytest.mark.parametrize("way", ["asking", "retrying"])
def test_what_failed_or_was_cancelled_is_queued_again(
    ana, draft, sent, state, way, django_capture_on_commit_callbacks
):
    report = request(draft, ana)
    Report.objects.update(state=state, failure="No space left.", attempts=3)
    report.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        again = request(draft, ana) if way == "asking" else retry_report(report=report, by=ana.user)
    assert again == report
    assert (again.state, again.attempts, again.failure) == ("queued", 0, "")
    assert sent == [report.pk]
    assert kinds(ana)[-1] == "report.requested_again"


def test_only_a_waiting_report_can_be_cancelled(ana):
    waiting, running = a_report(ana), a_running_report(ana)
    assert cancel_report(report=waiting, by=ana.user).state == "cancelled"
    assert cancel_report(report=running, by=ana.user).state == "running"
    assert kinds(ana) == ["report.cancelled"]


def test_a_report_that_a_worker_took_meanwhile_is_not_cancelled(ana):
    report = a_report(ana)
    Report.objects.claim(report.pk, step=Report.Step.PREPARING)
    assert cancel_report(report=report, by=ana.user).state == "running"


def test_a_broker_that_is_away_does_not_fail_the_request(
    ana, draft, monkeypatch, django_capture_on_commit_callbacks, caplog
):
    def refuse(report_id):
        raise ConnectionError("Connection refused")

    monkeypatch.setattr(services, "send_build", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        report = request(draft, ana)
    assert report.state == "queued"
    assert report.sent_at is None
    assert "Connection refused" in caplog.text


def test_the_snapshot_is_canonical_and_its_digest_is_kept(ana):
    report = request(a_full_assessment(ana), ana)
    assert report.snapshot_sha256 == digest(report.snapshot)
    snapshot = json.loads(report.snapshot)
    assert snapshot["fingerprint"] == report.fingerprint
    assert snapshot["document"]["number"] == report.number
    assert snapshot["result"]["headline"] == "high_risk_annex_iii"
    assert snapshot["findings"]


def test_the_snapshot_keeps_every_answer_and_note(ana):
    assessment = a_full_assessment(ana)
    Answer.objects.filter(question_id="score_basis").update(note="Marks & hobbies, 41 features")
    answers = {row["id"]: row for row in json.loads(request(assessment, ana).snapshot)["answers"]}
    assert answers["score_basis"]["note"] == "Marks & hobbies, 41 features"
    assert answers["score_basis"]["by"] == "Ana"
    given = set(assessment.answers.exclude(value=None).values_list("question_id", flat=True))
    assert {name for name, row in answers.items() if row["state"] == "answered"} == given


def test_a_request_costs_no_more_than_thirty_queries(ana, django_assert_max_num_queries):
    assessment = a_full_assessment(ana)
    with django_assert_max_num_queries(30):
        request(Assessment.objects.get(pk=assessment.pk), ana)


def test_names_with_odd_letters_reach_the_snapshot_as_they_are(ana):
    odd = "Ταξινόμηση 👩‍💻 </script>\u2028 “quoted”"
    report = request(a_full_assessment(ana, "spam_filter", name=odd), ana)
    assert json.loads(report.snapshot)["use"]["name"] == odd
    assert report.snapshot_sha256 == digest(Report.objects.get().snapshot)
