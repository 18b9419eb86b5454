"""T06: the list of domains that were crawled, so that a rightsholder can search it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models_registry.checks.context import Context
from models_registry.checks.material import Entry
from models_registry.checks.results import Fact, Proof, Result, Strength, Value, Verdict
from models_registry.checks.roles import Role
from models_registry.checks.summaries.template import summary
from models_registry.checks.supplied import unreadable

_FILES = ("*domain*.csv", "*domain*.txt", "*domain*.tsv")
_MOST_ROWS = 1_000_000
_LONGEST_LINE = 2048
_DOMAIN = re.compile(
    r"(?=.{4,253}$)(?:https?://)?(?:[a-z0-9_](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}"
    r"(?:[a-z]{2,24}|xn--[a-z0-9-]{2,58})/?$",
    re.IGNORECASE,
)
# Under these nobody is at home; the full list of such endings changes each week.
_SUFFIXES = frozenset(
    (
        "co.uk", "org.uk", "ac.uk", "gov.uk", "com.au", "net.au", "org.au", "co.jp", "ne.jp",
        "co.kr", "com.br", "com.cn", "co.nz", "co.za", "com.tr", "co.in", "com.mx", "com.pl",
        "com.tw", "github.io", "blogspot.com",
    )
)  # fmt: skip
_GOOD, _USABLE = 0.95, 0.6


@dataclass(slots=True)
class _Count:
    rows: int = 0
    good: int = 0
    twice: int = 0
    cut: bool = False


def t06_domains(context: Context) -> Result:
    """Whether the list can be read, and where our own domains stand in it."""
    entries = list(context.material.named(*_FILES))
    if not entries:
        return _without(context)
    entry = entries[0]
    own = {_bare(str(one)) for one in _claimed(context)}
    count, found = _counted(context, entry, own)
    if not count.rows:
        return Result("T06", Verdict.FAIL, "empty", values={"path": entry.path})
    share = count.good / count.rows
    values: dict[str, Value] = {
        "path": entry.path,
        "count": count.good,
        "rows": count.rows,
        "twice": count.twice,
        "searched": len(own),
        "own": tuple(sorted({quote for quote, _ in found})),
    }
    proofs = tuple(Proof(entry.path, q, line, sha256=entry.sha256) for q, line in found[:20])
    proofs = proofs or (Proof(entry.path, sha256=entry.sha256),)
    facts = (Fact("crawled_domains", count.good, Strength.VERIFIED, "T06", proof=proofs[0]),)
    verdict, reason = Verdict.FAIL, "unusable"
    if share >= _USABLE:
        good = share >= _GOOD and not count.cut
        verdict, reason = (Verdict.PASS, "usable") if good else (Verdict.PARTIAL, "faulty")
    return Result("T06", verdict, reason, Strength.VERIFIED, values, proofs, facts)


def _without(context: Context) -> Result:
    made = context.once(summary)
    if made is None:
        unread = unreadable(context, "T06", Role.SUMMARY)
        return unread or Result("T06", Verdict.NOT_CHECKABLE, "no_summary")
    crawled = made.answer("crawl_used")
    if crawled is False:
        return Result("T06", Verdict.NOT_APPLICABLE, "not_crawled")
    listed = made.fields.get("crawl_domains")
    places = (listed.proof,) if listed else ()
    if listed:
        return Result("T06", Verdict.PARTIAL, "only_named", Strength.DOCUMENTED, {}, places)
    return Result("T06", Verdict.FAIL, "none") if crawled else _unknown()


def _unknown() -> Result:
    return Result("T06", Verdict.NOT_CHECKABLE, "crawling_unknown")


def _counted(context: Context, entry: Entry, own: set[str]) -> tuple[_Count, list[tuple[str, int]]]:
    count, found = _Count(), []
    seen: set[int] = set()
    for number, domain in _domains(context, entry):
        count.rows += 1
        bare = _bare(domain)
        if not _DOMAIN.match(domain) or bare in _SUFFIXES:
            continue
        count.good += 1
        mark = hash(bare)
        count.twice += mark in seen
        seen.add(mark)
        if own and any(bare == one or bare.endswith(f".{one}") for one in own):
            found.append((domain[:300], number))
    count.cut = count.rows >= _MOST_ROWS - 1
    return count, found


def _domains(context: Context, entry: Entry) -> Iterator[tuple[int, str]]:
    separator = ","
    with context.material.open(entry) as file:
        for number in range(1, _MOST_ROWS + 1):
            line = file.readline(_LONGEST_LINE).decode("utf-8-sig", "replace")
            if not line:
                return
            if number == 1:
                separator = max(",;\t", key=line.count)
            cells = [cell.strip().strip('"') for cell in line.split(separator)]
            named = next(filter(_DOMAIN.match, cells), "")
            # The first line may say what stands in the columns.
            if named or (number > 1 and any(cells)):
                yield number, named or cells[0]


def _claimed(context: Context) -> tuple[Value, ...]:
    own = context.claims.get("own_domains")
    return own if isinstance(own, tuple) else ()


def _bare(domain: str) -> str:
    plain = domain.lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    return plain.removeprefix("www.")
