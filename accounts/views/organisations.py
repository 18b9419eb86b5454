from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language as set_language_cookie

from accounts.access import (
    choose_membership,
    current_membership,
    member_of,
    member_required,
    memberships_of,
    require_role,
)
from accounts.countries import country_name
from accounts.forms import OrganisationForm, in_euro, posted
from accounts.models import Organisation, Role
from accounts.selectors import facts_known_since
from accounts.services import ProfileChangedError, set_language, update_organisation

KEEPERS = (Role.ADMIN, Role.OFFICER)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_choose(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        choose_membership(request, request.POST.get("organisation", ""))
        return HttpResponseRedirect(next_page(request, request.POST.get("next", "")))
    page = {
        "memberships": memberships_of(request),
        "chosen": current_membership(request),
        "next": next_page(request, request.GET.get("next", "")),
    }
    return render(request, "accounts/organisation_choose.html", page)


@login_not_required
@require_POST
def language_set(request: HttpRequest) -> HttpResponseBase:
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        set_language(user=request.user, language=language)
    return set_language_cookie(request)


def next_page(request: HttpRequest, wanted: str) -> str:
    """Where to go on, if that is a page of ours."""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else settings.LOGIN_REDIRECT_URL


@require_safe
@member_required
def organisation_profile(request: HttpRequest) -> HttpResponse:
    """The facts about the organisation, for everyone who works for it."""
    member = member_of(request)
    page = {**_facts(member.organisation), "is_keeper": member.has_role(*KEEPERS)}
    return render(request, "accounts/organisation_profile.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def organisation_change(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    require_role(member, *KEEPERS)
    organisation = member.organisation
    form = OrganisationForm(posted(request), initial=_shown(organisation), seat=organisation.seat)
    if request.method == "POST" and form.is_valid() and _kept(request, form):
        messages.success(request, _("The facts about your organisation are saved."))
        return HttpResponseRedirect(reverse("accounts:organisation-profile"))
    page = {"form": form, "conflict": form.non_field_errors(), **_facts(member.organisation)}
    return render(request, "accounts/organisation_change.html", page)


def _facts(organisation: Organisation) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "seat": country_name(organisation.seat),
        "turnover": in_euro(organisation.turnover),
        "known_since": facts_known_since(organisation),
    }


def _shown(organisation: Organisation) -> dict[str, Any]:
    checked = organisation.profile_checked_at
    return {
        "seen": checked.isoformat() if checked else "",
        "name": organisation.name,
        "kind": organisation.kind,
        "size_class": organisation.size_class,
        "seat": organisation.seat,
        "turnover": in_euro(organisation.turnover),
    }


def _kept(request: HttpRequest, form: OrganisationForm) -> bool:
    member = member_of(request)
    facts = dict(form.cleaned_data)
    try:
        update_organisation(
            organisation=member.organisation,
            by=member.user,
            seen=_moment(facts.pop("seen")),
            **facts,
        )
    except ProfileChangedError:
        _show_the_conflict(request, form)
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


def _show_the_conflict(request: HttpRequest, form: OrganisationForm) -> None:
    """What was typed stays; saving once more puts it over what the colleague wrote."""
    member_of(request).organisation.refresh_from_db()
    data = request.POST.copy()
    data["seen"] = _shown(member_of(request).organisation)["seen"]
    form.data = data
    form.add_error(
        None,
        _(
            "A colleague changed these facts while you were writing. Compare with what is stored "
            "now, below. If you save again, yours count."
        ),
    )


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None
