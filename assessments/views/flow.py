"""What the views of decisions share: whose assessment it is, and how a refusal is told."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import Membership
from assessments.addresses import result_url
from assessments.decision_forms import DeedForm
from assessments.life import assessment_in_progress, shown_assessment
from assessments.models import Assessment
from assessments.services import StaleError

Result = TypeVar("Result")
P = ParamSpec("P")


def password_first(view: Callable[P, Result]) -> Callable[P, Result]:
    """Asks for the password again before something is signed; what was posted waits meanwhile."""
    return cast("Callable[P, Result]", reauthentication_required(view))


def in_progress(member: Membership, use_id: UUID) -> Assessment:
    """The assessment people work on; 404 for strangers and where there is none."""
    found = assessment_in_progress(member, use_id)
    if found is None:
        raise Http404
    return found


def worked_on_or_shown(member: Membership, use_id: UUID) -> Assessment:
    return assessment_in_progress(member, use_id) or shown_assessment(member, use_id)


def back_to(assessment: Assessment) -> HttpResponse:
    """Its page: the use's own, or one beside it while a decision still counts."""
    return redirect(result_url(assessment))


def done(form: DeedForm, do: Callable[..., Result]) -> Result | None:
    """What came of it; None where the form says why not, and keeps what was typed."""
    if not form.is_valid():
        return None
    try:
        return do(**form.values())
    except ValidationError as refusal:
        form.take_in(refusal)
    except StaleError:
        form.add_error(None, _changed_meanwhile())
    return None


def do_or_say(request: HttpRequest, do: Callable[[], Result], success: str) -> Result | None:
    """What came of it, with a message; None with the reason as a message."""
    try:
        result = do()
    except ValidationError as refusal:
        for text in refusal.messages:
            messages.error(request, text)
        return None
    except StaleError:
        messages.error(request, _changed_meanwhile())
        return None
    messages.success(request, success)
    return result


def _changed_meanwhile() -> str:
    return _("Somebody changed this assessment meanwhile. Look at it again first.")
