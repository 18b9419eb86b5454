"""What a browser fetches when somebody opens a page for the first time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bench.served.visitor import Answer, Visitor

_TAG = re.compile(r"<(link|script|img|source|iframe)\b([^>]*)>")
_TARGET = re.compile(r'\b(?:href|src)="([^"]+)"')
_IMPORT = re.compile(r"""\b(?:from|import)\s*\(?["']([^"']+)["']""")
_FACE = re.compile(r"@font-face\s*{([^}]*)}")
_URL = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
_RANGE = re.compile(r"unicode-range:\s*([^;}]+)")
_TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]+>", re.DOTALL)
# Links that name a page for people or another form of this one, and load nothing.
_NOT_LOADED = re.compile(r'rel="(canonical|alternate|author|help|license|next|prev)"')
HERE = "http://localhost:8000"


@dataclass
class FirstLoad:
    """Bytes by kind, as they go over the wire, and what would be asked of other hosts."""

    visitor: Visitor
    kept: dict[str, Answer] = field(default_factory=dict)

    def of(self, reader: Visitor, address: str) -> tuple[float, list[str]]:
        """Kilobytes of the page with all that it loads, and the addresses that are not ours."""
        page = reader.get(address)
        loaded = list(dict.fromkeys(self._loaded(page.text, urljoin(HERE, address))))
        ours = [target for target in loaded if target.startswith(HERE)]
        others = [target for target in loaded if not target.startswith(HERE)]
        size = page.wire + sum(self._fetched(target).wire for target in ours)
        return size / 1000, others

    def _fetched(self, target: str) -> Answer:
        if target not in self.kept:
            self.kept[target] = self.visitor.get(urlsplit(target).path)
        return self.kept[target]

    def _loaded(self, text: str, base: str) -> Iterator[str]:
        for tag, attributes in _TAG.findall(text):
            found = _TARGET.search(attributes)
            if found is None or (tag == "link" and _NOT_LOADED.search(attributes)):
                continue
            target = urljoin(base, found[1])
            yield target
            if target.endswith(".js"):
                yield from self._imported(target)
            elif target.endswith(".css"):
                yield from self._in_style(target, set(_TAGS.sub(" ", text)))

    def _imported(self, target: str) -> Iterator[str]:
        for name in _IMPORT.findall(self._fetched(target).text):
            inner = urljoin(target, name)
            yield inner
            yield from self._imported(inner)

    def _in_style(self, target: str, signs: set[str]) -> Iterator[str]:
        """Each typeface that has a sign of the page; which family sets it is not asked."""
        style = self._fetched(target).text
        for face in _FACE.findall(style):
            limits = _RANGE.search(face)
            if limits is None or any(_within(sign, limits[1]) for sign in signs):
                yield urljoin(target, _URL.findall(face)[-1])
        for name in _URL.findall(_FACE.sub("", style)):
            yield urljoin(target, name)


def _within(sign: str, limits: str) -> bool:
    """Whether a list such as U+0-FF, U+131 has the sign."""
    for part in limits.split(","):
        first, _, last = part.strip().upper().removeprefix("U+").partition("-")
        low, high = first.replace("?", "0"), (last or first).replace("?", "F")
        if int(low, 16) <= ord(sign) <= int(high, 16):
            return True
    return False
