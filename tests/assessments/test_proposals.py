"""Suggested answers: worked out from the models, seen, accepted and rejected by people alone."""

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.models import Answer, Author, Proposal, Support
from assessments.proposing import Stand, proposals_for
from assessments.selectors import interview_of
from assessments.services import FrozenError, StaleError, save_answer
from assessments.services.proposals import accept_proposals, reject_proposal
from models_registry.models import Evidence, SystemModel
from tests.accounts.factories import MembershipFactory
from tests.assessments.factories import an_assessment
from tests.assessments.reviews import in_review
from tests.models_registry.factories import AIModelFactory, AISystemFactory, SupplierFactory
from tests.models_registry.run_factories import OPEN, a_done_run

START = {"subject_kind": "system", "output_basis": "generative"}


def a_model(member, **values):
    own = {"organisation": member.organisation}
    given = {
        "access": "open_weights", "licence_id": "apache-2.0", "general_purpose": True,
        "training_compute": 3e24, "compute_is_lower_bound": False,
        "input_modalities": ["text"], "output_modalities": ["text"],
    }  # fmt: skip
    provider = values.pop("provider", None) or SupplierFactory(**own)
    return AIModelFactory(**own, provider=provider, **(given | values))


def about(member, *models, answers=None, **use):
    system = AISystemFactory(organisation=member.organisation)
    for model in models:
        SystemModel.objects.create(organisation=member.organisation, system=system, model=model)
    return an_assessment(member, START | (answers or {}), system=system, **use)


def found(assessment):
    assessment.refresh_from_db()
    return proposals_for(assessment, interview_of(assessment))


def values(assessment):
    return {one.question_id: one.value for one in found(assessment).waiting}


def accept(assessment, by, *questions):
    tokens = [found(assessment).about(name).token for name in questions]
    return accept_proposals(assessment=assessment, tokens=tokens, by=by.user, language="en")


def url(assessment, name="proposal-list", *more):
    return reverse(f"assessments:{name}", args=[assessment.use_case_id, *more])


def test_the_register_suggests_what_it_says(ana):
    assessment = about(ana, a_model(ana))
    said = values(assessment)
    assert said["model_inside"] == "third_party_gpai"
    assert said["generates_content"] == ["text"]
    assert all(one.strength.name == "ASSERTED" for one in found(assessment).waiting)
    assert not Answer.objects.filter(assessment=assessment, source="evidence").exists()


def test_a_model_assessed_by_itself_is_asked_about_too(ana):
    model = a_model(ana, access="in_house", provider=None)
    assessment = an_assessment(ana, {"subject_kind": "model"}, system=None, model=model)
    assert values(assessment)["model_inside"] == "own_model"


def test_models_that_differ_suggest_nothing_and_are_named(ana):
    one = a_model(ana, access="in_house", training_compute=2e24)
    other = a_model(ana, access="in_house", training_compute=5e25)
    assessment = about(ana, one, other)
    seen = found(assessment)
    assert seen.about("training_compute") is None
    disputed = {one.question: one.values for one in seen.disputed}
    assert sorted(disputed["training_compute"].values()) == [2e24, 5e25]


def test_what_several_models_give_out_is_put_together(ana):
    image = a_model(ana, output_modalities=["image"])
    assessment = about(ana, a_model(ana), image)
    assert values(assessment)["generates_content"] == ["image", "text"]
    silent = a_model(ana, output_modalities=[])
    SystemModel.objects.create(
        organisation=ana.organisation, system=assessment.use_case.system, model=silent
    )
    assert "generates_content" not in values(assessment)


def test_an_accepted_suggestion_is_the_answer_of_whoever_accepted_it(ana):
    ben = MembershipFactory(organisation=ana.organisation, roles=[Role.CONTRIBUTOR])
    assessment = about(ana, a_model(ana))
    (answer,) = accept(assessment, ben, "model_inside")
    assert (answer.value, answer.source) == ("third_party_gpai", Answer.Source.EVIDENCE)
    assert answer.answered_by == ben.user
    assert "General-purpose model: yes" in answer.note
    assert Author.objects.filter(assessment=assessment, person=ben.user).exists()
    kept = Proposal.objects.get(assessment=assessment)
    assert (kept.state, kept.question_id) == ("accepted", "model_inside")
    assert found(assessment).about("model_inside").stand is Stand.AGREES


def test_an_answer_that_says_otherwise_is_shown_and_stays(ana, signed_in):
    assessment = about(ana, a_model(ana), answers={"generates_content": ["image"]})
    offered = found(assessment).about("generates_content")
    assert offered.stand is Stand.CONTRADICTS
    page = signed_in(ana).get(url(assessment))
    assert "Contradicts your answer" in page.text
    assert Answer.objects.get(question_id="generates_content").value == ["image"]
    accept(assessment, ana, "generates_content")
    assert Answer.objects.get(question_id="generates_content").value == ["text"]


def test_what_was_rejected_comes_back_only_once_the_fact_has_changed(ana):
    model = a_model(ana)
    assessment = about(ana, model)
    token = found(assessment).about("generates_content").token
    reject_proposal(assessment=assessment, token=token, by=ana.user)
    assert found(assessment).about("generates_content").stand is Stand.REJECTED
    model.output_modalities = ["text", "image"]
    model.save()
    assert found(assessment).about("generates_content").stand is Stand.NEW


