"""Models made from models: no circles, what is inherited, and who becomes a provider."""

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_registry.lineage.ancestors import MOST_LEVELS, ancestors_of
from models_registry.models import AIModel, Derivation, SystemModel
from models_registry.services import Base, register_model, stamp, update_model
from tests.models_registry.factories import AIModelFactory, AISystemFactory

TUNED = Derivation.Relation.FINE_TUNE


@pytest.fixture
def own(organisation):
    return {"organisation": organisation}


@pytest.fixture
def browser(signed_in, ana):
    return signed_in(ana)


def url(name, *keys):
    return reverse(f"models_registry:{name}", args=keys)


def based(ana, model, *bases, seen=""):
    return update_model(
        model=model,
        by=ana.user,
        name=model.name,
        version=model.version,
        provider=None,
        access=model.access,
        licence=model.licence,
        training_compute=model.training_compute,
        bases=[base if isinstance(base, Base) else Base(base, TUNED) for base in bases],
        seen=seen,
    )


def chain(own, length, word="Link"):
    models = [AIModelFactory(name=f"{word} {n:02}", **own) for n in range(length + 1)]
    for base, model in pairwise(models):
        Derivation.objects.create(model=model, base=base, relation=TUNED, **own)
    return models


def test_a_model_knows_those_it_was_made_from_the_nearest_first(ana, own):
    models = chain(own, 3)
    assert [step.base for step in ancestors_of(models[-1])] == models[2::-1]
    assert ancestors_of(models[0]) == []


def test_circles_are_refused_with_a_sentence_at_any_distance(ana, own):
    models = chain(own, 4)
    for other in models[1:]:
        with pytest.raises(ValidationError, match="was itself made from this model"):
            based(ana, models[0], other)
    with pytest.raises(ValidationError, match="not made from itself"):
        based(ana, models[0], models[0])
    assert not models[0].ancestry.exists()


