from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.health import failures, notes


@never_cache
@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    problems = failures()
    answer = {
        "status": "unavailable" if problems else "ok",
        "problems": problems,
        "notes": {} if problems else notes(),
    }
    return JsonResponse(answer, status=503 if problems else 200)
