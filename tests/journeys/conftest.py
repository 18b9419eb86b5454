import pytest

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


def pytest_collection_modifyitems(items):
    for item in items:
        if "/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)
