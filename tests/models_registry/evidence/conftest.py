import pytest

from tests.models_registry.factories import AIModelFactory, AISystemFactory, SupplierFactory


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """What is stored lies in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def stored_names(media):
    """The files in the storage, by their names."""

    def names():
        return sorted(path.name for path in media.rglob("*") if path.is_file())

    return names


@pytest.fixture
def own(organisation):
    return {"organisation": organisation}


@pytest.fixture
def model(own):
    return AIModelFactory(
        name="Skald 3", provider=SupplierFactory(name="Norrvik AI AB", **own), **own
    )


@pytest.fixture
def system(own):
    return AISystemFactory(name="TalentRank", **own)


@pytest.fixture
def browser(signed_in, ana):
    return signed_in(ana)
