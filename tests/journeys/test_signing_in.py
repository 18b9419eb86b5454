import re

import pytest
from playwright.sync_api import expect

from tests.accounts.factories import PASSWORD

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_person_signs_in_and_out(page, watch, live_server, ana, language, width):
    ana.user.language = language
    ana.user.save()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/")
    watch.finds_no_fault()
    page.locator("[name=login]").fill(ana.user.email)
    page.locator("[name=password]").fill("not the password")
    page.locator("main [type=submit]").click()
    watch.finds_no_fault()
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main [type=submit]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page).not_to_have_url(re.compile("/account/login/"))
    watch.finds_no_fault()
