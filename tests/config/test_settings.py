import os
import runpy
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.celery import app as celery_app
from config.secret_key import make_key

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "a key of a server, of more than fifty characters: 0123456789"
OURS = (
    "DEBUG", "INSECURE_HTTP", "VAR_DIR", "MEDIA_ROOT", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL",
    "DATABASE_URL", "REDIS_URL", "BROKER_DIR", "EMAIL_URL", "TRUSTED_PROXIES", "LANGUAGE_CODE",
    "CSRF_TRUSTED_ORIGINS", "DEFAULT_FROM_EMAIL", "LOG_LEVEL", "STORAGE_URL", "MAX_UPLOAD_MB",
    "MAX_UPLOAD_FILES",
)  # fmt: skip


@pytest.fixture
def settings_with(monkeypatch, tmp_path):
    """The settings module as a fresh start would read it, in an otherwise empty environment."""

    def read(**variables):
        for name in OURS:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("VAR_DIR", str(tmp_path))
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "config" / "settings.py"))

    return read


@pytest.fixture
def on_a_server(settings_with):
    return lambda **more: settings_with(SECRET_KEY=KEY, ALLOWED_HOSTS="ai.example.org", **more)


def test_without_a_key_nothing_starts(settings_with):
    with pytest.raises(ImproperlyConfigured, match=r"^SECRET_KEY is not set, and .*secret_key"):
        settings_with(ALLOWED_HOSTS="ai.example.org")


@pytest.mark.parametrize("key", ["short", "a" * 80, "abc" * 30])
def test_a_key_that_can_be_guessed_is_refused(settings_with, key):
    with pytest.raises(ImproperlyConfigured, match="too easy to guess") as failure:
        settings_with(ALLOWED_HOSTS="ai.example.org", SECRET_KEY=key)
    assert key not in str(failure.value)


def test_a_key_file_serves_as_well(settings_with, tmp_path):
    assert make_key(tmp_path)
    read = settings_with(ALLOWED_HOSTS="ai.example.org")
    assert read["SECRET_KEY"] == (tmp_path / "secret_key").read_text().strip()


def test_a_key_file_is_private_and_never_replaced(tmp_path):
    make_key(tmp_path)
    first = (tmp_path / "secret_key").read_text()
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert not make_key(tmp_path)
    assert (tmp_path / "secret_key").read_text() == first


