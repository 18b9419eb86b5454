"""Evidence behind answers and findings: added, taken away, counted, kept once frozen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.urls import reverse

from accounts.models import Role
from assessments.models import Assessment, Author, Finding, Support
from assessments.services import FrozenError, start_reassessment, submit_for_review
from assessments.services.supporting import (
    support_answer,
    support_by_checks,
    support_finding,
    withdraw_support,
)
from events.models import Event
from models_registry.models import Attachment, Evidence, SystemModel
from tests.accounts.factories import MembershipFactory
from tests.assessments.factories import DAY, a_full_assessment
from tests.assessments.reviews import a_colleague, decided
from tests.models_registry.factories import AIModelFactory, AISystemFactory
from tests.models_registry.run_factories import CLOSED, OPEN, a_done_run, stored


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_piece(member, strength="documented", **values):
    given = {"title": "Test report", "kind": "evaluation"} | values
    given["confirmed_by"] = member.user if strength == "verified" else None
    given["confirmed_at"] = "2026-11-01T00:00:00Z" if strength == "verified" else None
    content = stored(member.organisation, given["title"].encode())
    return Evidence.objects.create(
        organisation=member.organisation, strength=strength, stored=content, **given
    )


def built_on(member, model, example="recruitment"):
    system = AISystemFactory(organisation=member.organisation)
    SystemModel.objects.create(organisation=member.organisation, system=system, model=model)
    return a_full_assessment(member, example, system=system)


def a_finding(assessment, duty="AIA-015-1"):
    found, _new = Finding.objects.get_or_create(
        organisation=assessment.organisation, assessment=assessment, duty_id=duty
    )
    return found


def test_a_finding_is_as_strong_as_its_weakest_piece(ana):
    finding = a_finding(a_full_assessment(ana))
    strong = support_finding(finding=finding, evidence=a_piece(ana, "verified"), by=ana.user)
    assert finding.strength == "verified"
    weak = a_piece(ana, "asserted", title="Letter")
    kept = support_finding(finding=finding, evidence=weak, by=ana.user)
    assert finding.strength == "asserted"
    withdraw_support(support=kept, by=ana.user)
    assert Finding.objects.get(pk=finding.pk).strength == "verified"
    withdraw_support(support=strong, by=ana.user)
    assert Finding.objects.get(pk=finding.pk).strength == "none"


def test_whoever_gives_evidence_is_an_author_and_it_is_told(ana):
    ben = a_colleague(ana, Role.CONTRIBUTOR)
    assessment = a_full_assessment(ana)
    support_finding(finding=a_finding(assessment), evidence=a_piece(ana), by=ben.user)
    assert Author.objects.filter(assessment=assessment, person=ben.user).exists()
    assert Assessment.objects.get(pk=assessment.pk).revision == assessment.revision + 1
    assert Event.objects.filter(kind="assessment.evidence_added").count() == 1


def test_the_same_piece_counts_once(ana):
    finding, piece = a_finding(a_full_assessment(ana)), a_piece(ana)
    for _time in range(2):
        support_finding(finding=finding, evidence=piece, by=ana.user)
    assert finding.supports.count() == 1
    assert Event.objects.filter(kind="assessment.evidence_added").count() == 1


def test_what_is_said_of_a_closed_model_stays_documented(ana):
    model = AIModelFactory(organisation=ana.organisation, access="api_only")
    finding = a_finding(built_on(ana, model), "AIA-053-1b")
    support_finding(finding=finding, evidence=a_piece(ana, "verified"), by=ana.user)
    assert finding.strength == "documented"


def test_a_measure_of_ones_own_can_be_verified_beside_a_closed_model(ana):
    model = AIModelFactory(organisation=ana.organisation, access="api_only")
    assessment = built_on(ana, model)
    finding = a_finding(assessment)
    piece = a_piece(ana, "verified")
    support_finding(finding=finding, evidence=piece, by=ana.user)
    assert finding.strength == "verified"
    Attachment.objects.create(organisation=ana.organisation, evidence=piece, model=model)
    support_finding(finding=finding, evidence=a_piece(ana, "verified", title="x"), by=ana.user)
    assert finding.strength == "documented"


def test_checks_become_evidence_only_when_a_person_says_so(ana, signed_in):
    model = AIModelFactory(organisation=ana.organisation, access="open_weights")
    run = a_done_run(model, OPEN)
    assessment = built_on(ana, model)
    finding = a_finding(assessment, "AIA-ANX11-1.1")
    browser = signed_in(ana)
    page = browser.get(reverse("assessments:finding-evidence", args=[finding.pk]))
    assert page.context["checks"]["count"] > 0
    assert not finding.supports.exists()
    browser.post(reverse("assessments:finding-checks-use", args=[finding.pk]))
    finding.refresh_from_db()
    assert finding.strength == page.context["checks"]["weakest"] != "none"
    assert {support.run_id for support in finding.supports.all()} == {run.pk}
    assert Event.objects.filter(kind="assessment.checks_used").exists()
    again = browser.get(reverse("assessments:finding-evidence", args=[finding.pk]))
    assert f"Checks of {model}" in again.text
    first = finding.supports.first()
    browser.post(reverse("assessments:support-remove", args=[first.pk]))
    assert not finding.supports.all().exists()
    assert Finding.objects.get(pk=finding.pk).strength == "none"


def test_a_closed_model_is_told_by_checks_as_documented_at_most(ana):
    model = AIModelFactory(organisation=ana.organisation, access="api_only")
    a_done_run(model, CLOSED)
    finding = a_finding(built_on(ana, model), "AIA-053-1b")
    support_by_checks(finding=finding, by=ana.user)
    assert finding.strength in ("none", "asserted", "documented")


def test_every_duty_shows_what_checks_found_for_it(ana, signed_in):
    model = AIModelFactory(organisation=ana.organisation, access="open_weights")
    run = a_done_run(model, OPEN)
    assessment = built_on(ana, model, "credit_scoring")
    page = signed_in(ana).get(reverse("assessments:use-detail", args=[assessment.use_case_id]))
    duties = {
        duty["id"]: duty
        for group in page.context["result"]["duty_groups"]
        for duty in group["duties"]
    }
    shown = [duty for duty in duties.values() if duty.get("checks")]
    assert shown
    assert any(str(run.pk) in line["url"] for duty in shown for line in duty["checks"]["runs"])


def test_a_frozen_assessment_keeps_what_it_rests_on_and_shows_it(ana, signed_in):
    assessment = a_full_assessment(ana)
    finding, piece = a_finding(assessment), a_piece(ana)
    support = support_finding(finding=finding, evidence=piece, by=ana.user)
    assessment.refresh_from_db()
    submit_for_review(assessment=assessment, by=ana, revision=assessment.revision)
    with pytest.raises(FrozenError):
        withdraw_support(support=support, by=ana.user)
    with pytest.raises(FrozenError):
        support_finding(finding=finding, evidence=a_piece(ana, title="x"), by=ana.user)
    with pytest.raises(ProtectedError):
        piece.delete()
    browser = signed_in(ana)
    page = browser.get(reverse("assessments:finding-evidence", args=[finding.pk]))
    assert "Test report" in page.text
    assert f"supports/{support.pk}/remove" not in page.text
    url = reverse("assessments:finding-evidence-add", args=[finding.pk])
    browser.post(url, {"evidence": a_piece(ana, title="y").pk})
    browser.post(reverse("assessments:support-remove", args=[support.pk]))
    assert list(finding.supports.values_list("pk", flat=True)) == [support.pk]


def test_a_reassessment_takes_over_what_the_answers_rest_on(ana):
    ben = a_colleague(ana, Role.APPROVER)
    assessment = decided(ana, ben)
    answer = assessment.answers.first()
    Support.objects.create(
        organisation=ana.organisation, answer=answer, evidence=a_piece(ana), added_by=ana.user
    )
    draft = start_reassessment(assessment=assessment, by=ana, on=DAY)
    copied = Support.objects.get(answer__assessment=draft)
    assert copied.answer.question_id == answer.question_id
    assert copied.pk != answer.supports.get().pk


def test_evidence_is_found_in_the_library_and_put_behind_an_answer(ana, signed_in):
    assessment = a_full_assessment(ana)
    piece = a_piece(ana, title="Penetration test")
    a_piece(ana, title="Something else")
    where = [assessment.use_case_id, "subject_kind"]
    browser = signed_in(ana)
    page = browser.get(reverse("assessments:answer-evidence", args=where), {"q": "penetration"})
    assert [row["title"] for row in page.context["found"]] == ["Penetration test"]
    browser.post(reverse("assessments:answer-evidence-add", args=where), {"evidence": piece.pk})
    for name in ("question", "answer-evidence"):
        shown = browser.get(reverse(f"assessments:{name}", args=where)).text
        assert "Penetration test" in shown, name
        assert piece.stored.sha256[:12] in shown
    checked = browser.get(reverse("assessments:answers-check", args=where[:1])).text
    assert "Penetration test" in checked


def test_a_new_file_goes_into_the_library_and_behind_the_finding(ana, signed_in):
    finding = a_finding(a_full_assessment(ana))
    data = {
        "upload": SimpleUploadedFile("report.txt", b"All tests were passed."),
        "kind": "evaluation", "confidentiality": "internal", "title": "Own tests",
    }  # fmt: skip
    url = reverse("assessments:finding-evidence-add", args=[finding.pk])
    answered = signed_in(ana).post(url, data)
    assert answered.status_code == 302, answered.context["errors"]
    assert finding.supports.get().evidence.title == "Own tests"
    refused = signed_in(ana).post(url, {"kind": "evaluation", "confidentiality": "internal"})
    assert "Choose a file, or give a link." in refused.text


def test_the_library_of_others_cannot_be_used(ana, carla, signed_in):
    finding = a_finding(a_full_assessment(ana))
    url = reverse("assessments:finding-evidence-add", args=[finding.pk])
    theirs = a_piece(carla)
    assert signed_in(ana).post(url, {"evidence": theirs.pk}).status_code == 404
    with pytest.raises(ValueError, match="another organisation"):
        support_finding(finding=finding, evidence=theirs, by=ana.user)
    assert signed_in(ana).post(url, {"evidence": "nonsense"}).status_code == 404


def test_what_is_confidential_is_told_of_without_its_title(ana, signed_in):
    ben = MembershipFactory(organisation=ana.organisation, roles=[Role.CONTRIBUTOR])
    assessment = a_full_assessment(ana)
    answer = assessment.answers.get(question_id="subject_kind")
    piece = a_piece(ana, title="Secret contract", confidentiality="confidential")
    support_answer(answer=answer, evidence=piece, by=ana.user)
    url = reverse("assessments:question", args=[assessment.use_case_id, "subject_kind"])
    assert "Secret contract" in signed_in(ana).get(url).text
    page = signed_in(ben).get(url).text
    assert "Secret contract" not in page
    assert "Confidential evidence" in page


def test_an_auditor_reads_and_changes_nothing(ana, signed_in):
    auditor = MembershipFactory(organisation=ana.organisation, roles=[Role.AUDITOR])
    finding, piece = a_finding(a_full_assessment(ana)), a_piece(ana)
    browser = signed_in(auditor)
    assert (
        browser.get(reverse("assessments:finding-evidence", args=[finding.pk])).status_code == 200
    )
    for name in ("finding-evidence-add", "finding-checks-use"):
        url = reverse(f"assessments:{name}", args=[finding.pk])
        assert browser.post(url, {"evidence": piece.pk}).status_code == 403
