import pytest

from law import load


@pytest.fixture(scope="session")
def catalogue():
    return load()
