"""Help, about and the accessibility statement: open to everyone, in both languages."""

import pytest

from assessments.law_in_use import catalogue

PAGES = ["/help", "/about", "/accessibility"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_strangers_and_members_can_read_it(client, signed_in, ana, page, language):
    ana.user.language = language
    ana.user.save()
    for browser in (client, signed_in(ana)):
        answer = browser.get(page, headers={"Accept-Language": language})
        assert answer.status_code == 200
        assert f'<html lang="{language}">' in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_offered_no_page_behind_the_sign_in(client, db, page):
    text = client.get(page).text
    assert "app-nav__link" not in text
    assert 'role="search"' not in text


@pytest.mark.parametrize("page", ["/account/login/", "/uses/"])
def test_the_footer_leads_to_them(client, signed_in, ana, page):
    text = (signed_in(ana) if page == "/uses/" else client).get(page).text
    assert all(f'href="{path}"' in text for path in PAGES)


def test_about_names_each_source_with_its_status(client, db):
    text = client.get("/about").text
    for source in catalogue().entries.sources.values():
        assert source.identifier in text
    assert catalogue().digest in text
    assert "Source Sans 3" in text


@pytest.mark.parametrize(
    ("contact", "link"),
    [("access@example.org", 'href="mailto:access@example.org"'),
     ("https://example.org/barriers", 'href="https://example.org/barriers"')],
)  # fmt: skip
def test_the_statement_names_whom_to_tell(client, db, settings, contact, link):
    settings.ACCESSIBILITY_CONTACT = contact
    assert link in client.get("/accessibility").text


def test_a_contact_that_is_no_address_is_no_link(client, db, settings):
    settings.ACCESSIBILITY_CONTACT = "javascript:alert(1)"
    assert 'href="javascript' not in client.get("/accessibility").text


def test_without_a_contact_the_administrators_are_named(client, db, settings):
    settings.ACCESSIBILITY_CONTACT = ""
    assert "administrator of your organisation" in client.get("/accessibility").text
