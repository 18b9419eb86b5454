"""Models beside each other, and what changes when one takes another's place."""


from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import member_of, member_required
from accounts.models import Actor
from models_registry.checks.comparison import LEAST, MOST
from models_registry.chooser import chooser_page, comparison_address
from models_registry.chosen import Chosen, NotHereError, chosen_models, keys_in
from models_registry.comparison_pages import comparison_page


@require_safe
@member_required
def comparison(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    keys = keys_in(request.GET.getlist("m"))
    chosen = chosen_or_404(member, keys)
    if "choose" in request.GET or not LEAST <= len(chosen) <= MOST:
        context = {"chooser": chooser_page(member, request.GET, chosen)}
        return render(request, "models_registry/comparison_choose.html", context)
    only = bool(request.GET.get("differences"))
    context = {
        "comparison": comparison_page(chosen, differences_only=only),
        "differences_only": only,
        "all_url": comparison_address(keys),
        "differences_url": comparison_address(keys, differences="1"),
        "choose_url": comparison_address(keys, choose="1"),
    }
    return render(request, "models_registry/comparison.html", context)


def chosen_or_404(actor: Actor, keys: list[str]) -> list[Chosen]:
    """What the keys of an address name; nobody learns whether a key is somebody else's."""
    try:
        return chosen_models(actor, keys)
    except NotHereError as missing:
        raise Http404 from missing
