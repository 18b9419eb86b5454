"""Whoever is about to change something that lets a decision lapse is told so before saving."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.services import withdraw_decision
from assessments.standing import decisions_at_stake
from assessments.templatetags import decisions
from models_registry.models import AISystem, UseCase
from tests.assessments.factories import DAY
from tests.assessments.reviews import A_YEAR_ON, a_colleague, a_draft, decided, in_review, sign
from tests.models_registry.factories import AIModelFactory

WARNING = "has to be assessed anew"


@pytest.fixture
def approved(ana, ben):
    return decided(ana, ben)


@pytest.fixture
def contributor(ana, signed_in):
    return signed_in(a_colleague(ana, Role.CONTRIBUTOR))


def pages(use):
    return [
        reverse("assessments:use-edit", args=[use.pk]),
        reverse("models_registry:system-edit", args=[use.system_id]),
        reverse("models_registry:system-renew", args=[use.system_id]),
    ]


@pytest.mark.parametrize("page", [0, 1, 2], ids=["use", "system", "next version"])
def test_a_page_that_can_let_a_decision_lapse_says_so(contributor, approved, page):
    answer = contributor.get(pages(approved.use_case)[page])
    assert answer.status_code == 200
    assert WARNING in answer.text
    assert page == 0 or approved.use_case.name in answer.text


def test_it_is_said_of_a_model_that_is_used_without_a_system(contributor, ana, ben):
    model = AIModelFactory(organisation=ana.organisation)
    sign(in_review(ana, system=None, model=model), ben)
    page = reverse("models_registry:model-edit", args=[model.pk])
    assert WARNING in contributor.get(page).text


def test_nothing_is_said_where_nothing_is_at_stake(contributor, ana):
    use = a_draft(ana).use_case
    for page in pages(use):
        assert WARNING not in contributor.get(page).text


def test_what_lapsed_or_was_withdrawn_is_not_at_stake(ben, approved):
    use = approved.use_case
    for row in (use, use.system):
        assert decisions_at_stake(row, A_YEAR_ON).count() == 1
        assert not decisions_at_stake(row, A_YEAR_ON + timedelta(days=1))
    withdraw_decision(assessment=approved, by=ben, reason="The supplier lied.")
    assert not decisions_at_stake(use, DAY)


def test_what_has_lapsed_with_another_version_is_not_at_stake(approved):
    AISystem.objects.update(version="2")
    use = UseCase.objects.get()
    for row in (use, use.system):
        assert not decisions_at_stake(row, DAY)


def test_however_many_they_are_the_first_are_named(approved, monkeypatch):
    monkeypatch.setattr(decisions, "MOST_NAMED", 0)
    assert decisions.at_stake(approved.use_case) == decisions.AtStake(1, "…")
