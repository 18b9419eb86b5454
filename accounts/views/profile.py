from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import memberships_of
from accounts.forms import ProfileForm, posted
from accounts.models import User
from accounts.services import update_profile


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The signed-in person's own page; it needs no organisation."""
    user = cast(User, request.user)
    shown = {"name": user.name, "language": user.language}
    form = ProfileForm(posted(request), initial=shown)
    if request.method == "POST" and form.is_valid():
        update_profile(user=user, **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Your profile is saved."))
        return HttpResponseRedirect(reverse("accounts:profile"))
    page = {"form": form, "memberships": memberships_of(request)}
    return render(request, "accounts/profile.html", page)
