import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from ops.system import chromium
from tests.accounts.factories import PASSWORD
from tests.beside import own_redis
from tests.journeys.person import Person
from tests.left_out import leave_out
from tests.living import EMAIL, Drawbridge, a_database_on

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# What is waited for comes; a machine with other work to do may need longer than five seconds.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session", autouse=True)
def queries_beside_the_browser():
    """Playwright keeps an event loop in the thread of the tests, where Django would not query."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = chromium()
    if path is None:
        leave_out("The journeys: no Chromium. On Debian: apt install chromium")
    return {**browser_type_launch_args, "executable_path": path, "args": QUIET}


@pytest.fixture(scope="session")
def base_url(live_server):
    """So that a journey says page.goto("/")."""
    return live_server.url


class Watch:
    """Watches a page: what a browser complains about is a fault, as is what axe finds."""

    def __init__(self, page):
        self.page = page
        self.complaints = []
        page.on("console", self.keep)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def keep(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.text} at {message.location['url']}")

    def finds_no_fault(self):
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()
        assert self.complaints == []
        # A page that is wider than its window has to be scrolled sideways.
        assert self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.fixture
def watch(page):
    return Watch(page)


def pytest_collection_modifyitems(items):
    for item in items:
        if "/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)


@pytest.fixture
def browse(new_context, live_server):
    """A page in a browser of its own, signed in as a member: `browse(ana, javascript=False)`."""

    def open_page(member=None, *, javascript=True, language="en", **options):
        context = new_context(java_script_enabled=javascript, locale=language, **options)
        if member:
            sign_in_by_cookie(context, member, live_server.url)
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    return open_page


def sign_in_by_cookie(context, member, url):
    client = Client()
    client.force_login(member.user)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}]
    )


@pytest.fixture(params=[("en", True), ("de", False)], ids=["en-scripts", "de-no scripts"])
def either(request):
    """Both languages, with and without scripts, in half as many runs as all pairs would take."""
    language, javascript = request.param
    return {"language": language, "javascript": javascript}


@pytest.fixture
def at_work(browse, live_server):
    """A member at a browser of their own, signed in: `at_work(ana, language="de")`."""

    def come(member, *, language="en", javascript=True):
        member.user.language = language
        member.user.save(update_fields=["language"])
        page = browse(member, language=language, javascript=javascript)
        person = Person(page, live_server.url, name=member.user.name, language=language)
        person.email, person.password = member.user.email, PASSWORD
        return person

    return come


# --- A product of its own, with a worker ----------------------------------------------------------


@pytest.fixture(scope="session")
def drawbridge(tmp_path_factory):
    """Web server and worker as real processes, on the kind of database of this run."""
    urls = {}
    if server := os.environ.get("DATABASE_URL"):
        urls["database_url"] = a_database_on(server)
    if server := os.environ.get("REDIS_URL"):
        # The tests in this process use the database that is named.
        urls["redis_url"] = own_redis(server, further=1)
    made = Drawbridge(tmp_path_factory.mktemp("drawbridge"), **urls)
    made.password = made.prepare()
    made.start_web()
    made.start_worker("one")
    yield made
    assert made.stop() == []


@pytest.fixture
def somebody(new_context, drawbridge):
    """A person at a browser of their own: `somebody("Ana", language="de", javascript=False)`."""

    def come(name, *, language="en", javascript=True, **options):
        context = new_context(java_script_enabled=javascript, locale=language, **options)
        page = context.new_page()
        page.set_default_timeout(20_000)
        return Person(page, drawbridge.url, name=name, language=language)

    return come


@pytest.fixture(scope="session")
def session_of_the_stranger(browser, drawbridge):
    """Signs in once for all journeys."""
    context = browser.new_context()
    person = Person(context.new_page(), drawbridge.url, name="Carla", password=drawbridge.password)
    person.signs_in(EMAIL)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def stranger(somebody, session_of_the_stranger):
    """Signed in, and a member of another organisation only."""
    return somebody("Carla", storage_state=session_of_the_stranger)


@pytest.fixture
def founder(somebody, drawbridge):
    """The first administrator of a new organisation, who has chosen a password and signed in."""

    def found(organisation, name="Ana", **browser):
        person = somebody(name, **browser)
        told = drawbridge.manage(
            "create_organisation", "--name", organisation, "--admin-name", name,
            "--admin-email", person.email, "--language", person.language,
        )  # fmt: skip
        person.chooses_a_password(re.search(r"http\S+", told)[0])
        person.signs_in()
        return person

    return found
