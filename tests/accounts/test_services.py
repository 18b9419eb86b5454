import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Membership, Organisation, Role, User
from accounts.services import add_member, change_roles, create_organisation, remove_member
from events.models import Event
from tests.accounts.factories import MembershipFactory, UserFactory


def make(**changes):
    return create_organisation(**{"name": "Neue AG", "admin_email": "eva@example.org"} | changes)


def codes(failure):
    return [error.code for error in failure.value.error_list]


def test_a_new_organisation_has_an_admin_without_a_password(db):
    membership = make(seat="de", size_class="sme", kind="public_authority")
    assert membership.roles == (Role.ADMIN,)
    assert membership.organisation.slug == "neue-ag"
    assert membership.organisation.seat == "DE"
    assert not membership.user.has_usable_password()


def test_making_an_organisation_is_one_event(db):
    membership = make()
    event = Event.objects.get()
    assert event.kind == "organisation.created"
    assert event.organisation_id == membership.organisation_id
    assert "eva@example.org" in event.detail.payload


def test_an_address_is_kept_in_small_letters(db):
    assert make(admin_email="  Eva@Example.ORG ").user.email == "eva@example.org"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "漢字"},
        {"name": "x" * 201},
        {"admin_email": "no address"},
        {"admin_email": ""},
        {"seat": "DEU"},
        {"seat": "D\n"},
        {"seat": "1A"},
        {"size_class": "huge"},
        {"kind": "club"},
        {"slug": "with space"},
        {"language": "fr"},
        {"admin_name": "x" * 151},
    ],
)
def test_what_makes_no_sense_makes_nothing(db, changes):
    with pytest.raises(ValidationError), transaction.atomic():
        make(**changes)
    assert not Organisation.objects.exists()
    assert not User.objects.exists()
    assert not Event.objects.exists()


def test_the_same_short_name_is_refused_and_nothing_is_left_behind(ana):
    with pytest.raises(ValidationError), transaction.atomic():
        make(name="Muster GmbH", slug="muster")
    assert Organisation.objects.count() == 1
    assert not User.objects.filter(email="eva@example.org").exists()


def test_one_person_may_belong_to_two_organisations(ana):
    membership = make(admin_email="ANA@example.org")
    assert membership.user == ana.user
    assert ana.user.memberships.count() == 2
    ana.user.refresh_from_db()
    assert ana.user.has_usable_password(), "her password stays"


def test_adding_a_member_is_one_event(ana):
    roles = [Role.REVIEWER, Role.APPROVER]
    new = add_member(
        organisation=ana.organisation, email="dora@example.org", roles=roles, by=ana.user
    )
    assert new.roles == (Role.REVIEWER, Role.APPROVER)
    event = Event.objects.get(kind="member.added")
    assert (event.actor_id, event.subject_id) == (ana.user_id, str(new.pk))


def test_a_member_is_not_added_twice(ana, ben):
    with pytest.raises(ValidationError) as failure:
        add_member(
            organisation=ana.organisation, email="BEN@example.org", roles=["admin"], by=ana.user
        )
    assert codes(failure) == ["member_already"]
    ben.refresh_from_db()
    assert not ben.is_admin


def test_a_former_member_comes_back_with_the_new_roles_only(ana, ben):
    remove_member(membership=ben, by=ana.user)
    again = add_member(
        organisation=ana.organisation, email=ben.user.email, roles=["auditor"], by=ana.user
    )
    assert again.pk == ben.pk
    assert (again.is_active, again.roles) == (True, (Role.AUDITOR,))


@pytest.mark.parametrize("roles", [[], ["owner"], ["Admin"]])
def test_roles_are_those_of_the_list_and_at_least_one(ana, ben, roles):
    with pytest.raises((ValidationError, ValueError)):
        change_roles(membership=ben, roles=roles, by=ana.user)
    ben.refresh_from_db()
    assert ben.roles == (Role.REVIEWER, Role.APPROVER)


def test_a_change_of_roles_tells_before_and_after(ana, ben):
    change_roles(membership=ben, roles=["auditor"], by=ana.user)
    event = Event.objects.get(kind="member.roles_changed")
    assert event.detail.payload == '{"after":["auditor"],"before":["reviewer","approver"]}'


def test_the_last_admin_stays(ana, ben):
    with pytest.raises(ValidationError) as failure:
        remove_member(membership=ana, by=ana.user)
    assert codes(failure) == ["last_admin"]
    with pytest.raises(ValidationError):
        change_roles(membership=ana, roles=["officer"], by=ana.user)
    ana.refresh_from_db()
    assert ana.is_active
    assert ana.is_admin


def test_an_admin_who_cannot_sign_in_does_not_count(ana):
    closed = UserFactory(is_active=False)
    MembershipFactory(organisation=ana.organisation, user=closed, roles=["admin"])
    MembershipFactory(organisation=ana.organisation, roles=["admin"], is_active=False)
    MembershipFactory(roles=["admin"])
    with pytest.raises(ValidationError):
        remove_member(membership=ana, by=ana.user)


def test_an_admin_may_go_once_there_is_another(ana, ben):
    change_roles(membership=ben, roles=["admin"], by=ana.user)
    remove_member(membership=ana, by=ana.user)
    ana.refresh_from_db()
    assert not ana.is_active


def test_a_stale_row_does_not_outvote_the_database(ana, ben):
    change_roles(membership=ben, roles=["admin"], by=ana.user)
    stale = Membership.objects.get(pk=ana.pk)
    change_roles(membership=ana, roles=["officer"], by=ana.user)
    remove_member(membership=stale, by=ben.user)
    with pytest.raises(ValidationError):
        remove_member(membership=ben, by=ben.user)


def a_member_without_a_role(ana):
    return Membership(user=UserFactory(), organisation=ana.organisation)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (a_member_without_a_role, "has_a_role"),
        (
            lambda ana: Membership(user=ana.user, organisation=ana.organisation, is_admin=True),
            "organisation",
        ),
        (lambda ana: User(email="Upper@example.org"), "lower_case"),
        (lambda ana: User(email="ana@example.org"), "email"),
        (lambda ana: Organisation(name="x", slug="x", turnover=-1), "not_negative"),
        (lambda ana: Organisation(name="x", slug="x", kind="club"), "kind"),
        (lambda ana: Organisation(name="x", slug="x", size_class="huge"), "size_class"),
    ],
)
def test_the_database_holds_what_it_can(ana, row, name):
    made = row(ana)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        made.save()
