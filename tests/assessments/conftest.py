import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """A page asked for in German leaves its language behind, and services answer in it."""
    with translation.override("en"):
        yield
