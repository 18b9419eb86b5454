"""Reads the text of one PDF from standard input, in a process that may take little of the machine.

It is run by its path and alone: a hostile file ends this process and nothing else.
"""

import json
import resource
import sys
from typing import Any

MEMORY = 768 << 20
SECONDS = 12
MOST_PAGES = 400
MOST_SIGNS = 2_000_000
_WRITTEN = 16 << 20


def limit() -> None:
    """Little memory, little time, no further files of any size, no further process."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, _WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def read() -> dict[str, Any]:
    """Pages of text, or why there are none."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    fault = "broken"
    try:
        reader = PdfReader(sys.stdin.buffer)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "encrypted"}
        if not len(reader.pages):
            return {"fault": fault}
        # People may still be able to read its pages.
        fault = "unreadable"
        return _text(reader)
    except (MemoryError, LimitReachedError):
        return {"fault": "too_much"}
    except Exception:  # noqa: BLE001 - whatever the library stumbles over, the file is at fault
        return {"fault": fault}


def _text(reader: Any) -> dict[str, Any]:
    pages: list[str] = []
    signs = 0
    count = len(reader.pages)
    for page in reader.pages[:MOST_PAGES]:
        text = page.extract_text()[: MOST_SIGNS - signs]
        pages.append(text)
        signs += len(text)
        if signs >= MOST_SIGNS:
            break
    title = str((reader.metadata or {}).get("/Title", ""))[:300]
    return {"pages": pages, "count": count, "title": title}


if __name__ == "__main__":
    limit()
    json.dump(read(), sys.stdout)
