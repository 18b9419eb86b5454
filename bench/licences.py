"""Recognising licences: ``python -m bench.licences [FOLDER]`` times it and counts what goes wrong.

Without a folder it takes the standard texts of the tests. With the folder of licence texts that
the fingerprints were made from it takes all of them, and changes each in several ways.
"""

import random
import re
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from models_registry.checks.catalogue import load
from models_registry.checks.licences.assessing import assess
from models_registry.checks.licences.catalogue import licences
from models_registry.checks.licences.fingerprinting import wanted
from models_registry.checks.licences.identification import identify
from models_registry.checks.licences.references import references
from models_registry.checks.licences.text import LicenceText

TEXTS = Path(__file__).parent.parent / "tests/models_registry/checks/licences/texts"
AIM_MS = 200.0
ROUNDS = 5
RIDER = "Whoever uses it commercially must display the name of the model."
_HEADER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def texts(folder: Path | None) -> dict[str, str]:
    """The texts by the name that the list of references has for them."""
    if folder is None:
        return {path.stem: path.read_text(encoding="utf-8") for path in TEXTS.glob("*.txt")}
    return {
        want.id: _HEADER.sub("", (folder / f"{want.file}.LICENSE").read_text(encoding="utf-8"))
        for want in wanted()[1]
    }


def changed(text: str, chance: random.Random) -> Iterator[str]:
    """The text with a passage before, within and after it, and with a part cut off."""
    words = text.split(" ")
    place = chance.randrange(len(words) // 4, len(words) // 2)
    yield f"{RIDER}\n\n{text}"
    yield f"{text}\n\n{RIDER}"
    yield " ".join([*words[:place], "\n\n" + RIDER + "\n\n", *words[place:]])
    yield " ".join(words[:place])


def main(folder: Path | None) -> int:
    started = time.perf_counter()
    known = licences(load())
    references()
    print(f"read catalogue and fingerprints: {1000 * (time.perf_counter() - started):.0f} ms")
    samples, chance = texts(folder), random.Random(4)  # noqa: S311 - the same changes each time
    slowest, missed, wrong = 0.0, 0, 0
    for name, text in sorted(samples.items()):
        slowest = max(slowest, _milliseconds(text))
        missed += _ids(text) != [name]
        wrong += sum(name in _ids(other) for other in changed(text, chance))
    assess(LicenceText("", next(iter(samples.values()))), known)
    print(f"{len(known.by_id)} licences, {len(references().all)} references, {len(samples)} texts")
    print(f"slowest text: {slowest:.1f} ms (aim: at most {AIM_MS:.0f} ms)")
    print(f"not recognised: {missed}; changed texts taken for the original: {wrong} (aim: 0 and 0)")
    return int(slowest > AIM_MS or bool(missed) or bool(wrong))


def _milliseconds(text: str) -> float:
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        assess(LicenceText("", text), licences(load()))
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken)


def _ids(text: str) -> list[str]:
    return [reference.id for reference in identify(LicenceText("", text)).references]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
