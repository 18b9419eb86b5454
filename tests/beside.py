"""What keeps test processes apart that run side by side."""

import os
from urllib.parse import urlsplit, urlunsplit

_NAME = "PYTEST_XDIST_WORKER"


def is_beside_others() -> bool:
    return _NAME in os.environ


def own_redis(url: str, *, further: int = 0) -> str:
    """The same server, with a database for this process alone; ``further`` names another one."""
    number = int(os.environ.get(_NAME, "gw0").removeprefix("gw"))
    return urlunsplit(urlsplit(url)._replace(path=f"/{2 * number + further}"))
