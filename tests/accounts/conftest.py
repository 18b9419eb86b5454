import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_attempts_counted_yet():
    """The limits on attempts live in the cache, which outlasts a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def few_examples(settings):
    settings.EXAMPLE_LOADER = "tests.accounts.few_examples.load"
