"""Newcomers try things out: a worked example, and an organisation to play with."""

import pytest

from tests.assessments.factories import a_full_assessment

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLE = "spam_filter"


def names(person):
    person.opens("/uses/")
    return person.page.locator("main tbody th a").all_inner_texts()


def test_an_example_is_opened_changed_and_thrown_away(at_work, ana, carla, either):
    own = a_full_assessment(ana, name="Our own")
    person = at_work(ana, **either)
    person.opens("/uses/examples/")
    person.posts(f"/uses/examples/{EXAMPLE}/open")
    use = person.path
    person.reads("Minimal")
    assert len(names(person)) == 2
    person.changes_an_answer(use, "interacts_with_people", True)
    person.opens(use)
    person.reads("Still open")
    stranger = at_work(carla)
    stranger.finds_nothing_at(person.met)
    person.opens(use)
    person.posts("/discard")
    assert names(person) == [own.use_case.name]
    person.finds_nothing_at([("GET", use)])


def test_an_organisation_to_play_with_is_as_at_the_start_again(at_work, ana, either):
    own = a_full_assessment(ana, name="Our own")
    person = at_work(ana, **either)
    person.opens("/organisation/example")
    person.presses(person.page.locator("main form [type=submit]"))
    at_the_start = names(person)
    assert len(at_the_start) > 3
    assert own.use_case.name not in at_the_start
    person.registers_a_use("A game", system="Toy")
    assert set(names(person)) == {*at_the_start, "A game"}
    person.opens("/organisation/example")
    person.posts("/organisation/example/reset")
    assert names(person) == at_the_start
    person.changes_organisation_in_the_menu()
    assert names(person) == [own.use_case.name]
