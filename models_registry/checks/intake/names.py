"""Which names a supplied file may have."""

import re
import unicodedata

from models_registry.checks.intake.refusal import Refused

_LONGEST_PATH = 1024
_LONGEST_PART = 255
_DEEPEST = 40
_DRIVE = re.compile(r"[A-Za-z]:")
# Controls, and what turns the direction of reading so that a name looks like another.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def checked_path(path: str) -> str:
    """The path as it may be kept; Refused where it could lead or mislead anywhere else."""
    shown = path.encode("unicode_escape").decode("ascii")[:200]
    if _HIDDEN.search(path):
        raise Refused("name_with_hidden_characters", name=shown)
    if path.startswith(("/", "\\")) or "\\" in path or _DRIVE.match(path):
        raise Refused("path_outside", name=shown)
    parts = path.split("/")
    if ".." in parts:
        raise Refused("path_outside", name=shown)
    if not all(part and part != "." for part in parts):
        raise Refused("name_unusable", name=shown)
    too_long = len(path.encode()) > _LONGEST_PATH or len(parts) > _DEEPEST
    if too_long or any(len(part.encode()) > _LONGEST_PART for part in parts):
        raise Refused("name_too_long", name=shown)
    return path


def sameness(path: str) -> str:
    """Equal for two paths that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def without_top(paths: list[str]) -> str:
    """The one folder with its ``/`` that holds every path, or nothing."""
    tops = {path.partition("/")[0] if "/" in path else "" for path in paths}
    top = tops.pop() if len(tops) == 1 else ""
    return f"{top}/" if top else ""
