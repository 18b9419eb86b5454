"""The signing key: from SECRET_KEY, or from a file that `python -m config.secret_key` makes."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from config.environment import Environment, wrong

BASE_DIR = Path(__file__).resolve().parent.parent
SHORTEST = 50
FILE_NAME = "secret_key"
DEBUG_KEY = "django-insecure-known-to-everyone-and-only-used-with-DEBUG"


def secret_key(environment: Environment, var_dir: Path, *, debug: bool) -> str:
    key = environment.text("SECRET_KEY") or kept_key(var_dir) or (DEBUG_KEY if debug else "")
    example = "'50 or more random characters'; or make a key file: python -m config.secret_key"
    if not key:
        raise wrong("SECRET_KEY", f"is not set, and {var_dir / FILE_NAME} is not there", example)
    if len(key) < SHORTEST or len(set(key)) < 5:
        raise wrong("SECRET_KEY", f"is too easy to guess (under {SHORTEST} characters)", example)
    return key


def kept_key(var_dir: Path) -> str:
    path = var_dir / FILE_NAME
    return path.read_text().strip() if path.exists() else ""


def make_key(var_dir: Path) -> bool:
    """True when a new key file was written; an existing one is never replaced."""
    try:
        # O_EXCL: of two starts at the same moment, only one may make the key.
        handle = os.open(var_dir / FILE_NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w") as file:
        file.write(get_random_secret_key() + "\n")
    return True


if __name__ == "__main__":
    make_key(Environment().folder("VAR_DIR", BASE_DIR / "var"))
