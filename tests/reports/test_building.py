"""How a report is made, and what becomes of it when a worker, a message or a file gets lost."""

import hashlib
import json
import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from events.models import Event
from jobs import running
from jobs.running import JobError
from reports import building, filing, tasks
from reports.building import build, lost_reports
from reports.models import Report
from reports.services import request_report
from tests.assessments.factories import DAY, a_full_assessment
from tests.reports.factories import SNAPSHOT, a_pdf, a_report, a_running_report


@pytest.fixture
def fails(monkeypatch):
    """Makes the rendering fail with the given exception."""

    def with_error(error):
        def to_html(snapshot):
            raise error

        monkeypatch.setattr(building, "to_html", to_html)

    return with_error


def now(report):
    report.refresh_from_db()
    return report


def files(media):
    return [path for path in media.rglob("*") if path.is_file()]


def reports_told(member):
    rows = Event.objects.filter(organisation_id=member.organisation_id, kind__startswith="report")
    return list(rows.values_list("kind", flat=True))


def test_a_queued_report_gets_its_file(ana, quick_pdf, media):
    report = a_report(ana, failure="Earlier.")
    build(report.pk)
    done = now(report)
    assert (done.state, done.step, done.attempts, done.failure) == ("done", "", 1, "")
    with done.file.open() as file:
        content = file.read()
    assert done.file_sha256 == hashlib.sha256(content).hexdigest()
    assert (done.size, done.pages) == (len(content), 2)
    assert done.started_at <= done.finished_at
    assert quick_pdf == [SNAPSHOT]
    assert len(files(media)) == 1
    assert reports_told(ana) == ["report.done"]


@pytest.mark.parametrize("state", ["running", "done", "failed", "cancelled"])
def test_only_a_queued_report_is_built(ana, quick_pdf, state):
    done = {"file": "x", "file_sha256": "x", "size": 1, "pages": 1, "failure": "Why."}
    report = a_report(ana, state=state, **done)
    build(report.pk)
    assert quick_pdf == []
    assert now(report).state == state


def test_a_message_for_a_report_that_is_gone_does_nothing(db, quick_pdf):
    build("00000000-0000-7000-8000-000000000000")


def test_the_task_takes_the_id_as_the_broker_carries_it(ana, quick_pdf):
    report = a_report(ana)
    tasks.build_report(str(report.pk))
    assert now(report).state == "done"


def test_a_second_worker_leaves_the_report_alone(ana):
    report = a_report(ana)
    assert Report.objects.claim(report.pk, step=Report.Step.PREPARING) is not None
    assert Report.objects.claim(report.pk, step=Report.Step.PREPARING) is None
    assert now(report).attempts == 1


@pytest.mark.parametrize(
    "snapshot", [SNAPSHOT.replace("en", "de"), SNAPSHOT + " ", "no JSON at all", ""]
)
def test_a_changed_snapshot_fails_for_good_and_says_so(ana, quick_pdf, snapshot):
    report = a_report(ana)
    Report.objects.update(snapshot=snapshot)
    build(report.pk)
    assert (now(report).state, report.attempts) == ("failed", 1)
    assert report.failure == "changed"
    assert quick_pdf == []
    assert reports_told(ana) == ["report.failed"]


def test_a_permanent_error_is_not_tried_again(ana, fails):
    report = a_report(ana)
    fails(JobError(Report.Failure.CHANGED, permanent=True))
    build(report.pk)
    assert (now(report).state, report.failure) == ("failed", "changed")
    assert report.finished_at is not None


def test_a_passing_error_is_tried_three_times(ana, fails):
    report = a_report(ana, sent_at=timezone.now())
    fails(JobError(Report.Failure.UNREADABLE, permanent=False))
    states = []
    for _turn in range(3):
        build(report.pk)
        states.append((now(report).state, report.attempts, report.sent_at))
    assert states == [("queued", 1, None), ("queued", 2, None), ("failed", 3, states[2][2])]
    assert report.failure == "unreadable"
    assert reports_told(ana) == ["report.failed"]


def test_an_unforeseen_error_keeps_its_trace_for_the_log_and_a_reason_for_people(ana, fails):
    report = a_report(ana, attempts=2)
    fails(RuntimeError("hunter2"))
    with pytest.raises(RuntimeError, match="hunter2"):
        build(report.pk)
    assert now(report).state == "failed"
    assert report.failure == "other"


def test_a_report_that_failed_once_succeeds_the_second_time(ana, fails, monkeypatch, request):
    report = a_report(ana)
    fails(JobError(Report.Failure.UNREADABLE, permanent=False))
    build(report.pk)
    request.getfixturevalue("quick_pdf")
    build(report.pk)
    assert (now(report).state, report.attempts, report.failure) == ("done", 2, "")


def test_a_file_that_does_not_open_is_never_handed_out(ana, quick_pdf, monkeypatch, media):
    monkeypatch.setattr(building, "to_pdf", lambda *args, **kwargs: b"%PDF-1.7 broken")
    report = a_report(ana, attempts=2)
    build(report.pk)
    assert (now(report).state, report.failure) == ("failed", "unreadable")
    assert files(media) == []


def overtaken(report, monkeypatch, become):
    """While the file is made, the report is taken from this worker."""

    def to_pdf(html, **given):
        Report.objects.filter(pk=report.pk).update(**become)
        return a_pdf(pages=9)

    monkeypatch.setattr(building, "to_pdf", to_pdf)
    build(report.pk)


