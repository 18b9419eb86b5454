"""Who belongs to the organisation; only its admins change that."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_of, member_required, require_role
from accounts.belongings import belongings_of
from accounts.forms import HeirForm, RolesForm, posted
from accounts.models import Membership, Role, User
from accounts.paging import page_of
from accounts.selectors import former_members_of, members_of, pending_invitations_of
from accounts.services import change_roles, remove_member


@require_safe
@member_required
def member_list(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    page = page_of(members_of(member), request, by="user__email")
    return render(
        request,
        "accounts/member_list.html",
        {
            "members": page.rows,
            "previous_url": page.previous_url,
            "next_url": page.next_url,
            "is_admin": member.has_role(Role.ADMIN),
            "roles": list(Role),
            "now": timezone.now(),
            **(_for_admins(member) if member.has_role(Role.ADMIN) else {}),
        },
    )


MOST_SHOWN = 100


def _for_admins(member: Membership) -> dict[str, Any]:
    return {
        "invitations": pending_invitations_of(member)[:MOST_SHOWN],
        "former": former_members_of(member).order_by("user__email")[:MOST_SHOWN],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def member_change(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    person = _colleague(request, membership_id)
    form = RolesForm(posted(request), initial={"roles": [*person.roles]})
    if request.method == "POST" and form.is_valid():
        try:
            change_roles(membership=person, by=_user(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error("roles", error)
        else:
            messages.success(request, _("The roles of %(who)s are saved.") % {"who": person.user})
            return HttpResponseRedirect(reverse("accounts:member-list"))
    return render(request, "accounts/member_change.html", {"person": person, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def member_remove(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    person = _colleague(request, membership_id)
    owned = belongings_of(person)
    colleagues = members_of(member_of(request)).exclude(pk=person.pk).order_by("user__email")
    form = HeirForm(posted(request), colleagues=colleagues, required=bool(owned))
    if request.method == "POST" and form.is_valid():
        try:
            remove_member(membership=person, by=_user(request), heir=form.cleaned_data["heir"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(who)s no longer has access.") % {"who": person.user})
            return HttpResponseRedirect(reverse("accounts:member-list"))
    page = {"person": person, "form": form, "owned": owned}
    return render(request, "accounts/member_remove.html", page)


def _colleague(request: HttpRequest, membership_id: UUID) -> Membership:
    """404 for whoever is not of this organisation, then 403 for whoever may not change it."""
    member = member_of(request)
    found = get_object_or_404(members_of(member).select_related("organisation"), pk=membership_id)
    require_role(member, Role.ADMIN)
    return found


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
