from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment

SECRET = "hunter2"
NOWHERE = Path("/nowhere/address")


def reading(**variables):
    return Environment(variables)


def hosts(value, *, only_loopback=False):
    environment = reading(HOSTS=value)
    return environment.hosts("HOSTS", default=[], only_loopback=only_loopback)


@pytest.mark.parametrize("value", ["flase", "2", "y", "enabled", "-"])
def test_a_misspelt_flag_is_not_taken_for_no(value):
    with pytest.raises(ImproperlyConfigured, match=r"^DEBUG is .* Example: DEBUG=1$"):
        reading(DEBUG=value).flag("DEBUG")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1", True), ("True", True), (" yes ", True), ("0", False), ("off", False), ("", False)],
)
def test_a_flag_reads_yes_and_no(value, expected):
    assert reading(DEBUG=value).flag("DEBUG") is expected


@pytest.mark.parametrize("value", ["-1", "3.5", "many", "1e3", "٣x", "99999999999"])
def test_a_number_is_a_whole_number(value):
    with pytest.raises(ImproperlyConfigured, match=r"^TRUSTED_PROXIES is .* Example: "):
        reading(TRUSTED_PROXIES=value).number("TRUSTED_PROXIES", 0)


def test_a_language_we_do_not_speak_is_named():
    with pytest.raises(ImproperlyConfigured, match=r"LANGUAGE_CODE is 'fr', but may be en or de"):
        reading(LANGUAGE_CODE="fr").one_of("LANGUAGE_CODE", ["en", "de"], "en")


@pytest.mark.parametrize("value", ["", "*", "ai.example.org,*", "https://ai.example.org"])
def test_hosts_are_named_one_by_one(value):
    with pytest.raises(ImproperlyConfigured, match=r"^HOSTS .* Example: HOSTS=ai.example.org"):
        hosts(value)


@pytest.mark.parametrize("value", ["ai.example.org", "localhost,10.0.0.5", "0.0.0.0"])  # noqa: S104
def test_plain_http_serves_this_machine_alone(value):
    with pytest.raises(
        ImproperlyConfigured, match=r"INSECURE_HTTP=1 only this machine may be served"
    ):
        hosts(value, only_loopback=True)


def test_plain_http_on_loopback_is_fine():
    assert hosts("localhost, 127.0.0.1", only_loopback=True) == ["localhost", "127.0.0.1"]


@pytest.mark.parametrize("value", ["ai.example.org", "https://a.example/path", "https://", "//x"])
def test_an_origin_is_a_scheme_and_a_host(value):
    with pytest.raises(ImproperlyConfigured, match="Example: ORIGINS=https://"):
        reading(ORIGINS=value).origins("ORIGINS")
    with pytest.raises(ImproperlyConfigured, match="Example: SITE_URL=https://"):
        reading(SITE_URL=value).site("SITE_URL", ["a.example"], tls=True, noted=NOWHERE)


def test_a_trial_knows_the_port_that_was_chosen_last(tmp_path):
    noted = tmp_path / "address"
    site = partial(reading().site, "SITE_URL", ["localhost"], noted=noted)
    assert site(tls=False) == "http://localhost:8000"
    noted.write_text("http://127.0.0.1:8001\n")
    assert site(tls=False) == "http://127.0.0.1:8001"
    assert site(tls=True) == "https://localhost", "what a trial left is nothing to a server"
    given = reading(SITE_URL="https://a.example/").site("SITE_URL", [], tls=False, noted=noted)
    assert given == "https://a.example"


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://root:{SECRET}@db/drawbridge",
        f"postgres//root:{SECRET}@db/drawbridge",
        f"postgres://root:{SECRET}@db:port/drawbridge",
        f"postgres://root:{SECRET}@db",
        f"postgres://root:{SECRET}@[::1/drawbridge",
        f"{SECRET}",
        "sqlite://",
        "sqlite://:memory:",
    ],
)
def test_a_wrong_database_is_named_without_its_password(url, tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL .* Example: ") as failure:
        reading(DATABASE_URL=url).database("DATABASE_URL", tmp_path / "db")
    assert SECRET not in str(failure.value)
    assert failure.value.__suppress_context__ or failure.value.__context__ is None


def test_the_database_is_sqlite_unless_said_otherwise(tmp_path):
    path = tmp_path / "Data of 50%20+ #1" / "db.sqlite3"
    database = reading().database("DATABASE_URL", path)
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == str(path)


def test_a_postgresql_address_is_taken_apart(tmp_path):
    url = "postgres://ana:p%40ss@db.example:5433/drawbridge"
    database = reading(DATABASE_URL=url).database("DATABASE_URL", tmp_path)
    taken = [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]
    assert taken == ["ana", "p@ss", "db.example", 5433, "drawbridge"]


@pytest.mark.parametrize(
    "url", [f"imap://u:{SECRET}@mail", f"smtp://u:{SECRET}@mail:port", "smtp:///", SECRET]
)
def test_a_wrong_mail_server_is_named_without_its_password(url):
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL .* Example: ") as failure:
        reading(EMAIL_URL=url).mail("EMAIL_URL")
    assert SECRET not in str(failure.value)


def test_mail_is_printed_unless_there_is_a_server():
    assert reading().mail("EMAIL_URL")["EMAIL_BACKEND"].endswith("console.EmailBackend")
    server = reading(EMAIL_URL="smtp+tls://u:p@mail.example:587").mail("EMAIL_URL")
    assert (server["EMAIL_HOST"], server["EMAIL_PORT"]) == ("mail.example", 587)
    assert server["EMAIL_USE_TLS"]


@pytest.mark.parametrize("url", ["http://redis", "localhost:6379", f"memcached://:{SECRET}@x"])
def test_a_wrong_broker_is_named(url):
    with pytest.raises(ImproperlyConfigured, match=r"^REDIS_URL must start with") as failure:
        reading(REDIS_URL=url).url("REDIS_URL", {"redis", "rediss"}, "redis://localhost:6379/0")
    assert SECRET not in str(failure.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match=r"^VAR_DIR is .*/file/var, which cannot be"):
        reading(VAR_DIR=str(tmp_path / "file" / "var")).folder("VAR_DIR", tmp_path)


def test_a_new_folder_is_closed_to_other_users(tmp_path):
    folder = reading().folder("VAR_DIR", tmp_path / "var")
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "value",
    [
        "https://bucket", "gs://bucket", "bucket", "s3://", "s3:///path", "s3://Bucket", "s3://a",
        "s3://my.bucket", "s3://bucket?region=eu", "s3://bucket#x", "s3://[",
        f"s3://key:{SECRET}@bucket", "s3://bucket:9000",
    ],
)  # fmt: skip
def test_a_bucket_is_named_and_its_keys_are_not(value):
    with pytest.raises(ImproperlyConfigured, match=r"Example: STORAGE_URL=s3://") as failure:
        reading(STORAGE_URL=value).storage("STORAGE_URL")
    assert SECRET not in str(failure.value)
