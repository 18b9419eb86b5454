"""Run as a process of its own: threads that append to one organisation's chain all at once."""

import sys
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from accounts.models import Organisation  # noqa: E402
from accounts.services import create_organisation  # noqa: E402
from events.services import record  # noqa: E402

WRITERS, EACH = 8, 15


def write(organisation: Organisation) -> None:
    for turn in range(EACH):
        with transaction.atomic():
            record(
                organisation=organisation,
                actor=None,
                kind="test.written",
                subject=organisation,
                detail={"turn": turn},
            )
    connection.close()


def main() -> None:
    call_command("migrate", verbosity=0)
    old = create_organisation(name="Old", admin_email="old@example.org").organisation
    # Its chain has no head yet: the writers race for the first event as well.
    new = Organisation.objects.create(name="New", slug="new")
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, [old, new] * (WRITERS // 2)))
    call_command("verify_events", stdout=sys.stdout)


if __name__ == "__main__":
    main()
