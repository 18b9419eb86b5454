"""Help, what this is, and how accessible it is: open to everyone, signed in or not."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role
from assessments.law_in_use import catalogue
from library.law_in_words import say

NOTICE = Path(settings.BASE_DIR) / "NOTICE"


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "library/help.html", {"people": list(Role)})


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    law = catalogue()
    sources = [
        {
            "title": say(source.title),
            "identifier": source.identifier,
            "kind": source.kind,
            "status": say(source.status),
            "url": source.url,
            "day": source.day,
        }
        for source in law.entries.sources.values()
    ]
    readings = [{"title": say(switch.title), "text": say(switch.text)} for switch in law.readings]
    page = {
        "digest": law.digest,
        "sources": sources,
        "readings": readings,
        "notice": NOTICE.read_text(encoding="utf-8"),
        "questions": len(law.entries.questions),
        "duties": len(law.entries.duties),
    }
    return render(request, "library/about.html", page)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    contact = settings.ACCESSIBILITY_CONTACT
    page = {"contact": contact, "contact_url": _link_to(contact)}
    return render(request, "library/accessibility.html", page)


def _link_to(contact: str) -> str:
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact else ""
