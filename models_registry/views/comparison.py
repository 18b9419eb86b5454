"""Models beside each other, as a page and as a sheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import member_of, member_required
from accounts.models import Actor
from models_registry.checks.comparison import LEAST, MOST, compare
from models_registry.comparison.chooser import chooser_page, comparison_address, sheet_address
from models_registry.comparison.chosen import Chosen, NotHereError, by_name, chosen_models, keys_in
from models_registry.comparison.pages import comparison_page
from models_registry.exchange.comparison_sheet import comparison_sheet

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@member_required
def comparison(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    keys = keys_in(request.GET.getlist("m"))
    chosen = chosen_or_404(member, keys)
    if "choose" in request.GET or not LEAST <= len(chosen) <= MOST:
        chooser = chooser_page(member, request.GET, chosen)
        return render(request, "models_registry/comparison_choose.html", {"chooser": chooser})
    only = bool(request.GET.get("differences"))
    context = {
        "comparison": comparison_page(chosen, differences_only=only),
        "differences_only": only,
        "all_url": comparison_address(keys),
        "differences_url": comparison_address(keys, differences="1"),
        "choose_url": comparison_address(keys, choose="1"),
        "sheet_url": sheet_address(keys),
    }
    return render(request, "models_registry/comparison.html", context)


@require_safe
@member_required
def sheet(request: HttpRequest) -> HttpResponse:
    chosen = chosen_or_404(member_of(request), keys_in(request.GET.getlist("m")))
    if not LEAST <= len(chosen) <= MOST:
        raise Http404
    language = get_language() or "en"
    content = comparison_sheet(compare(by_name(chosen)), language=language, on=localdate())
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = 'attachment; filename="models-compared.xlsx"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def chosen_or_404(actor: Actor, keys: list[str]) -> list[Chosen]:
    """What the keys of an address name; nobody learns whether a key is somebody else's."""
    try:
        return chosen_models(actor, keys)
    except NotHereError as missing:
        raise Http404 from missing