def test_a_slow_worker_whose_turn_has_passed_cannot_overwrite(ana, quick_pdf, monkeypatch, media):
    report = a_report(ana)
    overtaken(report, monkeypatch, {"attempts": 2, "started_at": timezone.now()})
    assert (now(report).state, report.attempts, report.pages) == ("running", 2, None)
    assert files(media) == [], "its file is thrown away"
    assert reports_told(ana) == []


def test_a_slow_worker_cannot_overwrite_after_a_retry_by_hand_either(
    ana, quick_pdf, monkeypatch, media
):
    """The turns are counted from one again; the moment of the claim tells them apart."""
    report = a_report(ana)
    later = timezone.now() + timedelta(minutes=1)
    overtaken(report, monkeypatch, {"attempts": 1, "started_at": later})
    assert (now(report).state, report.pages) == ("running", None)
    assert files(media) == []


def test_a_slow_worker_cannot_fail_the_turn_of_another(ana, monkeypatch):
    report = a_report(ana)

    def to_html(snapshot):
        Report.objects.update(attempts=2)
        raise JobError(Report.Failure.CHANGED, permanent=True)

    monkeypatch.setattr(building, "to_html", to_html)
    build(report.pk)
    assert (now(report).state, report.failure) == ("running", "")


def test_a_file_whose_row_cannot_be_written_is_not_left_behind(ana, quick_pdf, monkeypatch, media):
    def refuse(*args, **kwargs):
        raise DatabaseError("gone")

    report = a_report(ana)
    monkeypatch.setattr(filing, "tell_of", refuse)
    with pytest.raises(DatabaseError):
        build(report.pk)
    assert files(media) == []
    assert now(report).state == "queued"


def test_the_steps_are_shown_while_they_happen(ana, quick_pdf, monkeypatch):
    report, seen = a_report(ana), []

    def look(answer):
        def note(*args, **kwargs):
            seen.append(now(report).step)
            return answer

        return note

    monkeypatch.setattr(building, "to_html", look("<p>"))
    monkeypatch.setattr(building, "to_pdf", look(a_pdf()))
    monkeypatch.setattr(building, "count_pages", look(2))
    build(report.pk)
    assert seen == ["preparing", "rendering", "checking"]


def test_signs_of_life_survive_a_lost_connection(ana, monkeypatch, caplog):
    report, told = a_running_report(ana), threading.Event()

    class Row:
        def __init__(self):
            self.turns = 0

        def update(self, **columns):
            self.turns += 1
            if self.turns == 1:
                raise DatabaseError("the server closed the connection")
            told.set()

    row = Row()
    monkeypatch.setattr(running, "SIGN_OF_LIFE_SECONDS", 0.01)
    monkeypatch.setattr(running, "mine", lambda report: row)
    with running._signs_of_life(report):
        assert told.wait(timeout=10)
    assert "no sign of life" in caplog.text


def long_ago():
    return timezone.now() - running.LOST_AFTER - timedelta(seconds=1)


def test_the_sweep_takes_up_what_a_dead_worker_left(ana):
    lost = a_running_report(ana, seen_at=long_ago())
    alive = a_running_report(ana)
    assert lost_reports() == [lost.pk]
    assert (now(lost).state, lost.step, lost.attempts) == ("queued", "", 1)
    assert now(alive).state == "running"


def test_a_report_that_kills_every_worker_ends_with_a_reason(ana):
    lost = a_running_report(ana, seen_at=long_ago(), attempts=3)
    assert lost_reports() == []
    assert (now(lost).state, lost.failure) == ("failed", "stopped")
    assert reports_told(ana) == ["report.failed"]


def test_the_sweep_sends_what_the_broker_lost_and_not_what_it_just_got(ana):
    never, lost = a_report(ana), a_report(ana, sent_at=timezone.now() - timedelta(seconds=61))
    a_report(ana, sent_at=timezone.now())
    a_report(ana, state="cancelled")
    assert lost_reports() == [never.pk, lost.pk]


def test_the_sweep_never_floods_the_broker(ana, monkeypatch):
    monkeypatch.setattr(running, "SENT_AGAIN_AT_ONCE", 2)
    waiting = [a_report(ana) for _ in range(3)]
    assert lost_reports() == [report.pk for report in waiting[:2]], "the oldest first"


def test_a_sweep_sends_the_tasks_and_notes_when(ana, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.build_report, "delay", sent.append)
    report = a_report(ana)
    tasks.sweep_reports()
    assert sent == [str(report.pk)]
    assert now(report).sent_at is not None
    tasks.sweep_reports()
    assert len(sent) == 1


def test_a_broker_that_is_still_away_leaves_the_report_unsent(ana, monkeypatch):
    def refuse(report_id):
        raise ConnectionError

    monkeypatch.setattr(tasks.build_report, "delay", refuse)
    report = a_report(ana)
    with pytest.raises(ConnectionError):
        tasks.sweep_reports()
    assert now(report).sent_at is None


# WeasyPrint leaves its colour profile open.
@pytest.mark.filterwarnings("ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.slow
def test_the_same_snapshot_gives_the_same_bytes(ana, language):

    assessment = a_full_assessment(ana)
    report = request_report(assessment=assessment, language=language, by=ana.user, on=DAY)
    assert json.loads(report.snapshot)["language"] == language
    digests = []
    for _turn in range(2):
        Report.objects.update(state="queued", attempts=0)
        build(report.pk)
        assert now(report).state == "done", report.failure
        digests.append(report.file_sha256)
    assert digests[0] == digests[1]
    assert report.pages >= 1
