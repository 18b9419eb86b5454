from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from accounts.links import send_set_password_mail, set_password_link
from accounts.models import Membership, Organisation
from accounts.services import create_organisation


class Command(BaseCommand):
    help = "Make an organisation and its first administrator, who then sets a password by a link."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="for example 'Muster GmbH'")
        parser.add_argument("--admin-email", required=True)
        parser.add_argument("--admin-name", default="")
        parser.add_argument("--slug", default="", help="short name; made from the name if left out")
        parser.add_argument(
            "--size-class",
            choices=Organisation.SizeClass.values,
            default=Organisation.SizeClass.OTHER,
        )
        parser.add_argument(
            "--kind", choices=Organisation.Kind.values, default=Organisation.Kind.COMPANY
        )
        parser.add_argument("--seat", default="", help="two letters of the country, as in DE")
        parser.add_argument("--language", choices=["en", "de"], default="en")
        parser.add_argument("--send", action="store_true", help="mail the link, do not print it")

    def handle(self, *args: Any, **options: Any) -> None:
        taken = ("name", "admin_email", "admin_name", "slug", "size_class", "kind", "seat")
        try:
            with override("en"):
                membership = create_organisation(
                    **{name: options[name] for name in taken}, language=options["language"]
                )
        except ValidationError as error:
            raise CommandError(f"Nothing was made. {in_words(error)}", returncode=2) from error
        organisation = membership.organisation
        self.stdout.write(f"Made the organisation {organisation.name} ({organisation.slug}).")
        self.tell_how_to_sign_in(membership, send=options["send"])

    def tell_how_to_sign_in(self, membership: Membership, *, send: bool) -> None:
        user = membership.user
        if user.has_usable_password():
            self.stdout.write(f"{user.email} has a password already and is its administrator now.")
        elif send:
            send_set_password_mail(user)
            self.stdout.write(f"A link to set a password was sent to {user.email}.")
        else:
            self.stdout.write(f"{user.email} sets a password here, within three days:")
            self.stdout.write(set_password_link(user))


def in_words(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{name}: {' '.join(found)}" for name, found in error.message_dict.items())
