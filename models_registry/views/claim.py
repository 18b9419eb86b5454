from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import member_of, member_required
from models_registry.pages import sections
from models_registry.selectors import models_of
from models_registry.starter.claim_pages import CATALOGUE, REGISTER, claim_page, switch


@require_safe
@member_required
def open_and_closed(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    scope = request.GET.get("of", "")
    if scope not in (CATALOGUE, REGISTER):
        # An empty register has nothing to say; the catalogue has.
        scope = REGISTER if models_of(member).in_use().exists() else CATALOGUE
    context = {
        "claim": claim_page(member, scope),
        "switch": switch(scope),
        "sections": sections("open-and-closed"),
    }
    return render(request, "models_registry/open_and_closed.html", context)
