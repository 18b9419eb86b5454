"""A card of a model or a data set: its front matter, and the text below it."""

import re
from dataclasses import dataclass, field

from models_registry.checks.context import Context
from models_registry.checks.material import Entry, Material
from models_registry.checks.readers.loose_yaml import Loose, read_loosely, texts_of
from models_registry.checks.readers.source_text import SourceText, read_source
from models_registry.checks.results import Proof

LONGEST = 1 << 20
_FENCE = re.compile(r"^\s{0,100}---[ \t]*\r?\n(.{0,262144}?)^---[ \t]*$", re.DOTALL | re.MULTILINE)

_DATA_FOLDER = re.compile(r"(?:^|/)(?:data|datasets?)[^/]*/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Card:
    """One card; ``body`` is where the text begins that is no front matter."""

    entry: Entry
    text: SourceText
    front: Loose = field(default_factory=Loose)
    body: int = 0

    def one(self, key: str) -> str:
        """The text under a key of the top level, the first where there is a list."""
        return next(iter(self.many(key)), "")

    def many(self, key: str) -> tuple[str, ...]:
        """All texts under a key; of a mapping its keys."""
        return texts_of(self.front.keys.get(key))

    def proof(self, key: str, quote: str = "") -> Proof:
        """Where a key stands."""
        line = self.front.lines.get((key,))
        return Proof(self.text.path, (quote or key)[:300], line, sha256=self.text.sha256)


def card_of(context: Context) -> Card | None:
    """The model's card, or None where there is none; ask with ``context.once(card_of)``."""
    named = context.material.named("README.md", "MODEL_CARD.md", "MODELCARD.md")
    cards = sorted(
        (entry for entry in named if not in_data_folder(entry.path)),
        key=lambda entry: (entry.path.count("/"), entry.path.lower()),
    )
    return read_card(context.material, cards[0]) if cards else None


def in_data_folder(path: str) -> bool:
    """Whether a file lies among data sets and so describes one of them, not the model."""
    return bool(_DATA_FOLDER.search(path))


def read_card(material: Material, entry: Entry) -> Card | None:
    """One file as a card; None where it is no text."""
    content = material.read(entry, at_most=LONGEST + 1)
    text = read_source(content, path=entry.path, sha256=entry.sha256, at_most=LONGEST)
    if text is None:
        return None
    found = _FENCE.match(text.text)
    if not found:
        return Card(entry, text)
    front = read_loosely(found[1], first_line=text.line(found.start(1)))
    return Card(entry, text, front, found.end())
