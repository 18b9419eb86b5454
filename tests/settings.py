"""The project's settings with throw-away folders, quick passwords and plain static files.

What is set in the environment stands, so that the same tests run on PostgreSQL and Redis.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.beside import own_redis

if "VAR_DIR" not in os.environ:
    # In the environment, so that a worker started by a test finds the same folders.
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="drawbridge-test-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
if beside := os.environ.get("PYTEST_XDIST_WORKER"):
    # Processes that share the work share no folder and no cache; the one that made it removes all.
    folder = Path(os.environ["VAR_DIR"])
    os.environ["VAR_DIR"] = str(folder if folder.name == beside else folder / beside)
    if redis := os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = own_redis(redis)
os.environ.setdefault("INSECURE_HTTP", "1")
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1")
os.environ.setdefault(
    "SECRET_KEY", "for tests only, and long enough to be taken for a key: 0123456789"
)

from config.settings import *  # noqa: F403
from config.settings import STATIC_ROOT, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    # The manifest is made by collectstatic, which tests do without.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# WhiteNoise warns of a missing folder, and warnings are errors here.
STATIC_ROOT.mkdir(exist_ok=True)