def test_what_changed_since_it_was_read_is_not_accepted(ana):
    model = a_model(ana)
    assessment = about(ana, model)
    token = found(assessment).about("generates_content").token
    save_answer(
        assessment=assessment, question_id="generates_content", version=0, value=["audio"],
        note="", asked=None, by=ana.user,
    )  # fmt: skip
    with pytest.raises(StaleError):
        accept_proposals(assessment=assessment, tokens=[token], by=ana.user, language="en")
    assert Answer.objects.get(question_id="generates_content").value == ["audio"]


def test_of_several_at_once_all_or_none_are_accepted(ana):
    assessment = about(ana, a_model(ana))
    good = found(assessment).about("model_inside").token
    with pytest.raises(StaleError):
        accept_proposals(
            assessment=assessment, tokens=[good, "training_compute:0:0"], by=ana.user, language="en"
        )
    assert not Answer.objects.filter(question_id="model_inside").exists()


def test_a_frozen_assessment_takes_and_shows_none(ana, signed_in):
    assessment = in_review(ana, system=AISystemFactory(organisation=ana.organisation))
    SystemModel.objects.create(
        organisation=ana.organisation, system=assessment.use_case.system, model=a_model(ana)
    )
    assert found(assessment).offered == ()
    with pytest.raises(FrozenError):
        accept_proposals(assessment=assessment, tokens=["x"], by=ana.user, language="en")
    page = signed_in(ana).get(url(assessment))
    assert page.status_code == 200
    assert "Accept" not in page.text


def test_pages_lead_to_what_waits_and_take_the_choice_without_scripts(ana, signed_in):
    assessment = about(ana, a_model(ana))
    browser = signed_in(ana)
    for name in ("assessment-tasks", "use-detail"):
        page = browser.get(url(assessment, name))
        assert page.context["proposals"]["count"] == len(found(assessment).waiting), name
        assert url(assessment) in page.text
    page = browser.get(url(assessment, "question", "model_inside"))
    assert page.context["proposal"]["answer"].startswith("A general-purpose model")
    token = found(assessment).about("model_inside").token
    data = {"accept": token, "question": "model_inside"}
    back = browser.post(url(assessment, "proposals-accept"), data)
    assert back.url == url(assessment, "question", "model_inside")
    assert Answer.objects.get(question_id="model_inside").value == "third_party_gpai"
    token = found(assessment).about("generates_content").token
    back = browser.post(url(assessment, "proposal-reject"), {"reject": token})
    assert back.url == url(assessment)
    page = browser.get(url(assessment))
    assert "1 suggestion was rejected" in page.text


def test_nothing_ticked_changes_nothing(ana, signed_in):
    assessment = about(ana, a_model(ana))
    page = signed_in(ana).post(url(assessment, "proposals-accept"), follow=True)
    assert "Tick the suggestions" in page.text
    assert not Proposal.objects.exists()


def test_whoever_only_reads_decides_nothing(ana, signed_in):
    auditor = MembershipFactory(organisation=ana.organisation, roles=[Role.AUDITOR])
    assessment = about(ana, a_model(ana))
    browser = signed_in(auditor)
    assert "Accept the ticked" not in browser.get(url(assessment)).text
    token = found(assessment).about("model_inside").token
    assert browser.post(url(assessment, "proposals-accept"), {"accept": token}).status_code == 403
    assert browser.post(url(assessment, "proposal-reject"), {"reject": token}).status_code == 403


def test_a_suggestion_names_no_file_that_the_reader_may_not_open(
    ana, signed_in, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    clerk = MembershipFactory(organisation=ana.organisation, roles=[Role.CONTRIBUTOR])
    model = a_model(ana, licence_id="", output_modalities=[])
    a_done_run(model, OPEN)
    Evidence.objects.update(confidentiality="confidential")
    assessment = about(ana, model, answers={"own_part": ["provides_gpai_model"]})
    name, file = next(
        (one.question_id, origin.said.proof.path)
        for one in found(assessment).waiting
        for origin in one.origins
        if origin.said.proof
    )
    for path in (url(assessment), url(assessment, "question", name)):
        assert file in signed_in(ana).get(path).text
        seen = signed_in(clerk).get(path).text
        assert file not in seen
        assert "a confidential file" in seen
    (answer,) = accept(assessment, ana, name)
    assert file not in answer.note
    assert "a confidential file" in answer.note


def test_a_run_says_which_check_found_it_and_supports_the_answer(ana, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    model = a_model(ana, output_modalities=["text"], licence_id="")
    run = a_done_run(model, OPEN)
    assessment = about(ana, model, answers={"own_part": ["provides_gpai_model"]})
    offered = found(assessment)
    by_checks = [one for one in offered.offered if any(o.said.check for o in one.origins)]
    assert by_checks, [one.question_id for one in offered.offered]
    name = by_checks[0].question_id
    accept(assessment, ana, name)
    supports = Support.objects.filter(answer__question_id=name)
    assert {support.run_id for support in supports} == {run.pk}
    save_answer(
        assessment=assessment, question_id=name, version=1, value=None, note="", asked=None,
        by=ana.user,
    )  # fmt: skip
    assert not supports.all().exists()
