from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from accounts.keeping import FIELD, forget, is_by_script, needs_sign_in, remember_person
from accounts.views.keeping import kept_until_sign_in

# A form that was accepted leads on to a page; one with errors is shown again.
ARRIVED = {301, 302, 303}


class SpokenLanguageMiddleware:
    """Pages in the language that the signed-in person chose, whatever the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


class KeptPostMiddleware:
    """A form sent after the session has ended is kept; see `accounts.keeping`.

    It stands before LoginRequiredMiddleware, which would drop it, and after the check of CSRF.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            remember_person(request, response)
            if request.method == "POST" and response.status_code in ARRIVED:
                forget(request.user, request.POST.get(FIELD, ""))
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *arguments: Any
    ) -> HttpResponseBase | None:
        if request.method != "POST" or request.user.is_authenticated or not needs_sign_in(view):
            return None
        return HttpResponse(status=401) if is_by_script(request) else kept_until_sign_in(request)
