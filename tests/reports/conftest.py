import pytest

from reports import building, services
from tests.reports.factories import a_pdf


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def quick_pdf(monkeypatch):
    """Rendering that takes no time; what it was given is kept in the list."""
    given = []

    def to_pdf(html, *, snapshot, attachment):
        given.append(attachment)
        return a_pdf()

    monkeypatch.setattr(building, "to_html", lambda snapshot: "<p>")
    monkeypatch.setattr(building, "to_pdf", to_pdf)
    return given


@pytest.fixture
def sent(monkeypatch):
    """The ids of the reports whose task was handed to the broker, instead of a broker."""
    ids = []
    monkeypatch.setattr(services, "send_build", ids.append)
    return ids
