"""Choosing models to compare, from the own register and the starter catalogue."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Actor
from models_registry.checks.comparison import LEAST, MOST
from models_registry.checks.starter import starter
from models_registry.checks.starter_entries import StarterModel
from models_registry.comparison.chosen import Chosen
from models_registry.model_access import gated
from models_registry.models import AIModel
from models_registry.selectors import models_of, with_words
from models_registry.sovereignty.knowledge import check_catalogue

Page = dict[str, Any]

MOST_LISTED = 60
# Open weights from China, a closed service from America, an open model with open data from Europe.
WORKED_EXAMPLE = ("kimi-k2-thinking", "gpt-5", "apertus-70b")


def comparison_address(keys: Sequence[str], **more: str) -> str:
    """The address of a comparison; whoever of the organisation opens it sees the same."""
    query = urlencode([*(("m", key) for key in keys), *more.items()])
    return f"{reverse('models_registry:comparison')}?{query}"


def sheet_address(keys: Sequence[str]) -> str:
    """The same comparison as a workbook."""
    query = urlencode([("m", key) for key in keys])
    return f"{reverse('models_registry:comparison-sheet')}?{query}"


def example_comparison() -> str:
    """A comparison that needs nothing of one's own."""
    return comparison_address(WORKED_EXAMPLE)


def chooser_page(actor: Actor, query: QueryDict, chosen: Sequence[Chosen]) -> Page:
    """What can be chosen, and what is chosen already, however the search narrows the rest."""
    text = query.get("q", "").strip()[:200]
    taken = {one.key for one in chosen}
    own, more = own_models(actor, text, without=taken)
    return {
        "q": text,
        "chosen": [_option(one.key, one.name, one.provider, True) for one in chosen],
        "own": own,
        "more": more,
        "catalogue": catalogue_models(text, without=taken),
        "fault": _fault(len(chosen)) if "choose" not in query and chosen else "",
        "least": LEAST,
        "most": MOST,
        "example_url": example_comparison(),
    }


def own_models(
    actor: Actor, text: str, *, without: set[str] | frozenset[str] = frozenset()
) -> tuple[list[Page], bool]:
    """The first models of the register that the words fit, and whether there are more."""
    rows = with_words(models_of(actor).in_use(), text, "name", "version", "provider__name")
    listed = list(rows.in_order()[: MOST_LISTED + 1])
    options = [_own(row) for row in listed[:MOST_LISTED] if str(row.pk) not in without]
    return options, len(listed) > MOST_LISTED


def catalogue_models(text: str, *, without: set[str] | frozenset[str] = frozenset()) -> list[Page]:
    """Entries of the starter catalogue by provider, those that the words fit."""
    wanted = text.lower().split()
    groups: dict[str, list[Page]] = {}
    for entry in starter(check_catalogue()).models.values():
        said = f"{entry.name} {entry.provider.name}".lower()
        if entry.id not in without and all(word in said for word in wanted):
            groups.setdefault(entry.provider.name, []).append(_of_catalogue(entry))
    return [{"provider": name, "models": groups[name]} for name in sorted(groups, key=str.lower)]


def _own(row: AIModel) -> Page:
    provider = row.provider.name if row.provider else ""
    unknown = row.access == AIModel.Access.OPEN_WEIGHTS and gated(row) is None
    return _option(str(row.pk), str(row), provider, False, "weights" if unknown else row.access)


def _of_catalogue(entry: StarterModel) -> Page:
    return _option(
        entry.id, entry.name, entry.provider.name, False, entry.access or _weights(entry)
    )


def _weights(entry: StarterModel) -> str:
    """Of weights that can be had it may be unknown whether a gate stands before them."""
    stated = entry.values["weights_available"]
    return "weights" if stated and stated.value else ""


def _option(key: str, name: str, provider: str, chosen: bool, access: str = "") -> Page:
    word = str({**dict(AIModel.Access.choices), "weights": _("weights can be had")}.get(access, ""))
    return {"key": key, "name": name, "provider": provider, "chosen": chosen, "access": word}


def _fault(count: int) -> str:
    if count < LEAST:
        return _("One model is chosen. Choose at least one more to compare it with.")
    return ngettext(
        "%(n)d model is chosen. At most %(most)d can stand beside each other.",
        "%(n)d models are chosen. At most %(most)d can stand beside each other.",
        count,
    ) % {"n": count, "most": MOST}