def test_a_line_that_is_too_long_is_refused(ana, own):
    above, below = chain(own, MOST_LEVELS // 2), chain(own, MOST_LEVELS // 2, "Below")
    with pytest.raises(ValidationError, match="longer than"):
        based(ana, below[0], above[-1])
    based(ana, below[0], above[-2])


def test_a_base_of_another_organisation_is_refused(ana, carla, own):
    theirs, model = AIModelFactory(organisation=carla.organisation), AIModelFactory(**own)
    with pytest.raises(ValueError, match="another organisation"):
        based(ana, model, theirs)
    assert not Derivation.objects.exists()


def test_bases_are_part_of_the_change_and_make_open_forms_stale(ana, own):
    base, model = AIModelFactory(**own), AIModelFactory(**own)
    seen = stamp(model)
    based(ana, model, Base(base, TUNED, 1e21), seen=seen)
    assert stamp(AIModel.objects.get(pk=model.pk)) != seen
    [step] = model.ancestry.all()
    assert (step.base, step.compute) == (base, 1e21)
    based(ana, model)
    assert not model.ancestry.exists()


def test_a_form_registers_a_fine_tune_with_all_that_is_known_of_it(browser, own):
    base = AIModelFactory(name="Original", **own)
    typed = {
        "name": "Tuned",
        "access": "open_weights",
        "licence": "Apache License 2.0",
        "general_purpose": "yes",
        "parameters_total": "1.04 trillion",
        "parameters_active": "32b",
        "context_length": "262,144",
        "training_tokens": "15.5e12",
        "training_compute": "3e24",
        "compute_is_lower_bound": "on",
        "input_modalities": ["text", "image"],
        "output_modalities": ["text"],
        "released_on": "2026-02-03",
        "repository": "https://example.org/tuned",
        "base_0": base.pk,
        "relation_0": "fine_tune",
        "compute_0": "1e21",
    }
    assert browser.post(url("model-register"), typed).status_code == 302
    model = AIModel.objects.get(name="Tuned")
    assert model.licence_id == "apache-2.0"
    assert (model.parameters_total, model.context_length) == (1.04e12, 262144)
    text = browser.get(url("model-detail", model.pk)).text
    for words in (
        "1.04 trillion", "32 billion of them active", "262,144 tokens", "at least 3 × 10²⁴",
        "text, images", "Apache License 2.0", "Original", "1 × 10²¹ operations",
    ):  # fmt: skip
        assert words in text, words
    form = browser.get(url("model-edit", model.pk))
    values = {name: field.value() for name, field in ((f.name, f) for f in form.context["form"])}
    again = {
        name: form.context["form"][name].field.prepare_value(value)
        if hasattr(form.context["form"][name].field, "prepare_value")
        else value
        for name, value in values.items()
        if value not in (None, "", False)
    }
    assert browser.post(url("model-edit", model.pk), again).status_code == 302
    assert AIModel.objects.get(pk=model.pk).changed_at == model.changed_at


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"base_0": "x"}, "base_0"),
        ({"relation_0": "fine_tune"}, "base_0"),
        ({"parameters_total": "lots"}, "parameters_total"),
        ({"parameters_total": "1e9", "parameters_active": "2e9"}, "parameters_active"),
        ({"context_length": "1e99"}, "context_length"),
        ({"context_length": "1e30"}, "context_length"),
        ({"input_modalities": ["smell"]}, "input_modalities"),
        ({"released_on": "yesterday"}, "released_on"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(browser, own, typed, field):
    AIModelFactory(**own)
    page = browser.post(url("model-register"), {"name": "New", "access": "gated", **typed})
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert not AIModel.objects.filter(name="New").exists()


def test_the_base_of_others_is_unknown_to_the_form(browser, carla, own):
    theirs = AIModelFactory(organisation=carla.organisation)
    typed = {"name": "New", "access": "gated", "base_0": theirs.pk, "relation_0": "fine_tune"}
    page = browser.post(url("model-register"), typed)
    assert "This is not in your register." in page.text
    assert not AIModel.objects.filter(name="New").exists()


def test_a_circle_is_shown_in_the_form(browser, own):
    base, model = chain(own, 1)
    typed = {"name": base.name, "access": "gated", "base_0": model.pk, "relation_0": "merge"}
    page = browser.post(url("model-edit", base.pk), typed)
    assert "was itself made from this model" in page.context["form"].errors["base_0"][0]


def test_a_fine_tune_shows_what_it_inherits_and_where_the_licences_conflict(browser, ana, own):
    base = AIModelFactory(
        name="Original", access="open_weights", licence="Llama", licence_id="llama-3.1", **own
    )
    tuned = register_model(
        **own,
        by=ana.user,
        name="Tuned",
        access="open_weights",
        licence="MIT License",
        licence_id="mit",
        bases=[Base(base, TUNED, 1e26)],
    )
    text = browser.get(url("model-detail", tuned.pk)).text
    assert "What it inherits" in text
    assert "Nobody can give more rights than they have." in text
    assert "Open" in text
    assert "whether the original is a general-purpose model" in text
    assert "Made from it" in browser.get(url("model-detail", base.pk)).text


def test_what_is_closed_above_stays_closed_below(browser, own):
    base, model = chain(own, 1)
    assert base.access == AIModel.Access.API_ONLY
    assert (
        "What nobody can verify of a closed original"
        in browser.get(url("model-detail", model.pk)).text
    )


def test_a_system_says_who_becomes_a_provider_by_its_changes(browser, own):
    model = AIModelFactory(
        name="Original", training_compute=3e24, general_purpose=True, access="open_weights", **own
    )
    excluding = AIModelFactory(
        name="Elsewhere", licence_id="tencent-hunyuan", access="open_weights", **own
    )
    system = AISystemFactory(**own)
    change = {"modification": "trained on letters", "modification_compute": 2e24}
    SystemModel.objects.create(system=system, model=model, **change, **own)
    page = browser.get(url("system-detail", system.pk))
    assert [one["answer"] for one in page.context["standings"]] == ["provider"]
    assert "trained on letters" in page.text
    assert "recital 109" in page.text
    SystemModel.objects.create(system=system, model=excluding, **own)
    page = browser.get(url("system-detail", system.pk))
    reasons = [one["reason"]["text"] for one in page.context["standings"]]
    assert any("leaves the European Union out" in reason for reason in reasons)


def test_a_part_taken_as_it_is_asks_nothing(browser, own):
    system = AISystemFactory(**own)
    SystemModel.objects.create(system=system, model=AIModelFactory(**own), **own)
    assert browser.get(url("system-detail", system.pk)).context["standings"] == []


def test_the_page_asks_as_often_however_wide_the_tree_is(browser, own):
    def asked(model):
        with CaptureQueriesContext(connection) as found:
            assert browser.get(url("model-detail", model.pk)).status_code == 200
        return len(found)

    narrow, wide = AIModelFactory(**own), AIModelFactory(**own)
    for model, width in ((narrow, 1), (wide, 15)):
        for _ in range(width):
            base = AIModelFactory(**own)
            Derivation.objects.create(model=model, base=base, relation="merge", **own)
    browser.get(url("model-detail", narrow.pk))
    assert asked(wide) == asked(narrow)


def test_hostile_names_stay_text_in_the_tree(browser, own):
    base = AIModelFactory(name="<script>alert(1)</script>", **own)
    model = AIModelFactory(repository="javascript:alert(1)", **own)
    Derivation.objects.create(model=model, base=base, relation=TUNED, **own)
    text = browser.get(url("model-detail", model.pk)).text
    assert "<script>alert" not in text
    assert 'href="javascript' not in text
