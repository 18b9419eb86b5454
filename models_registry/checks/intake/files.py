"""Single files as material, wherever they are kept."""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from models_registry.checks.intake.listing import Listing
from models_registry.checks.intake.names import checked_path, sameness
from models_registry.checks.intake.refusal import Refused
from models_registry.checks.material import Entry


class FilesMaterial(Listing):
    """Files that somebody else lists and opens, as a store of evidence does."""

    def __init__(self, entries: Iterable[Entry], opening: Callable[[Entry], BinaryIO]) -> None:
        self._entries = tuple(sorted(entries, key=lambda entry: entry.path))
        self._opening = opening
        seen: set[str] = set()
        for entry in self._entries:
            same = sameness(checked_path(entry.path))
            if same in seen:
                raise Refused("name_twice", name=entry.path)
            seen.add(same)

    def open(self, entry: Entry) -> BinaryIO:
        return self._opening(entry)
