import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Membership, Organisation, User
from assessments.examples import _in_words, _read
from assessments.models import Answer, Assessment
from events.verification import verify_chain
from models_registry.models import AIModel, AISystem, Supplier, UseCase
from tests.accounts.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.assessments.factories import EXAMPLES

FILES = sorted(EXAMPLES.glob("*.yaml"))


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def load(**options):
    out = StringIO()
    call_command("load_examples", stdout=out, **options)
    return out.getvalue()


def password_in(said):
    return re.search(r"with the password (\S+)", said)[1]


def counts():
    kept = (
        User,
        Membership,
        Organisation,
        Supplier,
        AIModel,
        AISystem,
        UseCase,
        Assessment,
        Answer,
    )
    return {model.__name__: model.objects.count() for model in kept}


@pytest.fixture
def two_examples(tmp_path):
    folder = tmp_path / "examples"
    folder.mkdir()
    for path in FILES[:2]:
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_every_example_becomes_an_assessed_use(db):
    assert f"{len(FILES)} examples loaded." in load()
    organisation = Organisation.objects.get(slug="example")
    assert organisation.is_example
    assert UseCase.objects.filter(organisation=organisation).count() == len(FILES)
    assert not Assessment.objects.filter(revision=1).exists()
    assert verify_chain(organisation.pk).fault is None


def test_the_examples_show_more_than_one_class(db):
    load()
    assert len(set(Assessment.objects.values_list("headline", flat=True))) >= 5


def test_a_second_time_keeps_everything(two_examples, db):
    first, kept = load(folder=two_examples), counts()
    Answer.objects.filter(question_id="organisation_kind").update(note="Ours.")
    second = load(folder=two_examples)
    assert "The example organisation is there, with its 2 examples." in second
    assert counts() == kept
    assert Answer.objects.filter(note="Ours.").count() == 2
    assert password_in(first) == password_in(second)


def test_an_example_that_was_added_later_is_loaded(two_examples, db):
    load(folder=two_examples)
    (two_examples / "third.yaml").write_bytes(FILES[2].read_bytes())
    assert "1 example loaded, 2 were there already." in load(folder=two_examples)


def test_the_password_opens_the_door_and_lies_in_a_file_for_the_owner_only(
    two_examples, var, client, db
):
    (var / "demo_password").touch(mode=0o644)
    password = password_in(load(folder=two_examples))
    assert client.login(email="demo@example.com", password=password)
    assert (var / "demo_password").read_text().strip() == password
    assert (var / "demo_password").stat().st_mode & 0o777 == 0o600


def test_a_password_that_was_changed_is_not_told(two_examples, db):
    load(folder=two_examples)
    user = User.objects.get(email="demo@example.com")
    user.set_password("something else entirely")
    user.save()
    assert "that you have set yourself" in load(folder=two_examples)
    assert User.objects.get().check_password("something else entirely")


@pytest.mark.parametrize("with_the_same_person", [False, True])
def test_an_organisation_of_that_name_which_is_not_the_example_is_left_alone(
    two_examples, db, with_the_same_person
):
    theirs = OrganisationFactory(slug="example")
    if with_the_same_person:
        MembershipFactory(organisation=theirs, user=UserFactory(email="demo@example.com"))
    with pytest.raises(CommandError, match="is not the example") as refused:
        load(folder=two_examples)
    assert refused.value.returncode == 2
    assert not UseCase.objects.exists()


def test_a_bad_file_is_named_and_nothing_is_half_loaded(two_examples, db):
    (two_examples / "z.yaml").write_text("use: {name: Chat}\n")
    with pytest.raises(CommandError, match=r"z\.yaml, line 1: 'use' needs 'purpose'") as refused:
        load(folder=two_examples)
    assert refused.value.returncode == 2
    assert not Organisation.objects.exists()


def test_a_folder_without_examples_is_named(tmp_path, db):
    with pytest.raises(CommandError, match="There is no example in"):
        load(folder=tmp_path)


def test_every_example_is_told_in_german_too():
    english = _read((path.stem for path in FILES), EXAMPLES)
    german = _in_words(english, EXAMPLES, "de")
    for name in english:
        assert german[name].answers == english[name].answers
        assert german[name].notes.keys() == english[name].notes.keys(), name
        assert german[name].purpose != english[name].purpose


def test_a_german_installation_gets_german_examples_once(db, settings, two_examples):
    german = two_examples / "de"
    german.mkdir()
    (german / "texts.yaml").write_bytes((EXAMPLES / "de" / "texts.yaml").read_bytes())
    settings.LANGUAGE_CODE = "de"
    assert "2 examples loaded." in load(folder=two_examples)
    assert Organisation.objects.get().name == "Beispielorganisation"
    assert UseCase.objects.filter(name="Stimmungsanzeige im Callcenter").exists()
    User.objects.update(language="en")
    assert "is there, with its 2 examples" in load(folder=two_examples)
