"""The environment of a trial on one's own machine, where nobody has set anything yet."""

import os
import sys

from config.environment import Environment
from config.secret_key import BASE_DIR, make_key


def prepare() -> None:
    """Loopback over plain HTTP and a key file of its own, unless host names say it is for others.

    `make run` and `manage.py` begin with it; the web server alone never does.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if os.environ.get("ALLOWED_HOSTS"):
        return
    os.environ.setdefault("INSECURE_HTTP", "1")
    if not os.environ.get("SECRET_KEY"):
        folder = Environment().folder("VAR_DIR", BASE_DIR / "var")
        if make_key(folder):
            # Said once: on a server this means that its settings have not reached this shell.
            sys.stderr.write(f"ALLOWED_HOSTS is not set: a trial on this machine, in {folder}\n")
