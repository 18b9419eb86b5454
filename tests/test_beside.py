"""Test processes that run side by side meet in no folder and in no cache."""

import os
import subprocess
import sys

import pytest

from tests.beside import own_redis

READ = "from django.conf import settings as s; print(s.VAR_DIR, s.CACHES['default']['LOCATION'])"


def settings_of(name, folder, redis):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTEST_XDIST_WORKER": name,
        "VAR_DIR": str(folder),
        "REDIS_URL": redis,
    }
    command = [sys.executable, "-c", READ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.slow
@pytest.mark.parametrize("redis", ["", "redis://127.0.0.1:9/0"])
def test_each_has_folders_and_a_cache_of_its_own(tmp_path, redis):
    first, second = (settings_of(name, tmp_path, redis) for name in ("gw0", "gw1"))
    assert len({*first, *second}) == 4
    again = settings_of("gw1", second[0], redis)
    assert again == second, "what one of them starts finds the same"


def test_each_has_two_databases_on_a_redis(monkeypatch):
    found = set()
    for name in ("gw0", "gw1", "gw2"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", name)
        found |= {own_redis("redis://here:1/0", further=more) for more in (0, 1)}
    assert found == {f"redis://here:1/{number}" for number in range(6)}
