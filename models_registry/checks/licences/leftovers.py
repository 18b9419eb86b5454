"""Which words around a licence say nothing: titles, copyright lines, identifiers."""

import re

_LONGEST_NOTICE = 30
_COPYRIGHT = re.compile(r"^(?:portions )?(?:copyright|c \d{4}|(?:19|20)\d\d)\b")
_RESERVED = re.compile(r"^(?:and )?all rights reserved$")
_IDENTIFIER = re.compile(
    r"^(?:spdx license identifier|license|licence|licensed under"
    r"|this (?:project|model|software|work) is licensed under) (?:the )?(?P<title>.{1,80})$"
)
_FILE_NAME = re.compile(r"^(?:license|licence|copying|notice)(?: (?:md|txt|rst|file))?$")
# Whatever holds one of these words may ask something of somebody.
_ASKING = re.compile(
    r"\b(?:shall|must|may|can|will|should|not|no|unless|if|except|provided|provides|subject|require"
    r"[ds]?|prohibit\w*|restrict\w*|forbid\w*|only|commercial\w*|noncommercial|research|revenue|users?"
    r"|monthly|display\w*|permission|permitted|written|terms|conditions?|agree\w*|exclud\w*|military"
    r"|fee|pay\w*|royalt\w*|policy|territory|modified|modification|amend\w*|addition\w*|exception|with"
    r"|without|for|when|where|use|used|uses|using|nicht|nur)\b"
)


def is_harmless(words: tuple[str, ...], titles: frozenset[str], *, in_gap: bool = False) -> bool:
    """Whether the words ask nothing of anybody and change nothing."""
    line = " ".join(words)
    if not line or line in titles or _FILE_NAME.match(line):
        return True
    if in_gap:
        return not _ASKING.search(line)
    if identifier := _IDENTIFIER.match(line):
        return identifier["title"].removesuffix(" license") in _short(titles)
    return _is_notice(_without_title(line, titles), len(words))


def _without_title(line: str, titles: frozenset[str]) -> str:
    # Where lines were joined, the notice follows the title on one line.
    for title in sorted(titles, key=len, reverse=True):
        if line.startswith(f"{title} "):
            return line.removeprefix(f"{title} ")
    return line


def _is_notice(line: str, words: int) -> bool:
    if _RESERVED.match(line):
        return True
    return bool(words <= _LONGEST_NOTICE and _COPYRIGHT.match(line) and not _ASKING.search(line))


def _short(titles: frozenset[str]) -> frozenset[str]:
    return frozenset(title.removesuffix(" license").removeprefix("the ") for title in titles)
