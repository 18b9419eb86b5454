"""One line of a document, whatever form it came in."""

import re
from dataclasses import dataclass

MOST_LINES = 60_000
LONGEST_LINE = 4_000
_MARK = re.compile(
    r"`{1,3}|(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w*])"
    r"|(?<!\w)_{1,2}|_{1,2}(?!\w)|<[^<>]{1,300}>|!?\[([^\[\]]{0,300})\]\([^()]{0,500}\)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``level`` is that of a heading and 0 otherwise, ``code`` says that it is quoted."""

    text: str
    number: int | None = None
    page: int | None = None
    level: int = 0
    code: bool = False

    @property
    def plain(self) -> str:
        """The words without marks of emphasis and links."""
        return _MARK.sub(lambda found: found[1] or "", self.text).strip()
