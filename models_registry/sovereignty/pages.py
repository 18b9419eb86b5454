"""The profile of a deployment as the page shows it; never a total unless somebody asks for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Actor, Membership, Role
from models_registry.checks.results import Strength
from models_registry.checks.sovereignty.deployment import Deployment as Given
from models_registry.checks.sovereignty.levels import HIGHEST
from models_registry.checks.sovereignty.profile import (
    Profile,
    by_objective,
    profile_of,
    weighted,
)
from models_registry.checks.sovereignty.telling import sovereignty_told
from models_registry.checks.words import Words
from models_registry.comparison.chooser import comparison_address
from models_registry.comparison.pages import mean_cell, span_words
from models_registry.comparison.words import fact_name, words
from models_registry.models import AIModel, Deployment, MinimumLevel
from models_registry.pages import MAY_REGISTER, address
from models_registry.sovereignty.deployment_forms import QUESTIONS, answer_words
from models_registry.sovereignty.knowledge import check_catalogue, knowledge_of

Page = dict[str, Any]

MAY_SET_MINIMUMS = (Role.ADMIN, Role.OFFICER)
_PERCENT = 100


def minimums_of(actor: Actor) -> dict[str, float]:
    """What the organisation asks of each dimension."""
    rows = MinimumLevel.objects.visible_to(actor)
    return dict(rows.values_list("dimension", "level"))


def deployment_page(deployment: Deployment, member: Membership, *, total: bool) -> Page:
    """A deployment with its profile, and what the member may do with it."""
    given = knowledge_of(deployment.model, deployment.answers)
    may = member.has_role(*MAY_REGISTER)
    return {
        "name": deployment.name,
        "operator": deployment.operator,
        "answers": _answers(deployment.answers),
        "edit_url": _to("deployment-edit", deployment.pk) if may else "",
        "remove_url": _to("deployment-remove", deployment.pk) if may else "",
        **_profile_page(given, deployment.model, member, total=total),
    }


def model_profile_page(model: AIModel, member: Membership, *, total: bool) -> Page:
    """The same for the model alone: what any deployment of it starts from."""
    may = member.has_role(*MAY_REGISTER) and not model.retired_at
    add = _to("deployment-register", model.pk) if may else ""
    return {
        "name": "",
        "add_url": add,
        **_profile_page(knowledge_of(model), model, member, total=total),
    }


def deployment_lines(model: AIModel, member: Membership) -> Page:
    """The deployments of a model for its page."""
    rows = Deployment.objects.visible_to(member).filter(model=model).order_by("name", "pk")
    may = member.has_role(*MAY_REGISTER) and not model.retired_at
    return {
        "rows": [
            {
                "name": row.name,
                "operator": row.operator,
                "hosting": answer_words("hosting", row.answers.get("hosting", "")),
                "url": _to("deployment-detail", row.pk),
            }
            for row in rows
        ],
        "profile_url": _to("model-sovereignty", model.pk),
        "add_url": _to("deployment-register", model.pk) if may else "",
        "compare_url": comparison_address([str(model.pk)], choose="1"),
        "replace_url": _to("model-replace", model.pk),
    }


def _profile_page(given: Given, model: AIModel, member: Membership, *, total: bool) -> Page:
    said, minimums = words(), minimums_of(member)
    profile = profile_of(given, minimums=minimums)
    told = sovereignty_told(given, said)
    return {
        "model": {"name": str(model), "url": address(model)},
        "gates": told["gates"],
        "stopped": bool(profile.stopped),
        "dimensions": [_dimension(one, profile, minimums, said) for one in told["dimensions"]],
        "objectives": _objectives(given, profile, said),
        "total": _total(given, profile) if total else None,
        "minimums_url": _to("minimum-levels") if member.has_role(*MAY_SET_MINIMUMS) else "",
    }


def _dimension(told: Page, profile: Profile, minimums: Mapping[str, float], said: Words) -> Page:
    name = told["id"]
    criteria = [_criterion(one, said) for one in told["criteria"]]
    strengths = [
        {"strength": each.name.lower(), "count": told["strengths"][each.name.lower()]}
        for each in reversed(Strength)
        if told["strengths"][each.name.lower()]
    ]
    least = minimums.get(name)
    return {
        **told,
        **mean_cell(profile.dimensions[name]),
        "criteria": criteria,
        "strength_counts": strengths,
        "bar": {
            "low": sum(one["low"] for one in criteria),
            "high": sum(one["high"] for one in criteria),
            "whole": HIGHEST * sum(one["asked"] for one in criteria),
        },
        "least": None if least is None else span_words(least, least),
        "reached": profile.minimums.get(name),
    }


def _criterion(told: Page, said: Words) -> Page:
    row = said.catalogue.section("sovereignty_criteria")[told["id"]]
    asked = told["state"] != "not_applicable"
    open_end = HIGHEST if asked else 0
    question = row.get("question")
    levels = (told["low"], told["high"])
    return {
        **told,
        "asked": asked,
        "low": told["low"] or 0,
        "high": open_end if told["high"] is None else told["high"],
        "number": _number(*levels),
        "sources": [_because(name, said) for name in told["because"]],
        "question": said.text(question) if question and told["state"] != "known" else "",
        "checks": row["checks"],
    }


def _number(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return ""
    return str(low) if low == high else f"{low}–{high}"


def _because(name: str, said: Words) -> str:
    """What a level rests on: a check, a fact, or an answer of the operator."""
    entry = said.catalogue.checks.get(name)
    if entry:
        return f"{name} {said.text(entry.title)}"
    if name in QUESTIONS:
        return str(QUESTIONS[name])
    if name in said.catalogue.section("sovereignty_criteria"):
        return _("stated by the operator")
    return fact_name(name, said)


def _objectives(given: Given, profile: Profile, said: Words) -> list[Page]:
    rows = said.catalogue.section("sovereignty_objectives")
    return [
        {
            "id": name,
            "title": said.text(rows[name]["title"]),
            "weight": rows[name]["weight"],
            "criteria": rows[name]["criteria"],
            **mean_cell(mean),
        }
        for name, mean in by_objective(given, profile).items()
    ]


def _total(given: Given, profile: Profile) -> Page:
    """What the weights of the framework come to; empty where an objective cannot be asked."""
    found = weighted(given, profile)
    if found is None:
        return {"low": "", "high": ""}
    low, high = (round(_PERCENT * one) for one in found)
    return {"low": low, "high": high, "whole": _PERCENT}


def _answers(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    said = words()
    rows = said.catalogue.section("sovereignty_criteria")
    listed = [
        (str(label), answer_words(name, answers[name]))
        for name, label in QUESTIONS.items()
        if name in answers
    ]
    stated = [(name, answers[name]) for name in rows if _is_level(answers.get(name))]
    return listed + [
        (said.text(rows[name]["title"]), f"{level}: {said.text(rows[name]['levels'][level])}")
        for name, level in stated
    ]


def _is_level(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HIGHEST


def _to(name: str, *keys: Any) -> str:
    return reverse(f"models_registry:{name}", args=keys)


def dimension_names() -> Iterable[str]:
    """The dimensions that a minimum can be asked of."""
    return check_catalogue().section("sovereignty_dimensions")
