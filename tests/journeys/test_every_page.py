"""Every page, with example data, as people with different needs meet it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django.urls import reverse

from tests.journeys.places import NO_PAGE, NOTHING, a_world, routes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.looks]
SCRIPTS = AXE_SCRIPT + (Path(__file__).parent / "looking.js").read_text()
MORE_RULES = ("target-size", "label-content-name-mismatch")
RULES = {
    "rules": {name: {"enabled": True} for name in MORE_RULES},
    "resultTypes": ["violations"],
}
# What the width of a window and its colours can change.
LOOKS = {"runOnly": ["color-contrast", "target-size"], "resultTypes": ["violations"]}
# The same words for links in mails that are used up, wherever they led.
SHARED_TITLES = {"This link no longer works · Drawbridge", "You may not do this · Drawbridge"}
AXE = """options => axe.run(options).then(({violations}) => violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`)))"""


class Visit:
    """One browser window that goes from place to place, as whoever the place is for."""

    def __init__(self, page, world, url):
        self.page, self.world, self.url = page, world, url
        self.sessions = {name: session_of(user) for name, user in world.people.items()}
        self.complaints = []
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.context.on("request", self.see)

    def hear(self, message):
        if message.type in {"error", "warning"} and message.location["url"] != self.page.url:
            self.complaints.append(f"{message.text} at {message.location['url']}")

    def see(self, request):
        if urlsplit(request.url).netloc != urlsplit(self.url).netloc:
            self.complaints.append(f"asks another host: {request.url}")

    def go(self, place):
        self.complaints.clear()
        self.page.context.clear_cookies()
        if place.who != "stranger":
            cookie = {"name": "sessionid", "value": self.sessions[place.who], "url": self.url}
            self.page.context.add_cookies([cookie])
        answer = self.page.goto(place.path)
        self.page.evaluate(SCRIPTS)
        if answer.status != place.status:
            self.complaints.append(f"status {answer.status}")

    def axe(self, options):
        return self.page.evaluate(AXE, options)

    def ask(self, question):
        return self.page.evaluate(f"looking.{question}")


def session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


@pytest.fixture
def visit(new_context, live_server, ana, ben, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def begin(language, **options):
        world = a_world(ana, ben)
        for user in world.people.values():
            user.language = language
            user.save()
        context = new_context(
            locale=language, extra_http_headers={"Accept-Language": language}, **options
        )
        return Visit(context.new_page(), world, live_server.url)

    return begin


def looked_at(visit, look):
    """What is wrong, by place; empty where all is well."""
    found = {}
    for place in visit.world.places:
        visit.go(place)
        wrong = look(place)
        if wrong := [*visit.complaints, *wrong]:
            found[f"{place.name} {place.path} ({place.who})"] = wrong
    return found


def test_each_address_is_a_place_or_no_page(visit, signed_in, ana):
    listed, known = {place.name for place in visit("en").world.places}, dict(routes())
    assert set(known) - NO_PAGE == listed - {"404"}
    for name in NO_PAGE:
        answer = signed_in(ana).get(reverse(name, args=[NOTHING for _argument in known[name]]))
        assert answer.status_code != 200 or "html" not in answer["Content-Type"], name


def test_on_a_wide_screen_in_english(visit):
    visit, titles = visit("en", viewport={"width": 1280, "height": 720}), {}

    def look(place):
        titles.setdefault(visit.page.title(), set()).add(place.name)
        wrong = [*visit.ask("head('en')"), *visit.axe(RULES), *visit.ask("focus()")]
        visit.page.emulate_media(forced_colors="active")
        forced = [*visit.ask("focus()"), *visit.ask("selected()")]
        visit.page.emulate_media(forced_colors="none")
        return [*wrong, *(f"forced colours: {fault}" for fault in forced)]

    found = looked_at(visit, look)
    assert not found, shown(found)
    shared = {title for title, names in titles.items() if len(names) > 1}
    assert shared <= SHARED_TITLES
    assert {
        title for title in titles if not re.fullmatch(r"\w.{2,150} · Drawbridge", title)
    } == set()


def test_on_small_screens_in_german(visit):
    visit = visit("de", color_scheme="dark", reduced_motion="reduce")

    def look(place):
        wrong = [*visit.ask("head('de')"), *visit.ask("moves()"), *visit.ask("unkept()")]
        for width in (1280, 390, 320):
            visit.page.set_viewport_size({"width": width, "height": 480})
            wrong += [f"{width}: {fault}" for fault in visit.ask("cutOff()")]
            visit.ask("spaced(true)")
            wrong += [f"{width}, spaced: {fault}" for fault in visit.ask("cutOff()")]
            visit.ask("spaced(false)")
        return [*wrong, *visit.axe(LOOKS), *visit.ask("focus()")]

    found = looked_at(visit, look)
    assert not found, shown(found)


def shown(found):
    return "\n".join(f"{place}\n    " + "\n    ".join(wrong) for place, wrong in found.items())
