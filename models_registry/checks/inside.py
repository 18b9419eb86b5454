"""What an archive holds, judged as it comes in: every beginning, and headers while time lasts.

What time does not last for is told by the checks, which read each file of an archive anyway.
"""

import time
from typing import BinaryIO

from models_registry.checks.intake.archive import ArchiveMaterial
from models_registry.checks.intake.content import BEGINNING, QUARANTINED, Kind, marked_kind
from models_registry.checks.looks import LOOKS
from models_registry.checks.material import Entry, Material
from models_registry.checks.packing import is_pack
from models_registry.checks.readers.pdf import refuse_without_end

# Of one archive; a header is read to its end once begun.
SECONDS = 5.0
# A larger text is no configuration, and a larger PDF is not unpacked for the sake of its end.
_MOST_UNPACKED = 4 << 20
_WITH_HEADER = (Kind.SAFETENSORS, Kind.GGUF)


def judged_inside(file: BinaryIO) -> tuple[bool, bool]:
    """Whether a ZIP is a pack of ours, and whether a file in it can run code when it is opened.

    Refused where the archive does harm, or a file in it that would be refused by itself.
    """
    pack = is_pack(ArchiveMaterial(file))
    every = ArchiveMaterial(file, everything=True)
    kinds = {entry: _marked(every, entry) for entry in every.entries()}
    if not pack:
        # A pack holds of each file what the checks need, which is no whole file.
        _refuse_harm(every, kinds)
    return pack, not QUARANTINED.isdisjoint(kinds.values())


def _marked(material: Material, entry: Entry) -> Kind | None:
    return marked_kind(material.read(entry, at_most=BEGINNING), size=entry.size)


def _refuse_harm(material: Material, kinds: dict[Entry, Kind | None]) -> None:
    ends = time.monotonic() + SECONDS
    for entry, kind in kinds.items():
        if time.monotonic() > ends:
            return
        if kind in _WITH_HEADER:
            LOOKS[kind](material, entry)
        elif entry.size <= _MOST_UNPACKED and kind in (None, Kind.PDF):
            look = refuse_without_end if kind is Kind.PDF else LOOKS[Kind.TEXT]
            look(material, entry)
