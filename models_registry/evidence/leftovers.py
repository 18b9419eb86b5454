"""Uploads whose process was stopped before they came to their end."""

import time
from pathlib import Path

from django.conf import settings

# Beyond what any upload takes; one that still comes in was written to a moment ago.
_LEFT_AFTER_SECONDS = 6 * 60 * 60


def remove_left_uploads() -> int:
    """Deletes what nobody writes to or reads any more, and says how many files that were."""
    before = time.time() - _LEFT_AFTER_SECONDS
    left = [
        path for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir() if _is_left(path, before)
    ]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _is_left(path: Path, before: float) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime < before
    except FileNotFoundError:
        # It came to its end just now.
        return False
