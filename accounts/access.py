"""Which organisation a request is about, and what the person may do in it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from accounts.models import Membership, Role

SESSION_KEY = "organisation"
CACHE = "_membership"
P = ParamSpec("P")


def memberships_of(request: HttpRequest) -> list[Membership]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    rows = Membership.objects.in_force().filter(user=user)
    return list(rows.select_related("organisation", "user").order_by("organisation__name", "pk"))


def current_membership(request: HttpRequest) -> Membership | None:
    """The membership chosen in this session, or the only one; None: none, or still to be chosen."""
    if not hasattr(request, CACHE):
        setattr(request, CACHE, _find_membership(request))
    found: Membership | None = getattr(request, CACHE)
    return found


def _find_membership(request: HttpRequest) -> Membership | None:
    memberships = memberships_of(request)
    if len(memberships) == 1:
        return memberships[0]
    chosen = request.session.get(SESSION_KEY) if memberships else None
    return next((row for row in memberships if str(row.organisation_id) == chosen), None)


def choose_membership(request: HttpRequest, organisation_id: str) -> Membership:
    """Keep the choice in the session; 404 for an organisation the person is no member of."""
    for membership in memberships_of(request):
        if str(membership.organisation_id) == organisation_id:
            request.session[SESSION_KEY] = organisation_id
            setattr(request, CACHE, membership)
            return membership
    raise Http404


def member_required(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Sends people who have yet to choose an organisation to the page where they do."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if current_membership(request) is None:
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('accounts:organisation-choose')}?{query}")
        return view(request, *args, **kwargs)

    return guarded


def member_of(request: HttpRequest) -> Membership:
    """The membership that `member_required` has made sure of."""
    membership = current_membership(request)
    if membership is None:
        raise Http404
    return membership


def require_role(membership: Membership, *roles: Role | str) -> None:
    """403 for a colleague who lacks every one of the roles; strangers got their 404 before."""
    if not membership.has_role(*roles):
        raise PermissionDenied
