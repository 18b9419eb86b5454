"""Every page, with example data: its address, and who looks at it.

A page that is new has to be listed here, or the journey through all pages fails.
"""

from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.urls import URLPattern, get_resolver, reverse

from accounts.links import invitation_link, set_password_link
from accounts.models import Role
from accounts.services import invite
from assessments.services import (
    Asked,
    disagree,
    request_changes,
    retire_use,
    save_answer,
    start_reassessment,
)
from models_registry.models import CheckRun, Deployment, SystemModel
from models_registry.services import retire
from tests.accounts.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.assessments.factories import DAY, a_full_assessment, an_assessment, register_rows
from tests.assessments.reviews import decided, in_review
from tests.models_registry.evidence.making import some_evidence
from tests.models_registry.factories import AIModelFactory, AISystemFactory, SupplierFactory
from tests.models_registry.run_factories import CLOSED, a_done_run, a_model, a_queued_run
from tests.reports.factories import (
    a_comparison,
    a_done_comparison,
    a_done_report,
    a_report,
    a_running_report,
)

NOTHING = "00000000-0000-4000-8000-000000000000"
# What no person looks at as a page; the test asks each of them and finds no page there.
NO_PAGE = {
    "healthz", "readyz", "home", "account_confirm_login_code",
    "accounts:language-set", "accounts:session-state", "accounts:example-reset",
    "accounts:invitation-send-again", "accounts:invitation-withdraw",
    "models_registry:starter-copy",
    "models_registry:model-retire", "models_registry:model-restore",
    "models_registry:system-retire", "models_registry:system-restore",
    "models_registry:supplier-retire", "models_registry:supplier-restore",
    "models_registry:deployment-remove", "models_registry:comparison-sheet",
    "models_registry:evidence-withdraw", "models_registry:evidence-archive",
    "models_registry:evidence-restore", "models_registry:evidence-detach",
    "models_registry:evidence-download",
    "assessments:example-open", "assessments:example-discard", "assessments:answers-reuse",
    "assessments:proposals-accept", "assessments:proposal-reject",
    "assessments:answer-evidence-add", "assessments:finding-evidence-add",
    "assessments:finding-checks-use", "assessments:support-remove",
    "assessments:use-submit", "assessments:use-take-back", "assessments:changes-request",
    "assessments:no-objection", "assessments:decision-sign", "assessments:use-reassess",
    "assessments:disagreement-take-back", "assessments:use-restore",
    "reports:report-download", "reports:report-retry", "reports:report-cancel",
    "reports:comparison-request", "reports:comparison-download",
    "reports:comparison-retry", "reports:comparison-cancel",
    "reports:report-request", "reports:dossier-request", "reports:dossier-download",
    "reports:run-ml-bom-1-6", "reports:run-ml-bom-1-7", "reports:run-mof", "reports:run-account",
    "models_registry:run-request", "models_registry:run-retry", "models_registry:run-cancel",
    "models_registry:licence-withdraw",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One page as one person sees it; status where it is not 200."""

    name: str
    path: str
    who: str = "ana"
    status: int = 200


@dataclass
class World:
    """People who look, by name, and the places they look at."""

    people: dict[str, Any]
    places: list[Place] = field(default_factory=list)

    def add(self, name, *keys, who="ana", query="", status=200, **named):
        path = reverse(name, args=keys, kwargs=named or None) + query
        self.places.append(Place(name, path, who, status))


def routes(patterns=None, prefix=""):
    """Every address there is: its name as `reverse` takes it, and the names of its arguments."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}", list(entry.pattern.converters)
        else:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from routes(entry.url_patterns, inner)


def a_world(ana, ben):
    """An organisation in which everything exists once, and somebody for every page."""
    home = ana.organisation
    lone = MembershipFactory(
        organisation=OrganisationFactory(name="Allein GmbH"), roles=[Role.OFFICER, Role.APPROVER]
    )
    people = {
        "ana": ana.user,
        "ben": ben.user,
        "auditor": MembershipFactory(organisation=home, roles=[Role.AUDITOR]).user,
        "lone": lone.user,
        "nobody yet": UserFactory(name="Nora", email="nora@example.org"),
        "without password": UserFactory(name="Ole", email="ole@example.org", password=None),
    }
    world = World(people)
    signing_in(world, ana)
    organisation(world, ana)
    register(world, ana)
    evidence(world, ana)
    questionnaire(world, ana)
    decisions(world, ana, ben, lone)
    reports(world, ana)
    library(world)
    checks(world, ana)
    return world


def checks(world, ana):
    done, bare = a_done_run(a_model(ana)), a_model(ana, name="Bare")
    closed = a_model(ana, name="Fernblick 3", access="api_only", licence_id="")
    closed_run = a_done_run(closed, CLOSED)
    waiting = a_queued_run(a_model(ana, name="Lantern in the queue"))
    failed = a_queued_run(a_model(ana, name="Failed"))
    CheckRun.objects.filter(pk=failed.pk).update(state="failed", failure="refused")
    for run in (done, closed_run, waiting, failed):
        world.add("models_registry:run-detail", run.pk)
        world.add("models_registry:model-detail", run.model_id)
    world.add("models_registry:run-detail", done.pk, query="?verdict=fail&frame=annex_xi")
    world.add("models_registry:run-detail", done.pk, who="auditor")
    for model in (done.model, closed, bare):
        world.add("models_registry:run-list", model.pk)
        world.add("models_registry:licence-detail", model.pk)


def signing_in(world, ana):
    for name in ("login", "logout", "inactive", "signup", "reset_password"):
        who = "ana" if name == "logout" else "stranger"
        world.add(f"account_{name}", who=who)
    for name in ("email_verification_sent", "reset_password_done", "reset_password_from_key_done"):
        world.add(f"account_{name}", who="stranger")
    for name in ("reauthenticate", "email", "change_password"):
        world.add(f"account_{name}")
    world.add("account_set_password", who="without password")
    address = EmailAddress.objects.create(user=ana.user, email="new@example.org", verified=False)
    world.add("account_confirm_email", EmailConfirmationHMAC(address).key, who="stranger")
    world.add("account_confirm_email", "wrong", who="stranger")
    at("account_reset_password_from_key", set_password_link(world.people["nobody yet"]), world)
    world.add("account_reset_password_from_key", uidb36="x", key="y", who="stranger")


def at(name, link, world, who="stranger", status=200):
    world.places.append(Place(name, "/" + link.split("/", 3)[3], who, status))


def organisation(world, ana):
    invitation = an_invitation(ana, "dora@example.org")
    at("accounts:invitation-accept", invitation_link(invitation), world)
    at("accounts:invitation-accept", invitation_link(invitation), world, "ben", 403)
    known = invitation_link(an_invitation(ana, "nora@example.org"))
    for person in ("nobody yet", "stranger"):
        at("accounts:invitation-accept", known, world, person)
    world.add("accounts:invitation-accept", "forged", who="stranger", status=404)
    for name in ("profile", "organisation-profile", "organisation-change", "organisation-choose"):
        world.add(f"accounts:{name}")
    world.add("accounts:example")
    world.add("accounts:member-list")
    world.add("accounts:member-list", who="auditor")
    world.add("accounts:invitation-create")
    world.add("accounts:invitation-create", who="ben", status=403)
    colleague = MembershipFactory(organisation=ana.organisation)
    world.add("accounts:member-change", colleague.pk)
    world.add("accounts:member-remove", colleague.pk)
    world.add("assessments:use-list", who="nobody yet")


def an_invitation(by, email):
    return invite(
        organisation=by.organisation, email=email, roles=["officer"], language="en", by=by.user
    )


def register(world, ana):
    own = {"organisation": ana.organisation}
    supplier = SupplierFactory(**own, name="Norrvik")
    model = AIModelFactory(**own, name="Skald 3", provider=supplier)
    system = AISystemFactory(**own, name="TalentRank", supplier=supplier)
    SystemModel.objects.create(**own, system=system, model=model)
    register_rows(ana, 30)
    for kind, row in (("model", model), ("system", system), ("supplier", supplier)):
        world.add(f"models_registry:{kind}-list")
        world.add(f"models_registry:{kind}-list", query="?q=qqzz")
        world.add(f"models_registry:{kind}-list", who="lone")
        world.add(f"models_registry:{kind}-register")
        world.add(f"models_registry:{kind}-detail", row.pk)
        world.add(f"models_registry:{kind}-edit", row.pk)
    world.add("models_registry:comparison")
    choice = f"?m={model.pk}&m=kimi-k2-thinking&m=gpt-5"
    world.add("models_registry:comparison", query=choice)
    world.add("models_registry:comparison", query=f"{choice}&differences=1", who="auditor")
    sovereignty(world, ana, model)
    for query in ("", "?by=gpt-5"):
        world.add("models_registry:model-replace", model.pk, query=query)
        world.add("models_registry:system-replace", system.pk, query=query)
    world.add("models_registry:system-renew", system.pk)
    gone = SupplierFactory(**own, name="Skadi")
    retire(row=gone, by=ana.user)
    world.add("models_registry:supplier-detail", gone.pk)
    world.add("models_registry:starter-list")
    world.add("models_registry:starter-list", query="?q=qqzz")
    world.add("models_registry:starter-model", "kimi-k2-thinking")
    world.add("models_registry:starter-model", "gpt-5", who="auditor")
    world.add("models_registry:open-and-closed")
    world.add("models_registry:open-and-closed", query="?of=catalogue")
    world.add("models_registry:open-and-closed", who="lone")
    world.add("assessments:use-list")
    world.add("assessments:use-list", query="?tier=minimal&q=use")
    world.add("assessments:use-list", query="?q=qqzz")
    world.add("assessments:use-list", who="lone")
    world.add("assessments:use-list", who="auditor")
    world.add("assessments:use-register")
    world.add("assessments:example-list")


def sovereignty(world, ana, model):
    here = Deployment.objects.create(
        organisation=ana.organisation, model=model, name="Own", answers={"hosting": "on_premises"}
    )
    world.add("models_registry:minimum-levels")
    world.add("models_registry:minimum-levels", who="auditor", status=403)
    world.add("models_registry:model-sovereignty", model.pk)
    world.add("models_registry:deployment-register", model.pk)
    world.add("models_registry:deployment-detail", here.pk, query="?total=1")
    world.add("models_registry:deployment-detail", here.pk, who="auditor")
    world.add("models_registry:deployment-edit", here.pk)


def evidence(world, ana):
    """A file, a link and what is in quarantine, attached, confirmed and put away."""
    model = AIModelFactory(organisation=ana.organisation, name="Skald with evidence")
    system = AISystemFactory(organisation=ana.organisation, name="TalentRank with evidence")
    rows = some_evidence(ana, model=model, system=system)
    for name in ("detail", "edit", "confirm", "attach"):
        world.add(f"models_registry:evidence-{name}", rows[0].pk)
    for row in rows[1:]:
        world.add("models_registry:evidence-detail", row.pk)
    world.add("models_registry:evidence-edit", rows[1].pk)
    for query in ("", "?state=expiring", "?state=archived", "?q=qqzz"):
        world.add("models_registry:evidence-list", query=query)
    world.add("models_registry:evidence-list", who="lone")
    world.add("models_registry:evidence-add")
    for kind, row in (("model", model), ("system", system)):
        world.add(f"models_registry:{kind}-material", row.pk)
        world.add(f"models_registry:{kind}-detail", row.pk)


def questionnaire(world, ana):
    full = a_full_assessment(ana, name="Sorting applicants")
    begun = an_assessment(ana, name="Begun just now")
    example = an_assessment(ana, name="An example", is_example=True)
    save_answer(
        assessment=begun, question_id="output_basis", version=0, value=None, by=ana.user,
        note="The supplier knows.", asked=Asked("Ben", "He bought it."),
    )  # fmt: skip
    use = full.use_case_id
    world.add("assessments:use-edit", use)
    for assessment in (full, begun, example):
        world.add("assessments:use-detail", assessment.use_case_id)
        world.add("assessments:assessment-tasks", assessment.use_case_id)
    world.add("assessments:use-detail", use, who="auditor")
    world.add("assessments:answers-check", use)
    world.add("assessments:questions-hidden", use)
    world.add("assessments:proposal-list", use)
    world.add("assessments:answer-evidence", use, "subject_kind")
    world.add("assessments:finding-evidence", full.findings.first().pk)
    world.add("assessments:finding-evidence", full.findings.first().pk, who="auditor")
    for question in (
        "subject_kind", "use_areas", "employer_uses_results", "training_compute",
        "placed_on_market_on",
    ):  # fmt: skip
        world.add("assessments:question", use, question)
    world.add("assessments:question", begun.use_case_id, "output_basis")
    world.add("assessments:question", begun.use_case_id, "organisation_kind")
    world.add("assessments:question", use, "use_areas", who="auditor")
    for name in ("assessment-tasks", "answers-check"):
        world.add(f"assessments:{name}", use, who="auditor")
    world.add("assessments:answer-changed", use, "use_areas", query="?before=[]")


def decisions(world, ana, ben, lone):
    waiting, back = in_review(ana, name="Waiting"), in_review(ana, name="Sent back")
    request_changes(assessment=back, by=ben, revision=back.revision, reason="Say who reads it.")
    done = decided(ana, ben)
    renewed = decided(ana, ben)
    draft = start_reassessment(assessment=renewed, by=ana, on=DAY)
    retired = decided(ana, ben)
    retire_use(use_case=retired.use_case, by=ana)
    disputed = a_full_assessment(ana, name="Disputed")
    disagree(assessment=disputed, by=ana, reason="It only sorts letters.")
    for assessment in (waiting, back, done, renewed, retired, disputed):
        world.add("assessments:use-detail", assessment.use_case_id)
    for assessment in (renewed, draft):
        world.add("assessments:assessment-detail", assessment.use_case_id, assessment.pk)
    for who in ("ben", "ana"):
        world.add("assessments:use-review", waiting.use_case_id, who=who)
    world.add("assessments:question", waiting.use_case_id, "subject_kind")
    world.add("assessments:decision-withdraw", done.use_case_id)
    world.add("assessments:use-clone", done.use_case_id)
    world.add("assessments:use-retire", done.use_case_id)
    world.add("assessments:use-disagree", disputed.use_case_id)
    alone = a_full_assessment(lone, "spam_filter", name="Alone")
    world.add("assessments:result-record", alone.use_case_id, who="lone")


def reports(world, ana):
    failed = a_report(ana, state="failed", failure="The store is full.")
    made = (a_report(ana), a_running_report(ana), a_done_report(ana), failed)
    for report in (*made, a_report(ana, state="cancelled")):
        world.add("reports:report-detail", report.pk)
    waiting = a_comparison(ana, differences_only=True)
    for document in (a_done_comparison(ana), waiting):
        world.add("reports:comparison-detail", document.pk)
    world.add("reports:comparison-detail", waiting.pk, who="auditor")
    world.add("reports:report-list")
    world.add("reports:comparison-list")
    world.add("reports:comparison-list", who="lone")
    world.add("reports:report-list", who="lone")


def library(world):
    world.add("law:contents")
    world.add("law:chapter", "III")
    world.add("law:duty", "AIA-026-7")
    world.add("law:rule", "annex_iii_4_a")
    world.add("law:question", "use_areas")
    world.add("law:provision", "art-26")
    world.add("law:glossary")
    for query in ("", "?q=26(7)", "?q=qqzz"):
        world.add("search", query=query)
    for name in ("help", "about", "accessibility"):
        world.add(name)
        world.add(name, who="stranger")
    world.add("accounts:kept-post", NOTHING, status=404)
    for who in ("ana", "stranger"):
        world.places.append(Place("404", "/nowhere", who, 404))
