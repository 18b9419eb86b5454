"""Every page there is, with the addresses to measure it at; a new page has to be added here."""

import re
from collections.abc import Container, Iterator, Sequence
from datetime import timedelta
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.links import invitation_link
from accounts.models import Invitation, Membership, Organisation, Role
from assessments.law_in_use import catalogue
from assessments.models import Assessment, Finding, Support
from bench.served.visitor import Visitor
from bench.uses.people import EMAIL
from law.outline import act_outline
from models_registry.models import (
    AIModel,
    AISystem,
    Attachment,
    CheckRun,
    Deployment,
    Evidence,
    Supplier,
)
from reports.models import ComparisonDocument, ModelDocument, Report

State = Assessment.State
# Not a page of the product in the sense of the aim: whoever signs in waits for the password hash.
LEFT_OUT = {"account_login"}
# What only the single member of an organisation is shown.
ALONE = {"assessments:result-record"}
# What lists are asked for beside their first page.
LISTS = {
    "assessments:use-list": (
        {"q": "Hamburg"},
        {"q": "camera face"},
        {"q": "of"},
        {"q": "nowhere"},
        {"q": "Atlas"},
        {"tier": "high_risk_annex_iii"},
        {"tier": "not_a_system"},
        {"role": "deployer"},
        {"role": "provider", "q": "system"},
        {"state": "decided"},
        {"state": "draft", "sort": "changed"},
        {"state": "retired"},
        {"unit": "Sales Hamburg"},
        {"sort": "class"},
        {"sort": "date"},
        {"sort": "changed"},
    ),
    "models_registry:system-list": (
        {"q": "Atlas"},
        {"q": "nowhere"},
        {"sort": "changed"},
        {"state": "retired"},
    ),
    "models_registry:model-list": ({"q": "Atlas"}, {"q": "nowhere"}, {"sort": "changed"}),
    "models_registry:supplier-list": ({"q": "Nord"}, {"q": "nowhere"}, {"sort": "changed"}),
    "models_registry:evidence-list": ({"q": "card"}, {"q": "nowhere"}),
    "models_registry:starter-list": ({"q": "kimi"},),
    "models_registry:comparison": ({"m": "kimi-k2-thinking"},),
    "search": (
        {"q": "Hamburg"},
        {"q": "camera face"},
        {"q": "of"},
        {"q": "nowhere"},
        {"q": "Art. 26(7)"},
        {"q": "recruitment", "kind": "duty"},
    ),
    "assessments:answer-changed": ({"before": "[]"}, {"before": '"model"'}),
}
# Named by their last words, since the first are those of the package that brings them.
KEYS = {"key": ["x"], "uidb36": ["x"]}
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


