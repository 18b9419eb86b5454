import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command

from accounts.models import Membership, Organisation, User
from events.models import Event

NEW_PASSWORD = "a wholly different passphrase"


def create(*extra, email="eva@example.org", name="Neue AG"):
    call_command("create_organisation", "--name", name, "--admin-email", email, *extra)


def link_in(text):
    return next(word for word in text.split() if word.startswith("http"))


def set_password(client, link):
    page = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    form = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    return client.post(page.redirect_chain[-1][0], form)


def test_the_printed_link_lets_the_first_admin_in(client, db, settings, capsys):
    create("--size-class", "sme", "--seat", "DE", "--kind", "public_authority")
    out = capsys.readouterr().out
    assert link_in(out).startswith(settings.SITE_URL)
    set_password(client, link_in(out))
    form = {"login": "eva@example.org", "password": NEW_PASSWORD}
    assert client.post("/account/login/", form).status_code == 302
    membership = Membership.objects.get(user=get_user(client))
    assert membership.is_admin
    assert membership.organisation.kind == Organisation.Kind.PUBLIC_AUTHORITY


@pytest.mark.parametrize(("language", "word"), [("en", "password"), ("de", "http")])
def test_the_link_is_mailed_on_request(db, mailoutbox, capsys, language, word):
    create("--send", "--language", language, "--admin-name", "Eva & Co")
    (mail,) = mailoutbox
    assert mail.to == ["eva@example.org"]
    assert word in mail.body
    assert "Eva & Co" in mail.body, "plain text is not escaped"
    assert link_in(mail.body)
    assert "reset" not in capsys.readouterr().out, "the link is not printed as well"


def test_a_second_call_changes_nothing_and_says_why(db, capsys):
    create()
    with pytest.raises(CommandError, match=r"Nothing was made\. slug: .*already exists") as failure:
        create()
    assert failure.value.returncode == 2
    assert (Organisation.objects.count(), User.objects.count(), Event.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"email": "not an address"}, "valid email"),
        ({"name": "漢字"}, "slug"),
        ({"name": ""}, "name"),
    ],
)
def test_wrong_arguments_end_with_two(db, arguments, word):
    with pytest.raises(CommandError, match=word) as failure:
        create(**arguments)
    assert failure.value.returncode == 2
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("option", [("--seat", "DEU"), ("--kind", "club"), ("--size-class", "xl")])
def test_wrong_options_make_nothing(db, option):
    with pytest.raises(CommandError):
        create(*option)
    assert not Organisation.objects.exists()


def test_someone_with_an_account_keeps_the_password(ana, capsys):
    create(email="ana@example.org")
    out = capsys.readouterr().out
    assert "has a password already" in out
    assert "http" not in out
