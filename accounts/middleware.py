from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation


class SpokenLanguageMiddleware:
    """Pages in the language that the signed-in person chose, whatever the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)
