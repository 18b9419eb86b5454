"""The report lists what answers and obligations rest on; older reports without it still print."""

import json

from assessments.models import Finding, Support
from assessments.services.supporting import support_answer, support_finding
from models_registry.models import Evidence
from reports.rendering import to_html
from reports.selectors import described_assessment
from reports.snapshot import canonical, read_snapshot, snapshot_of
from tests.assessments.factories import DAY, a_full_assessment
from tests.models_registry.factories import AIModelFactory
from tests.models_registry.run_factories import OPEN, a_done_run, stored


def a_piece(member, title, **values):
    content = stored(member.organisation, title.encode())
    return Evidence.objects.create(
        organisation=member.organisation, title=title, kind="evaluation", stored=content, **values
    )


def told(assessment):
    content = snapshot_of(described_assessment(assessment, on=DAY), language="en")
    return read_snapshot(canonical(content).text)


def with_evidence(member):
    assessment = a_full_assessment(member)
    answer = assessment.answers.get(question_id="subject_kind")
    finding = assessment.findings.filter(applies=True).first()
    report = a_piece(
        member, "Bias audit", strength="verified", confirmed_by=member.user,
        confirmed_at="2026-11-01T00:00:00Z",
    )  # fmt: skip
    secret = a_piece(
        member, "Secret contract", strength="documented", confidentiality="confidential"
    )
    support_answer(answer=answer, evidence=report, by=member.user)
    support_finding(finding=finding, evidence=secret, by=member.user)
    assessment.refresh_from_db()
    return assessment, report, finding


def test_titles_hashes_strengths_and_people_stand_in_the_report(ana):
    assessment, report, finding = with_evidence(ana)
    snapshot = told(assessment)
    html = to_html(snapshot)
    assert "Bias audit (test or evaluation)" in html
    assert report.stored.sha256[:12] in html
    assert f"confirmed by {ana.user.name}" in html
    assert "Secret contract" not in json.dumps(snapshot)
    assert "confidential evidence" in html
    assert snapshot["findings"][finding.duty_id]["strength"] == "documented"


def test_a_run_of_checks_stands_there_with_each_check(ana, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    run = a_done_run(AIModelFactory(organisation=ana.organisation, name="Harbour"), OPEN)
    assessment = a_full_assessment(ana)
    finding = Finding.objects.filter(assessment=assessment, applies=True).first()
    for check in ("W01", "W06"):
        Support.objects.create(
            organisation=ana.organisation, finding=finding, run=run, check_id=check
        )
    html = to_html(told(assessment))
    assert "Checks of Harbour" in html
    assert "W01 (" in html
    assert ", W06 (" in html


def test_a_report_from_before_evidence_was_kept_still_prints(ana):
    snapshot = told(a_full_assessment(ana))
    for answer in snapshot["answers"]:
        del answer["supports"]
    for finding in snapshot["findings"].values():
        del finding["supports"]
    assert "Evidence given" not in to_html(snapshot)
