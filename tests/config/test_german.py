"""Everything the pages say is there in German, and what is compiled is what is written."""

import re

import pytest
from babel.messages.mofile import read_mo
from django.template.loader import render_to_string
from django.utils import translation

from accounts.wording import ERRORS
from ops import german
from tests.accounts.factories import PASSWORD

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|</?\w+>")
INFORMAL = re.compile(r"\b([Dd](u|ein|eine|einen|einem|einer|eines|ir|ich))\b")
NEVER = re.compile(r"\bkonform(e[nrs]?)?\b|zertifiziert|hochriskant", re.IGNORECASE)


def strings(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def ids(message):
    return [message.id] if isinstance(message.id, str) else list(message.id)


def contents(catalog):
    return {(context(message), *ids(message)): tuple(strings(message)) for message in catalog}


def context(message):
    # Babel reads the context of a compiled catalogue as bytes.
    return message.context.decode() if isinstance(message.context, bytes) else message.context


@pytest.fixture(scope="module")
def catalog():
    return german.read()


def test_each_english_text_has_its_german(catalog):
    lacking = [
        message.id
        for message in german.texts()
        if message.id and not german.is_there(catalog, message)
    ]
    assert lacking == [], "add them with: make german"


def test_no_german_text_is_a_guess(catalog):
    assert [message.id for message in catalog if message.fuzzy] == []


def test_each_german_text_keeps_the_placeholders(catalog):
    for message in catalog:
        if message.id:
            for english, spoken in zip(ids(message), strings(message), strict=True):
                assert set(PLACEHOLDER.findall(spoken)) == set(PLACEHOLDER.findall(english))


def test_the_compiled_catalogue_is_current(catalog):
    with german.MO.open("rb") as file:
        compiled = contents(read_mo(file))
    written = contents(catalog)
    assert compiled.keys() == written.keys(), "compile it with: make german"
    assert {key for key in written if any(key[1:]) and written[key] != compiled[key]} == set()


def test_people_are_addressed_formally(catalog):
    spoken = [string for message in catalog for string in strings(message)]
    assert [string for string in spoken if INFORMAL.search(string)] == []


def test_the_words_we_avoid_are_avoided(catalog):
    spoken = [string for message in catalog if message.id for string in strings(message)]
    assert [string for string in spoken if NEVER.search(string)] == []


def test_errors_of_signing_in_are_our_own_in_both_languages():
    for error in ERRORS.values():
        with translation.override("de"):
            spoken = str(error)
        with translation.override("en"):
            assert spoken != str(error)


@pytest.mark.parametrize(
    ("tier", "word"),
    [
        ("prohibited", "Verboten"),
        ("high_risk_annex_i", "Hochrisiko"),
        ("high_risk_annex_iii", "Hochrisiko"),
        ("annex_iii_exempt_6_3", "Ausgenommen nach Art. 6 Abs. 3"),
        ("transparency_art_50", "Transparenz"),
        ("minimal", "Minimal"),
        ("out_of_scope", "Außerhalb"),
        ("not_a_system", "Kein KI-System"),
        ("open", "Noch offen"),
    ],
)
def test_each_class_has_its_german_word(tier, word):
    with translation.override("de"):
        assert word in render_to_string("components/class_tag.html", {"tier": tier})


def test_a_changed_password_is_told_by_mail_in_the_persons_language(signed_in, ana, mailoutbox):
    ana.user.language = "de"
    ana.user.save()
    new = "ein-ganz-neues-Passwort-7"
    change = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    signed_in(ana).post("/account/password/change/", change)
    (mail,) = mailoutbox
    assert mail.subject == "Ihr Passwort wurde geändert"
    assert "von der Adresse 127.0.0.1 aus" in mail.body
    assert "Wenn Sie das nicht waren" in mail.body


def test_no_german_text_is_left_over(catalog):
    wanted = german.texts()
    left_over = [
        message.id
        for message in catalog
        if message.id and wanted.get(message.id, message.context) is None
    ]
    assert left_over == [], "take them out of the catalogue"