def test_the_key_file_is_never_in_git():
    done = subprocess.run(
        ["git", "check-ignore", "-q", "var/secret_key"],  # noqa: S607
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0


def test_without_a_host_name_nothing_starts(settings_with):
    with pytest.raises(ImproperlyConfigured, match=r"^ALLOWED_HOSTS is empty"):
        settings_with(SECRET_KEY=KEY)


def test_a_server_is_safe_without_being_told(on_a_server):
    read = on_a_server()
    assert read["DEBUG"] is False
    assert read["SITE_URL"] == "https://ai.example.org"
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        assert read[name] is True, name
    assert read["SECURE_HSTS_SECONDS"] == 31_536_000
    assert "SECURE_PROXY_SSL_HEADER" not in read, "no header is believed unless it is said"


def test_plain_http_is_for_this_machine_alone(settings_with, on_a_server):
    read = settings_with(SECRET_KEY=KEY, INSECURE_HTTP="1")
    assert set(read["ALLOWED_HOSTS"]) == {"localhost", "127.0.0.1", "[::1]"}
    assert not read["SECURE_SSL_REDIRECT"]
    with pytest.raises(ImproperlyConfigured, match=r"^ALLOWED_HOSTS is ai.example.org"):
        on_a_server(INSECURE_HTTP="1")


def test_debug_cannot_be_left_on_for_a_public_host(on_a_server):
    with pytest.raises(ImproperlyConfigured, match=r"^ALLOWED_HOSTS"):
        on_a_server(DEBUG="1")


def test_proxies_are_believed_when_they_are_counted(on_a_server):
    read = on_a_server(TRUSTED_PROXIES="1")
    assert read["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    assert read["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_without_redis_jobs_and_cache_are_files(on_a_server, tmp_path):
    read = on_a_server()
    options = read["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert read["CELERY_BROKER_URL"] == "filesystem://localhost"
    assert options["polling_interval"] == 0.1
    assert options["data_folder_in"] == options["data_folder_out"]
    for name in ("data_folder_in", "control_folder"):
        assert Path(options[name]).is_dir()
        assert tmp_path / "broker" in Path(options[name]).parents


def test_with_redis_a_task_is_not_handed_out_again_while_it_may_run(on_a_server):
    read = on_a_server(REDIS_URL="redis://localhost:6379/3")
    options = read["CELERY_BROKER_TRANSPORT_OPTIONS"]
    assert read["CELERY_BROKER_URL"] == "redis://localhost:6379/3"
    assert options["visibility_timeout"] > read["CELERY_TASK_TIME_LIMIT"]
    assert read["CELERY_TASK_TIME_LIMIT"] > read["CELERY_TASK_SOFT_TIME_LIMIT"]
    assert options["unacked_restore_throttle"] == 1
    assert read["CACHES"]["default"]["LOCATION"] == "redis://localhost:6379/3"


def test_files_lie_in_a_folder_unless_a_bucket_is_named(on_a_server, tmp_path):
    read = on_a_server()
    assert read["STORAGES"]["default"]["BACKEND"].endswith(".FileSystemStorage")
    assert read["FILE_UPLOAD_TEMP_DIR"].parent == read["MEDIA_ROOT"].parent == tmp_path
    default = on_a_server(STORAGE_URL="s3://drawbridge-files/eu")["STORAGES"]["default"]
    assert default["OPTIONS"]["bucket_name"] == "drawbridge-files"
    assert default["OPTIONS"]["location"] == "eu"
    assert default["OPTIONS"]["max_memory_size"] < 100 << 20


def test_jobs_survive_a_worker_and_keep_no_results(on_a_server):
    read = on_a_server()
    assert read["CELERY_TASK_ACKS_LATE"]
    assert read["CELERY_TASK_REJECT_ON_WORKER_LOST"]
    assert read["CELERY_WORKER_PREFETCH_MULTIPLIER"] == 1
    assert read["CELERY_RESULT_BACKEND"] is None
    sweep = read["CELERY_BEAT_SCHEDULE"]["sweep-reports"]
    assert (sweep["task"], sweep["schedule"]) == ("reports.tasks.sweep_reports", 10.0)
    assert sweep["options"]["expires"] <= sweep["schedule"]


def test_a_worker_process_that_has_grown_is_replaced():
    """Celery hands the limit to the pool, which looks after each task."""
    worker = celery_app.WorkController(pool="prefork", concurrency=1)
    assert worker.max_memory_per_child == settings.CELERY_WORKER_MAX_MEMORY_PER_CHILD
    assert 256 * 1024 <= worker.max_memory_per_child <= 1024 * 1024


def server_environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "ai.example.org",
    }


def manage(tmp_path, *arguments, **variables):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=server_environment(tmp_path) | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_deployment_check_finds_nothing(tmp_path):
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.slow
def test_a_wrong_setting_is_one_plain_sentence_at_the_end(tmp_path):
    done = manage(tmp_path, "check", DATABASE_URL="mysql://u:hunter2@db/x")
    assert done.returncode != 0
    assert "DATABASE_URL must start with" in done.stderr.splitlines()[-1]
    assert "hunter2" not in done.stderr


@pytest.mark.slow
def test_sqlite_writes_ahead_and_begins_with_the_lock(tmp_path):
    code = (
        "import django; django.setup(); from django.db import connection, transaction;\n"
        "connection.ensure_connection();\n"
        "print(connection.transaction_mode, connection.connection.execute("
        "'PRAGMA busy_timeout').fetchone()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=server_environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["IMMEDIATE", "20000"]
    with sqlite3.connect(tmp_path / "db.sqlite3") as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("level", ["DEBUG", "WARNING"])
def test_the_level_of_the_log_reaches_the_loggers_of_django(tmp_path, level):
    code = (
        "import django, logging; django.setup(); "
        "loggers = map(logging.getLogger, ('django', 'django.request', 'django.server', 'jobs')); "
        "print({logging.getLevelName(each.getEffectiveLevel()) for each in loggers})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=server_environment(tmp_path) | {"LOG_LEVEL": level},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == f"{{'{level}'}}"
