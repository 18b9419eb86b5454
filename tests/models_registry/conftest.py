import pytest


@pytest.fixture
def own(organisation):
    return {"organisation": organisation}


@pytest.fixture
def browser(signed_in, ana):
    return signed_in(ana)
