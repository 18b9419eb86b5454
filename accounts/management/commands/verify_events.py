from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Organisation
from events.verification import Chain, chains, verify_chain


class Command(BaseCommand):
    help = "Recompute every hash of the event log and name the first event that was tampered with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", metavar="SLUG", help="check this one only")

    def handle(self, *args: Any, **options: Any) -> None:
        names = dict(Organisation.objects.values_list("pk", "slug"))
        broken = 0
        for organisation_id in self.wanted(options["organisation"]):
            chain = verify_chain(organisation_id)
            broken += chain.fault is not None
            self.say(names.get(organisation_id, str(organisation_id)), chain)
        if broken:
            raise CommandError(f"{broken} broken.", returncode=1)

    def wanted(self, slug: str | None) -> Any:
        if slug is None:
            return chains()
        organisation = Organisation.objects.filter(slug=slug).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {slug!r}.", returncode=2)
        return [organisation.pk]

    def say(self, name: str, chain: Chain) -> None:
        if chain.fault:
            self.stdout.write(f"{name}: BROKEN at {chain.fault}")
            return
        self.stdout.write(f"{name}: {chain.length} events, unbroken, ends with {chain.end}")
        if chain.erased:
            self.stdout.write(f"{name}: details erased, and the erasure recorded: {chain.erased}")
        if chain.missing:
            self.stdout.write(
                f"{name}: WARNING: details gone, and no event says why: {chain.missing}"
            )
