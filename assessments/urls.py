from django.urls import path

from assessments.views import (
    decisions,
    proposals,
    questionnaire,
    questions,
    register,
    renewals,
    results,
    reviews,
    supports,
    uses,
)

app_name = "assessments"
urlpatterns = [
    path("uses/", register.use_list, name="use-list"),
    path("uses/register", uses.use_register, name="use-register"),
    path("uses/examples/", uses.example_list, name="example-list"),
    path("uses/examples/<slug:name>/open", uses.example_open, name="example-open"),
    path("uses/<uuid:use_id>/edit", uses.use_edit, name="use-edit"),
    path("uses/<uuid:use_id>/discard", uses.example_discard, name="example-discard"),
    path("uses/<uuid:use_id>/", results.use_detail, name="use-detail"),
    path(
        "uses/<uuid:use_id>/assessments/<uuid:assessment_id>/",
        results.assessment_detail,
        name="assessment-detail",
    ),
    path("uses/<uuid:use_id>/assessment/", questionnaire.assessment_tasks, name="assessment-tasks"),
    path(
        "uses/<uuid:use_id>/assessment/answers",
        questionnaire.answers_check,
        name="answers-check",
    ),
    path(
        "uses/<uuid:use_id>/assessment/not-asked",
        questionnaire.questions_hidden,
        name="questions-hidden",
    ),
    path("uses/<uuid:use_id>/assessment/reuse", questionnaire.answers_reuse, name="answers-reuse"),
    path("uses/<uuid:use_id>/assessment/suggested", proposals.proposal_list, name="proposal-list"),
    path(
        "uses/<uuid:use_id>/assessment/suggested/accept",
        proposals.proposals_accept,
        name="proposals-accept",
    ),
    path(
        "uses/<uuid:use_id>/assessment/suggested/reject",
        proposals.proposal_reject,
        name="proposal-reject",
    ),
    path("uses/<uuid:use_id>/questions/<slug:question_id>/", questions.question, name="question"),
    path(
        "uses/<uuid:use_id>/questions/<slug:question_id>/evidence",
        supports.answer_evidence,
        name="answer-evidence",
    ),
    path(
        "uses/<uuid:use_id>/questions/<slug:question_id>/evidence/add",
        supports.answer_evidence_add,
        name="answer-evidence-add",
    ),
    path(
        "findings/<uuid:finding_id>/evidence",
        supports.finding_evidence,
        name="finding-evidence",
    ),
    path(
        "findings/<uuid:finding_id>/evidence/add",
        supports.finding_evidence_add,
        name="finding-evidence-add",
    ),
    path(
        "findings/<uuid:finding_id>/evidence/checks",
        supports.finding_checks_use,
        name="finding-checks-use",
    ),
    path("supports/<uuid:support_id>/remove", supports.support_remove, name="support-remove"),
    path(
        "uses/<uuid:use_id>/questions/<slug:question_id>/changed",
        questions.answer_changed,
        name="answer-changed",
    ),
    path("uses/<uuid:use_id>/submit", reviews.use_submit, name="use-submit"),
    path("uses/<uuid:use_id>/take-back", reviews.use_take_back, name="use-take-back"),
    path("uses/<uuid:use_id>/review/", reviews.use_review, name="use-review"),
    path("uses/<uuid:use_id>/review/changes", reviews.changes_request, name="changes-request"),
    path("uses/<uuid:use_id>/review/no-objection", reviews.no_objection, name="no-objection"),
    path("uses/<uuid:use_id>/review/decision", decisions.decision_sign, name="decision-sign"),
    path("uses/<uuid:use_id>/record", decisions.result_record, name="result-record"),
    path("uses/<uuid:use_id>/withdraw", decisions.decision_withdraw, name="decision-withdraw"),
    path("uses/<uuid:use_id>/reassess", renewals.use_reassess, name="use-reassess"),
    path("uses/<uuid:use_id>/copy", renewals.use_clone, name="use-clone"),
    path("uses/<uuid:use_id>/disagree", renewals.use_disagree, name="use-disagree"),
    path(
        "uses/<uuid:use_id>/disagree/take-back",
        renewals.disagreement_take_back,
        name="disagreement-take-back",
    ),
    path("uses/<uuid:use_id>/retire", renewals.use_retire, name="use-retire"),
    path("uses/<uuid:use_id>/restore", renewals.use_restore, name="use-restore"),
]
