"""An organisation with many uses, to measure with and to look at: ``make bench-data SIZE=10000``.

It lies in `var/bench` unless VAR_DIR or DATABASE_URL say otherwise, and never among the rows of
others: where a database holds any organisation but examples, nothing is written.
"""

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZE = 10_000


def main(given: list[str]) -> int:
    """0 once there are so many uses; 1 where the database belongs to others, 2 for no number."""
    if given and not given[0].isdecimal():
        print(f"{given[0]!r} is no number of uses. Try: make bench-data SIZE=10000")
        return 2
    size = int(given[0]) if given else SIZE
    prepare_settings()
    if strangers := others():
        print(
            f"This database holds other people's data, among them {strangers[0]}. Nothing was "
            "written. Choose another VAR_DIR or DATABASE_URL."
        )
        return 1
    return make(size)


def prepare_settings() -> None:
    os.environ["VAR_DIR"] = os.environ.get("VAR_DIR") or str(ROOT / "var" / "bench")
    from config.trial import prepare

    prepare()
    import django

    django.setup()


def others() -> list[str]:
    """Names of organisations that are neither examples nor ours; none in a database without any."""
    from django.db import connection

    from accounts.models import Organisation
    from bench.uses.people import SLUG, SLUG_ALONE

    if Organisation._meta.db_table not in connection.introspection.table_names():
        return []
    rows = Organisation.objects.filter(is_example=False).exclude(slug__in=(SLUG, SLUG_ALONE))
    return list(rows.values_list("name", flat=True)[:1])


def make(size: int) -> int:
    """Fill the database, and say how long it took and how to look at it."""
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from bench.uses.filling import fill
    from bench.uses.people import EMAIL, password

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    added = fill(size, timezone.localdate())
    print(f"{added} uses added in {time.perf_counter() - begun:.0f} s.")
    print(f"Look at them: make run VAR_DIR={settings.VAR_DIR}")
    print(f"Sign in as {EMAIL} with the password {password()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
