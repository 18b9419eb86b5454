import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from ops.system import chromium
from tests.left_out import leave_out

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
