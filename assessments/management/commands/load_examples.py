import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import Membership, Organisation, Role
from accounts.services import change_roles, create_organisation, set_first_password
from assessments.examples import FOLDER, load_examples
from assessments.use_file import UseFileError

SLUG, EMAIL = "example", "demo@example.com"


class Command(BaseCommand):
    help = "Loads the example organisation with the uses of examples/; what is there already stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        found = len(list(folder.glob("*.yaml")))
        if not found:
            raise CommandError(f"There is no example in {folder.name}/.", returncode=2)
        try:
            member, loaded = self._load(folder)
        except UseFileError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(in_words(loaded, found - loaded))
        self.stdout.write(f"Sign in as {EMAIL} with the password {self._password(member)}")

    @transaction.atomic
    def _load(self, folder: Path) -> tuple[Membership, int]:
        member = self._member()
        loaded = load_examples(
            organisation=member.organisation,
            by=member.user,
            on=timezone.localdate(),
            folder=folder,
        )
        return member, loaded

    def _member(self) -> Membership:
        known = Membership.objects.filter(
            organisation__slug=SLUG, organisation__is_example=True, user__email=EMAIL
        )
        if member := known.select_related("user", "organisation").first():
            return member
        if Organisation.objects.filter(slug=SLUG).exists():
            raise CommandError(
                f"An organisation with the short name '{SLUG}' exists and is not the example.",
                returncode=2,
            )
        language = settings.LANGUAGE_CODE[:2]
        with translation.override(language):
            name = gettext("Example organisation")
        member = create_organisation(
            name=name,
            slug=SLUG,
            admin_email=EMAIL,
            admin_name="Demo",
            seat="DE",
            language=language,
            is_example=True,
        )
        return change_roles(membership=member, roles=[Role.ADMIN, Role.OFFICER], by=None)

    def _password(self, member: Membership) -> str:
        """A random password, kept beside the database because the example is there to be opened."""
        path: Path = settings.VAR_DIR / "demo_password"
        if path.exists():
            password = path.read_text(encoding="utf-8").strip()
            if member.user.check_password(password):
                return password
        if member.user.has_usable_password():
            return "that you have set yourself"
        password = "-".join(secrets.token_hex(3) for _ in range(3))
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_text(password + "\n", encoding="utf-8")
        set_first_password(user=member.user, password=password)
        return password


def in_words(loaded: int, there: int) -> str:
    if not loaded:
        return f"The example organisation is there, with its {there} examples."
    known = f", {there} were there already" if there else ""
    return f"{loaded} {'example' if loaded == 1 else 'examples'} loaded{known}."
