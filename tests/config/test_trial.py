"""`manage.py` by hand, on a machine where nobody has set anything."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def manage(tmp_path, *arguments, **variables):
    environment = {"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path), **variables}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_command_runs_without_any_setting_and_makes_its_key(tmp_path):
    done = manage(tmp_path, "assess", "examples/spam_filter.yaml")
    assert done.returncode == 0, done.stderr
    assert "minimal" in done.stdout.splitlines()[0]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_command_for_a_public_host_still_wants_its_key(tmp_path):
    done = manage(tmp_path, "check", ALLOWED_HOSTS="drawbridge.example.org")
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
    assert not (tmp_path / "secret_key").exists()
