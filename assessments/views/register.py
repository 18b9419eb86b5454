from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import member_of, member_required
from accounts.paging import page_of
from assessments.law_in_use import catalogue
from assessments.pages import TIERS, days_within_a_year, register_row, register_tiles
from assessments.selectors import assessments_in_register


@require_safe
@member_required
def use_list(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    language = (get_language() or "en")[:2]
    chosen = request.GET.get("tier", "")
    rows = assessments_in_register(member)
    if chosen in TIERS:
        rows = rows.filter(headline=chosen)
    page = page_of(rows, request, by="use_case__name")
    tiles = register_tiles(member, chosen)
    context = {
        "total": sum(tile["count"] for tile in tiles),
        "dates_soon": days_within_a_year(member, timezone.localdate()),
        "law_version": catalogue().law_version,
        "tiles": tiles,
        "filter_tier": chosen if chosen in TIERS else "",
        "clear_url": reverse("assessments:use-list"),
        "uses": [register_row(assessment, language) for assessment in page.rows],
        "previous_url": page.previous_url,
        "next_url": page.next_url,
    }
    return render(request, "assessments/use_list.html", context)
