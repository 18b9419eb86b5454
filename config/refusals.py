"""Pages for requests that Django would refuse with an empty or a bare answer."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.defaults import bad_request as without_context

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was typed can be shortened, so whoever typed too much is told so."""
    # Before sign-in has been looked at, there is nothing to make a whole page of.
    if isinstance(exception, TOO_LARGE) and hasattr(request, "user"):
        return render(request, "413.html", status=413)
    return without_context(request, exception)


class WrongMethodMiddleware:
    """An address that only takes what a button sends, typed into the browser, gets a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content and request.accepts("text/html"):
            response.content = render_to_string("405.html", request=request)
        return response
