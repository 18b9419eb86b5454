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
CACHE_OF_ALL = "_memberships"
P = ParamSpec("P")


def memberships_of(request: HttpRequest) -> list[Membership]:
    """All that the signed-in person may choose from, looked up once."""
    if not hasattr(request, CACHE_OF_ALL):
        setattr(request, CACHE_OF_ALL, _find_memberships(request))
    found: list[Membership] = getattr(request, CACHE_OF_ALL)
    return found


def _find_memberships(request: HttpRequest) -> list[Membership]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    rows = Membership.objects.in_force().filter(user=user)
    return list(rows.select_related("organisation", "user").order_by("organisation__name", "pk"))


def current_membership(request: HttpRequest) -> Membership | None:
    """The one chosen in this session, or the only one; None: there is none, or still a choice."""
    if not hasattr(request, CACHE):
        setattr(request, CACHE, _find_membership(request))
    found: Membership | None = getattr(request, CACHE)
    return found


def _find_membership(request: HttpRequest) -> Membership | None:
    memberships = memberships_of(request)
    chosen = request.session.get(SESSION_KEY) if memberships else None
    for membership in memberships:
        if str(membership.organisation_id) == chosen:
            return membership
    # An example beside the only organisation leaves nothing to choose.
    own = [row for row in memberships if not row.organisation.example_of_id]
    return own[0] if len(own) == 1 else None


def choose_membership(request: HttpRequest, organisation_id: str) -> Membership:
    """Keep the choice in the session; 404 for an organisation the person is no member of."""
    for membership in memberships_of(request):
        if str(membership.organisation_id) == organisation_id:
            enter(request, membership)
            return membership
    raise Http404


def enter(request: HttpRequest, membership: Membership) -> None:
    """From now on this person works for that organisation, for as long as the session lasts."""
    request.session[SESSION_KEY] = str(membership.organisation_id)
    setattr(request, CACHE, membership)
    if hasattr(request, CACHE_OF_ALL):
        delattr(request, CACHE_OF_ALL)


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
