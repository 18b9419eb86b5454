"""From "Register a use" to an assessment that has begun, and worked examples to try."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, Role
from assessments.examples import offered_examples
from assessments.models import Answer, Assessment, Finding
from assessments.services import submit_for_review
from assessments.services.registering import throw_away_example
from events.models import Event
from models_registry.choosing import MOST_OFFERED
from models_registry.models import AIModel, AISystem, Supplier, UseCase
from models_registry.services import stamp
from reports.models import Report
from tests.accounts.factories import MembershipFactory
from tests.models_registry.factories import (
    AIModelFactory,
    AISystemFactory,
    SupplierFactory,
    UseCaseFactory,
)

REGISTER = reverse("assessments:use-register")
USES = reverse("assessments:use-list")
EXAMPLES = reverse("assessments:example-list")
TYPED = {"name": "Shortlist", "purpose": "Ranks applicants.", "unit": "HR"}


@pytest.fixture
def own(organisation):
    return {"organisation": organisation}


@pytest.fixture
def browser(signed_in, ana):
    return signed_in(ana)


def answers():
    return dict(Answer.objects.values_list("question_id", "value"))


def test_four_things_are_enough_to_begin(browser, ana):
    page = browser.post(REGISTER, TYPED | {"new_system": "TalentRank", "supplier_name": "Norrvik"})
    use = UseCase.objects.get()
    assert page.status_code == 302
    assert str(use.pk) in page.url
    assert (use.name, use.purpose, use.unit) == ("Shortlist", "Ranks applicants.", "HR")
    assert str(use.system) == "TalentRank"
    assert use.system.supplier.name == "Norrvik"
    assert Assessment.objects.get().use_case == use
    assert answers() == {"subject_kind": "system"}
    kinds = list(Event.objects.values_list("kind", flat=True))
    assert kinds == [
        "supplier.registered", "system.registered", "use_case.registered",
        "assessment.started", "assessment.answered",
    ]  # fmt: skip
    assert set(Event.objects.values_list("actor_id", flat=True)) == {ana.user_id}


def test_registering_leads_to_the_first_question(browser):
    page = browser.post(REGISTER, TYPED | {"new_system": "TalentRank"}, follow=True)
    assert page.redirect_chain[-1][0].endswith("/questions/output_basis/")
    assert "How does it get from its input to its output?" in page.text


def test_where_earlier_answers_may_hold_they_are_offered_first(browser):
    first = browser.post(REGISTER, TYPED | {"new_system": "TalentRank"})
    browser.post(first.url, {"value": "learned", "version": 0})
    again = TYPED | {"name": "Another job", "system": AISystem.objects.get().pk}
    page = browser.post(REGISTER, again, follow=True)
    assert page.redirect_chain[-1][0].endswith("/assessment/")
    assert "that you gave before may hold here, too" in page.text
    assert "It learned from data" in page.text


def test_a_system_of_the_register_is_chosen(browser, own):
    system = AISystemFactory(name="TalentRank", **own)
    page = browser.get(f"{REGISTER}?{urlencode({'system': system.pk})}")
    assert f'<option value="{system.pk}" selected>' in page.text
    assert browser.post(REGISTER, TYPED | {"system": system.pk}).status_code == 302
    assert UseCase.objects.get().system == system
    assert AISystem.objects.count() == 1


def test_a_model_is_registered_as_a_use_of_its_own(browser, own):
    model = AIModelFactory(name="Nordwort", **own)
    page = browser.get(f"{REGISTER}?{urlencode({'model': model.pk})}")
    assert "Nordwort" in page.text
    assert browser.post(REGISTER, TYPED | {"model": model.pk}).status_code == 302
    assert UseCase.objects.get().model == model
    assert answers() == {"subject_kind": "model"}


@pytest.mark.parametrize("field", ["system", "model"])
@pytest.mark.parametrize("key", ["theirs", "x", "\x00", "00000000-0000-0000-0000-000000000007"])
def test_a_row_of_others_is_unknown(browser, carla, field, key):
    factory = {"system": AISystemFactory, "model": AIModelFactory}[field]
    theirs = factory(name="Secret thing", organisation=carla.organisation)
    value = str(theirs.pk) if key == "theirs" else key
    page = browser.post(REGISTER, TYPED | {field: value})
    assert page.status_code == 200
    assert "not in your register" in page.text
    assert "Secret thing" not in page.text
    assert not UseCase.objects.exists()
    assert "Secret thing" not in browser.get(f"{REGISTER}?{urlencode({field: value})}").text


def test_nothing_is_suggested_of_others(browser, carla):
    other = {"organisation": carla.organisation}
    supplier = SupplierFactory(name="Secret supplier", **other)
    UseCaseFactory(unit="Secret unit", system__supplier=supplier, **other)
    assert "Secret" not in browser.get(REGISTER).text
    assert "Secret" not in browser.get(USES).text


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({}, "new_system"),
        ({"new_system": "Known"}, "new_system"),
        ({"name": "Taken", "new_system": "New"}, "name"),
        ({"name": "", "new_system": "New"}, "name"),
        ({"purpose": "", "new_system": "New"}, "purpose"),
        ({"name": "x" * 201, "new_system": "New"}, "name"),
        ({"purpose": "x" * 4001, "new_system": "New"}, "purpose"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_nothing_is_kept(browser, own, typed, at):
    UseCaseFactory(name="Taken", system=AISystemFactory(name="Known", **own), **own)
    page = browser.post(REGISTER, TYPED | {"supplier_name": "Norrvik"} | typed)
    assert page.context["form"].errors.keys() == {at}
    assert 'value="Norrvik"' in page.text
    assert UseCase.objects.count() == AISystem.objects.count() == 1
    assert not Supplier.objects.exists()
    assert not Event.objects.exists()


def test_a_system_and_a_new_one_are_not_both_meant(browser, own):
    system = AISystemFactory(**own)
    page = browser.post(REGISTER, TYPED | {"system": system.pk, "new_system": "Other"})
    assert page.context["form"].errors.keys() == {"new_system"}


def test_a_long_register_is_searched_without_losing_what_was_typed(browser, own):
    AISystem.objects.bulk_create(AISystem(name=f"S {n:03}", **own) for n in range(MOST_OFFERED + 5))
    last = AISystem.objects.get(name=f"S {MOST_OFFERED + 4}")
    assert str(last.pk) not in browser.get(REGISTER).text
    page = browser.post(REGISTER, TYPED | {"find": last.name, "find_now": "1"})
    assert str(last.pk) in page.text
    assert "Ranks applicants." in page.text
    assert not UseCase.objects.exists()
    # One that the list does not show is chosen all the same.
    assert browser.post(REGISTER, TYPED | {"system": last.pk}).status_code == 302


def test_hostile_text_is_kept_and_shown_as_text(browser):
    hostile = "<img src=x onerror=alert(1)>{{ 7|add:7 }}\"'"
    typed = {"name": hostile, "purpose": hostile, "unit": hostile, "new_system": hostile}
    page = browser.post(REGISTER, typed | {"supplier_name": hostile}, follow=True)
    for text in (page.text, browser.get(USES).text, browser.get(REGISTER).text):
        assert "<img src=x" not in text
        assert "&lt;img src=x" in text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REVIEWER, Role.APPROVER])
def test_who_only_reads_registers_nothing(signed_in, own, role):
    reader = signed_in(MembershipFactory(roles=[role], **own))
    assert REGISTER not in reader.get(USES).text
    assert reader.get(REGISTER).status_code == 403
    assert reader.post(REGISTER, TYPED | {"new_system": "X"}).status_code == 403
    assert reader.get(EXAMPLES).status_code == 403
    assert reader.post(reverse("assessments:example-open", args=["recruitment"])).status_code == 403
    assert not UseCase.objects.exists()


def test_facts_of_the_organisation_are_answered_once_somebody_went_through_them(
    browser, organisation
):
    browser.post(REGISTER, TYPED | {"new_system": "One"})
    assert answers() == {"subject_kind": "system"}
    Organisation.objects.filter(pk=organisation.pk).update(
        profile_checked_at=timezone.now(), kind="public_authority", size_class="sme", seat="CH"
    )
    browser.post(REGISTER, TYPED | {"name": "Two", "new_system": "Two"})
    second = Answer.objects.filter(assessment__use_case__name="Two")
    assert dict(second.values_list("question_id", "value")) == {
        "subject_kind": "system",
        "organisation_kind": "public_authority",
        "size_class": "sme",
        "seat": "third_country",
    }
    assert "checked on" in second.get(question_id="seat").note
    assert second.get(question_id="subject_kind").note == ""


def edit_url(use):
    return reverse("assessments:use-edit", args=[use.pk])


def typed_for(use, **changes):
    typed = {"name": use.name, "purpose": use.purpose, "unit": use.unit, "system": use.system_id}
    return typed | changes


def test_the_rest_is_added_when_it_is_known(browser, own):
    use = UseCaseFactory(**own)
    typed = typed_for(use, member_states=["DE", "FR"], affected_persons="Applicants")
    assert browser.post(edit_url(use), typed).status_code == 302
    use.refresh_from_db()
    assert use.member_states == ["DE", "FR"]
    assert use.affected_persons == "Applicants"
    wrong = browser.post(edit_url(use), typed_for(use, member_states=["XX"]))
    assert wrong.context["form"].errors.keys() == {"member_states"}


def test_a_use_does_not_move_to_a_system_of_others(browser, carla, own):
    use, theirs = UseCaseFactory(**own), AISystemFactory(organisation=carla.organisation)
    page = browser.post(edit_url(use), typed_for(use, system=theirs.pk))
    assert "not in your register" in page.text
    use.refresh_from_db()
    assert use.system != theirs


def test_strangers_and_readers_do_not_change_a_use(signed_in, carla, ben, own):
    use = UseCaseFactory(name="Mine", **own)
    for someone, status in ((carla, 404), (ben, 403)):
        browser = signed_in(someone)
        assert browser.get(edit_url(use)).status_code == status
        assert browser.post(edit_url(use), typed_for(use, name="Theirs")).status_code == status
    use.refresh_from_db()
    assert use.name == "Mine"


def test_a_use_of_a_model_keeps_its_model(browser, own):
    use = UseCaseFactory(system=None, model=AIModelFactory(**own), **own)
    typed = {"name": "New name", "purpose": "Is handed to others."}
    assert browser.post(edit_url(use), typed).status_code == 302
    assert UseCase.objects.get().model == use.model


def test_a_second_tab_gets_what_stands_there_now(browser, own):
    use = UseCaseFactory(name="Shortlist", **own)
    seen = stamp(use)
    browser.post(edit_url(use), typed_for(use, unit="HR", seen=seen))
    page = browser.post(edit_url(use), typed_for(use, unit="People team", seen=seen))
    assert ("Who uses it?", "HR") in page.context["form"].theirs
    assert 'value="People team"' in page.text
    use.refresh_from_db()
    assert use.unit == "HR"


def open_example(browser, name="recruitment"):
    return browser.post(reverse("assessments:example-open", args=[name]))


def discard(browser, use):
    return browser.post(reverse("assessments:example-discard", args=[use.pk]), follow=True)


def test_an_empty_register_offers_examples_each_with_its_class(browser):
    assert EXAMPLES in browser.get(USES).text
    tiers = [card["tier"] for card in browser.get(EXAMPLES).context["examples"]]
    assert tiers == ["high_risk_annex_iii", "transparency_art_50", "minimal"]


@pytest.mark.parametrize("name", ["recruitment", "customer_chatbot", "spam_filter"])
def test_an_example_is_opened_changed_and_thrown_away(browser, name):
    assert open_example(browser, name).status_code == 302
    use = UseCase.objects.get()
    assert use.is_example
    assert (
        "This is a worked example."
        in browser.get(reverse("assessments:use-detail", args=[use.pk])).text
    )
    assert use.assessments.get().headline != "open"
    events = Event.objects.count()
    assert "The example is gone." in discard(browser, use).text
    for model in (UseCase, Assessment, Answer, Finding, AISystem, AIModel, Supplier):
        assert not model.objects.exists()
    assert Event.objects.count() == events + 1


def test_an_example_that_was_decided_and_thrown_away_is_opened_as_new(browser, ana):
    open_example(browser)
    former = UseCase.objects.get()
    name = former.name
    throw_away(former, ana)
    cards = browser.get(EXAMPLES).context["examples"]
    assert [card["use_id"] for card in cards] == [None, None, None]
    page = open_example(browser)
    fresh = UseCase.objects.get(name=name)
    assert page.url == reverse("assessments:use-detail", args=[fresh.pk])
    assert (fresh.pk != former.pk, fresh.retired_at) == (True, None)
    former.refresh_from_db()
    assert former.retired_at
    assert former.name.startswith(f"{name} (")
    assert open_example(browser).url == page.url


def throw_away(use, member):
    """As one is that was handed in: retired, because what was signed stays."""
    assessment = use.assessments.get()
    submit_for_review(assessment=assessment, by=member, revision=assessment.revision)
    assert not throw_away_example(use_case=use, by=member)


def test_examples_are_the_same_in_german_words():
    english, german = offered_examples("en"), offered_examples("de")
    assert german.keys() == english.keys()
    for name, use in german.items():
        same = english[name]
        assert (use.answers, use.system, use.member_states) == (
            same.answers, same.system, same.member_states,
        )  # fmt: skip
        assert use.notes.keys() == same.notes.keys()
        for part in ("name", "purpose", "unit", "affected_persons", "notes", "models"):
            assert getattr(use, part) != getattr(same, part), (name, part)


def test_who_reads_german_gets_the_example_in_german(browser, ana):
    ana.user.language = "de"
    ana.user.save()
    assert "Webshop" in browser.get(EXAMPLES).text
    open_example(browser, "customer_chatbot")
    assert UseCase.objects.get().name == "Chat-Assistent im Webshop"


def test_one_button_is_promised_only_where_there_is_one(browser, organisation):
    assert "One button throws it away again" in browser.get(EXAMPLES).text
    assert "throw it away" in browser.get(REGISTER).text
    Organisation.objects.filter(pk=organisation.pk).update(is_example=True)
    played = browser.get(EXAMPLES).text + browser.get(REGISTER).text
    assert "puts everything back" in played
    assert "throw" not in played


def test_an_example_is_opened_once(browser):
    first, second = open_example(browser), open_example(browser)
    assert first.url == second.url
    assert UseCase.objects.count() == 1


@pytest.mark.parametrize("name", ["..", "gpai_provider", "nothing"])
def test_only_the_examples_offered_are_opened(browser, name):
    path = f"/uses/examples/{name}/open"
    assert browser.post(path).status_code == 404
    assert not UseCase.objects.exists()


def test_a_real_use_and_the_example_of_others_are_not_thrown_away(signed_in, browser, carla, own):
    real = UseCaseFactory(**own)
    assert discard(browser, real).status_code == 404
    open_example(browser)
    example = UseCase.objects.get(is_example=True)
    assert discard(signed_in(carla), example).status_code == 404
    assert UseCase.objects.count() == 2


def test_an_example_with_a_report_is_retired_instead(browser, ana):
    open_example(browser)
    use = UseCase.objects.get()
    assessment = use.assessments.get()
    page = browser.post(reverse("reports:report-request", args=[assessment.pk]), {"language": "en"})
    assert page.status_code == 302
    assert Report.objects.exists()
    assert "retired instead" in discard(browser, use).text
    use.refresh_from_db()
    assert use.retired_at
    assert use.assessments.get().answers.exists()


def test_a_decided_example_is_retired_instead(browser, ana):
    open_example(browser)
    use = UseCase.objects.get()
    use.assessments.update(state=Assessment.State.DECIDED)
    assert "retired instead" in discard(browser, use).text
    use.refresh_from_db()
    assert use.retired_at
    put_away = use.assessments.get()
    assert (put_away.state, put_away.archived_from) == ("archived", "decided")
    assert put_away.answers.exists()
