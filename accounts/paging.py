"""Keyset pages: the next page begins after a row, so a long list costs no more than a short one."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

ROWS_ON_A_PAGE = 50
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class KeysetPage(Generic[Row]):
    """One page of rows and the addresses of its neighbours; empty where there is none."""

    rows: list[Row]
    previous_url: str
    next_url: str


def page_of(
    rows: QuerySet[Row],
    request: HttpRequest,
    *,
    by: str,
    newest_first: bool = False,
    shown: QuerySet[Any] | None = None,
    named_by: str = "pk",
) -> KeysetPage[Any]:
    """The page asked for with `after` or `before`, ordered by one field and then by key.

    `shown` says how the rows of the page are read, where finding them is dear; they may be rows of
    another table, which then name those that were found in the field `named_by`.
    """
    back = "before" in request.GET
    edge = _edge(rows, request.GET.get("before" if back else "after", ""), by)
    found = _beyond(rows, edge, by, downwards=back is not newest_first)
    listed = _rows_in_order(found, rows if shown is None else shown, named_by)
    more = len(listed) > ROWS_ON_A_PAGE
    listed = listed[:ROWS_ON_A_PAGE]
    if back:
        listed.reverse()
    # Coming from a neighbour proves that there is one on that side.
    has_previous, has_next = (more, edge is not None) if back else (edge is not None, more)
    return KeysetPage(
        listed,
        _address(request, before=getattr(listed[0], named_by)) if listed and has_previous else "",
        _address(request, after=getattr(listed[-1], named_by)) if listed and has_next else "",
    )


def _rows_in_order(found: QuerySet[Any], shown: QuerySet[Any], named_by: str) -> list[Any]:
    """The first rows found, and one more: sorting whole rows would cost more than asking twice."""
    keys = found.select_related(None).prefetch_related(None).values_list("pk", flat=True)
    wanted = list(keys[: ROWS_ON_A_PAGE + 1])
    rows = shown.order_by().filter(**{f"{named_by}__in": wanted})
    whole = {getattr(row, named_by): row for row in rows}
    return [whole[key] for key in wanted if key in whole]


def _edge(rows: QuerySet[Row], key: str, by: str) -> tuple[Any, UUID] | None:
    try:
        found = rows.order_by().filter(pk=UUID(key)).values_list(by, "pk").first()
    except ValueError:
        return None
    return found


def _beyond(
    rows: QuerySet[Row], edge: tuple[Any, UUID] | None, by: str, *, downwards: bool
) -> QuerySet[Row]:
    sign, side = ("-", "lt") if downwards else ("", "gt")
    rows = rows.order_by(f"{sign}{by}", f"{sign}pk")
    if edge is None:
        return rows
    value, key = edge
    return rows.filter(Q(**{f"{by}__{side}": value}) | Q(**{by: value, f"pk__{side}": key}))


def _address(request: HttpRequest, **place: UUID) -> str:
    kept = {name: value for name, value in request.GET.items() if name not in ("after", "before")}
    return f"?{urlencode(kept | {name: str(key) for name, key in place.items()})}"
