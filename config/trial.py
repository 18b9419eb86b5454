"""The environment of a trial on one's own machine, where nobody has set anything yet."""

import os

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
        make_key(Environment().folder("VAR_DIR", BASE_DIR / "var"))