def routes(patterns: Any = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """The name of each address and how it is built."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern).strip("^$")
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", route
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry.url_patterns, route, inner)


class Addresses:
    """The addresses of one organisation, at rows that it has."""

    def __init__(self, organisation: Organisation, visitor: Visitor) -> None:
        self.organisation, self.visitor = organisation, visitor
        self.assessments = self._assessments()
        self.values: dict[str, Sequence[Any]] = {
            **KEYS,
            "use_id": [row.use_case_id for row in self.assessments],
            "assessment_id": [row.pk for row in self.assessments],
            "question_id": ["subject_kind", "use_areas", "sensitive_functions"],
            "system_id": self._first(AISystem.objects.all()),
            "model_id": self._first(AIModel.objects.all()),
            "supplier_id": self._first(Supplier.objects.all()),
            "report_id": self._first(Report.objects.all()),
            "evidence_id": self._first(Evidence.objects.all()),
            "attachment_id": self._first(Attachment.objects.all()),
            "run_id": self._first(CheckRun.objects.all()),
            "document_id": self._first(ModelDocument.objects.all()),
            "comparison_id": self._first(ComparisonDocument.objects.all()),
            "deployment_id": self._first(Deployment.objects.all()),
            "finding_id": self._first(Finding.objects.filter(supports__isnull=False)),
            "support_id": self._first(Support.objects.all()),
            "entry_id": ["kimi-k2-thinking", "gpt-5"],
            "membership_id": self._first(Membership.objects.exclude(user__email=EMAIL)),
            "name": ["recruitment"],
            "number": list(act_outline().chapters),
            "duty_id": list(catalogue().entries.duties)[::40],
            "rule_id": list(catalogue().entries.rules)[::20],
            "slug": ["art-5", "art-26", "annex-iii"],
        }

    def of_every_page(self, names: Container[str] | None = None) -> Iterator[tuple[str, str]]:
        """Name and address, several of each page where they differ in what they show."""
        for name, route in routes():
            if name not in LEFT_OUT and (names is None or name in names):
                for address in self._built(name, route):
                    yield name, address
                    for asked in LISTS.get(name, ()):
                        yield name, f"{address}?{urlencode(asked)}"

    def _built(self, name: str, route: str) -> Iterator[str]:
        arguments = [first or second for first, second in _ARGUMENT.findall(route)]
        for values in product(*(self._values(name, argument) for argument in arguments)):
            if self._fits(dict(zip(arguments, values, strict=True))):
                yield "/" + _ARGUMENT.sub("{}", route).format(*values)

    def _values(self, name: str, argument: str) -> Sequence[Any]:
        own = {"invitation-accept": self._invitation, "kept-post": self._kept}
        if argument == "token":
            return [own[name.partition(":")[2]]()]
        if argument == "invitation_id":
            return [self._invited().pk]
        return self.values[argument]

    def _fits(self, values: dict[str, Any]) -> bool:
        """An assessment stands below its own use only."""
        pairs = {(row.use_case_id, row.pk) for row in self.assessments}
        both = {"use_id", "assessment_id"} <= values.keys()
        return not both or (values["use_id"], values["assessment_id"]) in pairs

    def _assessments(self) -> list[Assessment]:
        """One in each state; with many duties where there is one."""
        rows = Assessment.objects.filter(organisation=self.organisation)
        found: list[Assessment] = []
        for state in State:
            alike = rows.filter(state=state).order_by("-duties", "created_at", "pk")
            found += alike[:1]
        return found

    def _first(self, rows: QuerySet[Any]) -> list[Any]:
        own = rows.filter(organisation=self.organisation).order_by("created_at", "pk")
        return list(own.values_list("pk", flat=True)[:1])

    def _invited(self) -> Invitation:
        waiting = Invitation.objects.pending().filter(organisation=self.organisation)
        return waiting.first() or Invitation.objects.create(
            organisation=self.organisation,
            email="newcomer@example.com",
            expires_at=timezone.now() + timedelta(days=7),
            **Invitation.flags([Role.OFFICER]),
        )

    def _invitation(self) -> str:
        return invitation_link(self._invited()).rpartition("/")[2]

    def _kept(self) -> str:
        """Where a form waits that was sent after its session had ended."""
        session = self.visitor.cookies.pop("sessionid")
        posted = self.visitor.post(reverse("accounts:organisation-change"), {"name": "Kept"})
        self.visitor.cookies["sessionid"] = session
        return posted.headers["location"].rpartition("/")[2]


def in_the_middle(organisation: Organisation) -> Iterator[tuple[str, str]]:
    """Lists at a page halfway, which only a list without offsets reaches at no cost."""
    lists: dict[str, QuerySet[Any]] = {
        "assessments:use-list": Assessment.objects.current().order_by("use_case__name", "pk"),
        "models_registry:system-list": AISystem.objects.in_order(),
    }
    for name, rows in lists.items():
        own = rows.filter(organisation=organisation).values_list("pk", flat=True)
        yield name, f"{reverse(name)}?{urlencode({'after': own[own.count() // 2]})}"
