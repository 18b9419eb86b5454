"""What was typed while the session had ended, kept until the same person has signed in again.

It is shown to them then and sent only when they say so, so nothing happens behind their back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.access import SESSION_KEY
from accounts.models import User

KEPT_FOR = 30 * 60
MOST_BYTES = 64 * 1024
MOST_FIELDS = 500
# Names the kept form in the one that sends it again; starts like no field of ours.
FIELD = "_kept"
COOKIE = "last_person"
SALT = "accounts.keeping"
OURS = {"csrfmiddlewaretoken", FIELD}
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
SECRET = re.compile(r"passw|secret|token|api_?key", re.IGNORECASE)
# Keys, numbers and days of hidden fields: sent again, but nothing that a person wrote.
TECHNICAL = re.compile(r"[0-9a-f-]{32,36}|\d+|\d{4}-\d\d-\d\d(T[\d:.+Z]*)?|on|", re.IGNORECASE)
# What people type most, as the forms call it.
FIELD_WORDS = {
    "name": _("name"),
    "purpose": _("what it does"),
    "unit": _("unit"),
    "affected_persons": _("affected persons"),
    "version": _("version"),
    "licence": _("licence"),
    "country": _("country"),
    "email": _("e-mail address"),
    "reason": _("reason"),
    "note": _("note"),
}
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Fields = list[tuple[str, list[str]]]


def never_kept(view: View) -> View:
    """For a view whose form must be filled in anew: nothing of it is kept or shown again."""
    view.never_kept = True  # type: ignore[attr-defined]
    return view


@dataclass(frozen=True)
class KeptPost:
    """A form as it was sent: whose, for which organisation, to which page, from which page."""

    person: str
    organisation: str
    path: str
    opened: str
    fields: Fields


def keep(request: HttpRequest) -> UUID | None:
    """Keep the form for the last person of this browser; None where that must not be done."""
    person, _colon, organisation = last_person(request).partition(":")
    fields = fields_typed(request) if person else None
    if fields is None:
        return None
    token = uuid4()
    kept = KeptPost(person, organisation, request.get_full_path(), _opened(request), fields)
    cache.set(_place(token), kept, KEPT_FOR)
    return token


def kept_for(user: User | AnonymousUser, token: UUID) -> KeptPost | None:
    """The kept form, if it is this person's and there still."""
    kept: KeptPost | None = cache.get(_place(token))
    return kept if kept and kept.person == str(user.pk) else None


def forget(user: User | AnonymousUser, token: str) -> None:
    """Drop a kept form of this person once it has arrived."""
    try:
        place = UUID(token)
    except ValueError:
        return
    if kept_for(user, place):
        cache.delete(_place(place))


def needs_sign_in(view: Callable[..., Any]) -> bool:
    return bool(getattr(view, "login_required", True))


def fields_typed(request: HttpRequest) -> Fields | None:
    """The form's fields; None for one that is secret, has files, is too long or is not ours."""
    match = request.resolver_match
    if match is None or not needs_sign_in(match.func) or getattr(match.func, "never_kept", False):
        return None
    if request.content_type not in FORMS or _size(request) > MOST_BYTES or request.FILES:
        return None
    fields = [
        (name, [str(value) for value in values])
        for name, values in request.POST.lists()
        if name not in OURS
    ]
    if len(fields) > MOST_FIELDS or any(SECRET.search(name) for name, _values in fields):
        return None
    return fields


def in_words(fields: Fields) -> list[dict[str, str]]:
    """What the person wrote or chose, under the names of the fields."""
    return [
        {"label": _label(name), "text": value}
        for name, values in fields
        for value in values
        if not TECHNICAL.fullmatch(value)
    ]


def _label(name: str) -> str:
    words = re.sub(r"[\W_]+", " ", name).strip()
    return capfirst(str(FIELD_WORDS.get(name, words))) or name


def is_by_script(request: HttpRequest) -> bool:
    """Whether a script sends it, which cannot follow to a page for signing in."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def is_from_our_page(request: HttpRequest) -> bool:
    """Whether the browser says that the form was on a page of ours."""
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(sender)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())


def last_person(request: HttpRequest) -> str:
    """Who was signed in last in this browser, with their organisation: "person:organisation"."""
    return str(request.get_signed_cookie(COOKIE, default="", salt=SALT))


def remember_person(request: HttpRequest, response: HttpResponseBase) -> None:
    """Note who is signed in, for as long as the browser stays open; the session may end before."""
    value = f"{request.user.pk}:{request.session.get(SESSION_KEY, '')}"
    if last_person(request) != value:
        response.set_signed_cookie(
            COOKIE,
            value,
            salt=SALT,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def _opened(request: HttpRequest) -> str:
    """The page of ours on which the form was, as a path."""
    referer = request.headers.get("Referer", "")
    if not referer or not is_from_our_page(request):
        return ""
    path = urlsplit(referer).path
    # Two slashes would name another host.
    return path if path.startswith("/") and not path.startswith("//") else ""


def _size(request: HttpRequest) -> int:
    try:
        return int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return MOST_BYTES + 1


def _place(token: UUID) -> str:
    return f"kept-post:{token}"
