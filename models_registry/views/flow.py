"""What the views of the register share: who may do what, and how a form is saved."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts.access import member_of, require_role
from accounts.models import Membership
from models_registry.forms import EntryForm
from models_registry.models import RegisterRow
from models_registry.pages import MAY_REGISTER, MAY_RETIRE
from models_registry.services import StaleError, restore, retire

Form = TypeVar("Form", bound=EntryForm)
Row = TypeVar("Row", bound=RegisterRow)
# Buttons that ask for more to choose from; nothing is saved.
LOOKING = ("find_now", "more")


def registrar(request: HttpRequest) -> Membership:
    """The member, who may register and change; 403 for a colleague who may not."""
    member = member_of(request)
    require_role(member, *MAY_REGISTER)
    return member


def form_for(
    request: HttpRequest, form: Callable[..., Form], member: Membership, **given: Any
) -> Form:
    """Empty or filled from the register; bound once it was posted to be saved."""
    if request.method != "POST":
        return form(actor=member, **given)
    if any(name in request.POST for name in LOOKING):
        return form(actor=member, **given | {"initial": _as_typed(request.POST)})
    return form(request.POST, actor=member, **given)


def _as_typed(data: QueryDict) -> dict[str, Any]:
    """What a form held, of several ticked boxes all."""
    return {name: found if len(found) > 1 else found[0] for name, found in data.lists() if found}


def saved(form: EntryForm, save: Callable[..., Any], *, row: RegisterRow | None = None) -> Any:
    """What was saved; None with the reasons in the form, and what was typed kept."""
    if not form.is_valid():
        return None
    try:
        return save(**form.values())
    except ValidationError as refusal:
        form.take_in(refusal)
    except StaleError:
        if row is None:
            raise
        row.refresh_from_db()
        form.show_theirs(row, form.of(row))
    return None


def retire_or_restore(request: HttpRequest, row: Row, *, retired: bool) -> None:
    member = member_of(request)
    require_role(member, *MAY_RETIRE)
    if retired:
        retire(row=row, by=member.user)
        messages.success(request, _("Retired. It is hidden from lists and choices now."))
    else:
        restore(row=row, by=member.user)
        messages.success(request, _("Restored. It is back in lists and choices."))
