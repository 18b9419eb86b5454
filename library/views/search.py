from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import member_of, member_required
from library.results import results_page
from library.selectors import cleaned


@require_safe
@member_required
def search(request: HttpRequest) -> HttpResponse:
    text = cleaned(request.GET.get("q", ""))
    page = results_page(member_of(request), text, only=request.GET.get("kind", ""))
    return render(request, "library/search.html", page)
