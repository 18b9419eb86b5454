"""Uploads that were interrupted do not stay on the disk."""

import os
import time

import pytest

from models_registry.evidence.leftovers import remove_left_uploads
from models_registry.tasks import sweep_runs

HOURS = 60 * 60


@pytest.fixture
def uploads(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path

    def written(name, hours_ago):
        path = tmp_path / name
        path.write_bytes(b"half of it")
        then = time.time() - hours_ago * HOURS
        os.utime(path, (then, then))
        return path

    return written


def test_what_nobody_has_written_to_for_hours_is_deleted(uploads, tmp_path):
    old, coming_in = uploads("a.upload.zip", 7), uploads("b.upload.zip", 5)
    (tmp_path / "folder").mkdir()
    assert remove_left_uploads() == 1
    assert not old.exists()
    assert coming_in.exists()
    assert (tmp_path / "folder").exists()


@pytest.mark.django_db
def test_the_sweep_of_the_workers_does_it(uploads):
    old = uploads("a.upload.zip", 7)
    sweep_runs()
    assert not old.exists()
