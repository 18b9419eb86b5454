"""The product set up in a folder of its own, which is thrown away."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_folder(database_url: str = "") -> Iterator[None]:
    """Settings for measuring, with an empty database: SQLite in the folder unless one is named."""
    folder = tempfile.mkdtemp(prefix="drawbridge-bench-")
    os.environ |= {
        "VAR_DIR": folder,
        "INSECURE_HTTP": "1",
        "SECRET_KEY": "for measuring only, in a folder that is thrown away: 0123456789",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_LEVEL": "ERROR",
        "DATABASE_URL": database_url,
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    try:
        yield
    finally:
        shutil.rmtree(folder)
