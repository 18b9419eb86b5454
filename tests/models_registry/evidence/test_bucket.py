"""The same with a bucket that speaks S3, in memory: nothing reaches a network."""

import boto3
import pytest
from django.core.files.storage import storages
from django.urls import reverse
from moto import mock_aws

from config.environment import Environment
from models_registry.models import StoredFile
from tests.models_registry.evidence.test_uploads import add, send

BUCKET = "drawbridge-files"
KEYS = {
    "AWS_ACCESS_KEY_ID": "a-key",
    "AWS_SECRET_ACCESS_KEY": "a-secret",
    "AWS_DEFAULT_REGION": "eu-central-1",
}


@pytest.fixture
def bucket(monkeypatch, settings):
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    entry = Environment({"STORAGE_URL": f"s3://{BUCKET}/evidence-here"}).storage("STORAGE_URL")
    settings.STORAGES = {**settings.STORAGES, "default": entry}
    with mock_aws():
        place = {"LocationConstraint": "eu-central-1"}
        client = boto3.client("s3")
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
        storage = storages["default"]
        monkeypatch.setattr(StoredFile._meta.get_field("file"), "storage", storage)
        yield client


def keys(bucket):
    return [each["Key"] for each in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


@pytest.mark.slow
def test_files_lie_in_the_bucket_once_and_come_back(bucket, browser, model, system, stored_names):
    words = b"# Skald\n" * 5000
    for subject in (model, system):
        send(browser, subject, ("card.md", words))
    stored = StoredFile.objects.get()
    assert keys(bucket) == [f"evidence-here/{stored.file.name}"]
    assert stored_names() == []
    evidence = stored.evidence.get()
    answer = browser.get(reverse("models_registry:evidence-download", args=[evidence.pk]))
    assert b"".join(answer) == words
    with stored.file.open() as file:
        file.seek(8)
        assert file.read(8) == b"# Skald\n"


@pytest.mark.slow
def test_what_is_refused_never_reaches_the_bucket(bucket, browser):
    assert add(browser, "a.zip", b"PK\x03\x04" + bytes(50)).status_code == 200
    assert keys(bucket) == []
