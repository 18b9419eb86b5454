"""The organisation that the many uses belong to, and the people who work in it."""

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from accounts.models import Membership, Organisation, Role, User
from accounts.services import (
    add_member,
    change_roles,
    create_organisation,
    set_first_password,
)
from assessments.examples import offered_examples, take_in

SLUG, EMAIL = "benchmark", "bench@example.com"
SLUG_ALONE, EMAIL_ALONE = "benchmark-alone", "alone@example.com"
COLLEAGUES = {
    "officer": Role.OFFICER,
    "second.officer": Role.OFFICER,
    "reviewer": Role.REVIEWER,
    "approver": Role.APPROVER,
    "second.approver": Role.APPROVER,
    "contributor": Role.CONTRIBUTOR,
    "auditor": Role.AUDITOR,
}


@dataclass(frozen=True)
class Staff:
    """Who does what to the uses, so that nobody approves their own answers."""

    organisation: Organisation
    authors: list[User]
    reviewer: User
    approvers: list[User]

    def author(self, number: int) -> User:
        return self.authors[number % len(self.authors)]

    def approver(self, number: int) -> User:
        return self.approvers[number % len(self.approvers)]


def staff() -> Staff:
    """The organisation with its people, made on the first call."""
    organisation = Organisation.objects.filter(slug=SLUG).first() or _founded()
    members = Membership.objects.filter(organisation=organisation).select_related("user")
    people = {member.user.email.split("@")[0]: member.user for member in members}
    return Staff(
        organisation,
        authors=[people["officer"], people["second.officer"], people["contributor"]],
        reviewer=people["reviewer"],
        approvers=[people["approver"], people["second.approver"]],
    )


def _founded() -> Organisation:
    first = create_organisation(
        name="Benchmark organisation", slug=SLUG, admin_email=EMAIL, admin_name="Bench", seat="DE"
    )
    change_roles(
        membership=first, roles=[Role.ADMIN, Role.OFFICER, Role.REVIEWER, Role.APPROVER], by=None
    )
    for name, role in COLLEAGUES.items():
        add_member(
            organisation=first.organisation,
            email=f"{name}@example.com",
            name=name.replace(".", " ").capitalize(),
            roles=[role],
            by=first.user,
        )
    return first.organisation


def alone(on: date) -> Organisation:
    """An organisation of one, with one use: it records its results without a second person."""
    if known := Organisation.objects.filter(slug=SLUG_ALONE).first():
        return known
    member = create_organisation(
        name="Benchmark of one", slug=SLUG_ALONE, admin_email=EMAIL_ALONE, admin_name="Alone"
    )
    change_roles(membership=member, roles=[Role.ADMIN, Role.OFFICER], by=None)
    use = offered_examples("en")["recruitment"]
    take_in(use=use, organisation=member.organisation, by=member.user, on=on)
    return member.organisation


def password(email: str = EMAIL) -> str:
    """Random at first, and kept beside the database as that of the demo is."""
    path: Path = settings.VAR_DIR / f"{email.partition('@')[0]}_password"
    user = User.objects.get(email=email)
    if user.has_usable_password():
        return path.read_text(encoding="utf-8").strip() if path.exists() else "that was set before"
    found = "-".join(secrets.token_hex(3) for _ in range(3))
    path.touch(mode=0o600)
    path.write_text(found + "\n", encoding="utf-8")
    set_first_password(user=user, password=found)
    return found
