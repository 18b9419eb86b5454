from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import member_of, member_required
from assessments.law_in_use import catalogue
from assessments.pages import register_row
from assessments.register import RegisterAddress
from assessments.selectors import uses_retired
from models_registry.pages import MAY_REGISTER


@require_safe
@member_required
def use_list(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    filters = RegisterAddress(request, member)
    page, tiles = filters.page(), filters.tiles()
    may_register = member.has_role(*MAY_REGISTER)
    context = {
        "filters": filters,
        "total": filters.whole.total,
        "has_retired": not filters.whole.total and uses_retired(member).exists(),
        "dates_soon": filters.whole.days_within_a_year(timezone.localdate()),
        "law_version": catalogue().law_version,
        "tiles": tiles,
        "uses": [register_row(row, (get_language() or "en")[:2]) for row in page.rows],
        "page": page,
        "clear_url": reverse("assessments:use-list"),
        "create_url": reverse("assessments:use-register") if may_register else "",
        "example_url": reverse("assessments:example-list") if may_register else "",
    }
    return render(request, "assessments/use_list.html", context)
