"""From a use in a sentence to an assessment that has begun."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.countries import MEMBER_STATES
from accounts.models import Membership, Organisation, User
from assessments.models import Assessment
from assessments.services.answering import start_assessment
from assessments.services.renewing import put_away
from models_registry.models import AIModel, AISystem, UseCase
from models_registry.services import (
    discard_example,
    register_system,
    register_use_case,
)


@transaction.atomic
def register_use_and_start(
    *,
    organisation: Organisation,
    by: User,
    on: date,
    name: str,
    purpose: str,
    unit: str = "",
    subject: AISystem | AIModel | None = None,
    new_system: str = "",
    supplier: str = "",
) -> Assessment:
    """The draft for a new use of a system, which is registered too where it is new."""
    use_case = register_use_case(
        organisation=organisation,
        by=by,
        name=name,
        purpose=purpose,
        subject=subject or _new_system(organisation, by, new_system, supplier),
        unit=unit,
    )
    answers = known_answers(use_case)
    notes = dict.fromkeys(profile_answers(organisation), _from_the_profile(organisation))
    return start_assessment(use_case=use_case, as_of=on, by=by, answers=answers, notes=notes)


def known_answers(use_case: UseCase) -> dict[str, Any]:
    """What registering has said already, as answers."""
    kind = "system" if use_case.system_id else "model"
    return {"subject_kind": kind, **profile_answers(use_case.organisation)}


def profile_answers(organisation: Organisation) -> dict[str, Any]:
    """The facts of the organisation as answers, once somebody has gone through them."""
    if organisation.profile_checked_at is None:
        return {}
    answers = {"organisation_kind": organisation.kind, "size_class": organisation.size_class}
    if organisation.seat:
        in_union = organisation.seat in MEMBER_STATES
        answers["seat"] = "union" if in_union else "third_country"
    return answers


@transaction.atomic
def throw_away_example(*, use_case: UseCase, by: Membership) -> bool:
    """Whether the example is gone; one that was decided or reported on is retired instead."""
    if not use_case.is_example:
        raise ValueError("Only a worked example is thrown away; retire the use instead.")
    assessments = list(use_case.assessments.all())
    if any(assessment.is_frozen for assessment in assessments):
        put_away(use_case, by)
        return False
    try:
        with transaction.atomic():
            use_case.assessments.all().delete()
            discard_example(use_case=use_case, by=by.user)
    except ProtectedError:
        put_away(use_case, by)
        return False
    return True


def _new_system(organisation: Organisation, by: User, name: str, supplier: str) -> AISystem:
    try:
        return register_system(organisation=organisation, by=by, name=name, supplier=supplier)
    except ValidationError as refusal:
        raise ValidationError({"new_system": refusal.messages}) from refusal


def _from_the_profile(organisation: Organisation) -> str:
    checked = organisation.profile_checked_at
    day = date_format(checked, "DATE_FORMAT") if checked else ""
    return _("From the facts of the organisation, checked on %(day)s.") % {"day": day}
