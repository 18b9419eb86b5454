"""Three people for every test: Ana, her colleague Ben, and Carla, who must see nothing of theirs.

Each is a membership; the person is `ana.user`.
"""

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import Role
from tests.accounts.factories import MembershipFactory, OrganisationFactory, UserFactory


@pytest.fixture(autouse=True)
def language_of_the_settings():
    """A page in German leaves its language to the thread, and with it to the next test."""
    yield
    translation.deactivate()


@pytest.fixture
def organisation(db):
    return OrganisationFactory(name="Muster GmbH", slug="muster")


@pytest.fixture
def ana(organisation):
    user = UserFactory(name="Ana", email="ana@example.org")
    return MembershipFactory(
        user=user, organisation=organisation, roles=[Role.ADMIN, Role.OFFICER, Role.APPROVER]
    )


@pytest.fixture
def ben(organisation):
    user = UserFactory(name="Ben", email="ben@example.org")
    return MembershipFactory(
        user=user, organisation=organisation, roles=[Role.REVIEWER, Role.APPROVER]
    )


@pytest.fixture
def carla(db):
    other = OrganisationFactory(name="Andere AG", slug="andere")
    user = UserFactory(name="Carla", email="carla@example.com")
    return MembershipFactory(user=user, organisation=other, roles=list(Role))


@pytest.fixture
def signed_in():
    """A browser in which the given member is signed in: `signed_in(ana).get(...)`."""

    def sign_in(membership):
        browser = Client()
        browser.force_login(membership.user)
        return browser

    return sign_in
