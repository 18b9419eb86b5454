from django.conf import settings
from django.http import HttpRequest

from assessments.law_in_use import catalogue


def about(request: HttpRequest) -> dict[str, str]:
    """What the footer says of this installation."""
    return {"app_version": settings.PRODUCT_VERSION, "law_version": catalogue().law_version}
