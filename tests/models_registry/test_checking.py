"""Runs of checks as jobs: asked for, made, refused, and made again when something changes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.models import Event
from models_registry.building import check, lost_runs
from models_registry.models import AIModel, Attachment, CheckRun, Derivation, LicenceDecision
from models_registry.runs.claims import claims_of
from models_registry.runs.newest import has_changed_since, newest_run, runs_of
from models_registry.services.checking import cancel_run, request_run, retry_run
from models_registry.services.deciding import decide_licence, withdraw_licence_decision
from tests.accounts.factories import MembershipFactory
from tests.models_registry.factories import AIModelFactory, SupplierFactory
from tests.models_registry.run_factories import (
    DAY,
    a_done_run,
    a_model,
    a_queued_run,
    attached,
    stored,
)

pytestmark = pytest.mark.django_db
# A clause as Kimi K2 has it: payment of attention above a scale, behind an ordinary licence.
CONTESTED = (
    "Modified MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining "
    "a copy of this software, to use, copy, modify and distribute it. If the Software (or any "
    "derivative works thereof) is used for any of your commercial products or services that have "
    "more than 100 million monthly active users, or more than 20 million US dollars in monthly "
    'revenue, you shall prominently display "Kimi K2" on the user interface of such product.\n'
)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def kinds():
    return list(Event.objects.order_by("sequence").values_list("kind", flat=True))


def test_without_a_file_there_is_nothing_to_check(ana):
    assert request_run(model=a_model(ana), by=ana.user, on=DAY) is None


def test_a_run_keeps_results_words_and_progress(ana):
    run = a_done_run(a_model(ana), by=ana.user)
    assert run.state == "done"
    assert run.checks_done == run.checks_total == len(run.results) > 70
    assert run.summary["licence_verdict"] == "meets"
    assert run.summary["root"] == run.accounts["en"]["material"]["root"]
    assert run.accounts["de"]["language"] == "de"
    assert run.refusals == []
    assert kinds()[-2:] == ["check_run.requested", "check_run.done"]
    assert newest_run(run.model) == run


def test_the_same_material_gives_the_same_row(ana):
    model = a_model(ana)
    run = a_done_run(model)
    assert request_run(model=model, by=ana.user, on=DAY) == run
    assert CheckRun.objects.count() == 1


def test_another_file_claim_or_day_gives_a_new_run(ana):
    model = a_model(ana)
    run = a_done_run(model)
    assert not has_changed_since(run, model)
    AIModel.objects.filter(pk=model.pk).update(parameters_total=7936)
    model.refresh_from_db()
    assert has_changed_since(run, model)
    second = request_run(model=model, by=ana.user, on=DAY)
    attached(model, "notes.md", b"# Notes")
    third = request_run(model=model, by=ana.user, on=DAY)
    assert len({run.pk, second.pk, third.pk}) == 3
    second.refresh_from_db()
    assert second.state == "cancelled", "nobody needs it any more"
    later = request_run(model=model, by=ana.user, on=DAY + timedelta(days=1))
    assert later.pk != third.pk


def test_a_file_taken_away_again_is_told_by_the_newest_run(ana):
    model = a_model(ana)
    first = a_done_run(model)
    notes = attached(model, "notes.md", b"# Notes")
    second = request_run(model=model, by=None, on=DAY)
    check(second.pk)
    Attachment.objects.filter(evidence=notes).delete()
    third = request_run(model=model, by=None, on=DAY)
    check(third.pk)
    newest = newest_run(model)
    assert newest.pk == third.pk != first.pk
    assert [row["name"] for row in newest.files] == ["model.zip"]


def test_a_refused_file_is_named_and_stops_nothing(ana):
    model = a_model(ana)
    attached(model, "evil.bin", b"\x80\x02pickle", quarantined="name_unusable")
    evil = attached(model, "broken.zip", b"PK\x03\x04 no archive", kind="zip")
    attached(model, "LICENSE", b"Permission is hereby granted")
    run = a_done_run(model)
    assert run.state == "done"
    assert run.refusals[0]["reason"] == "name_unusable"
    assert [row["name"] for row in run.files] == ["evil.bin", "broken.zip", "LICENSE"]
    assert run.summary["files"] in (1, 2), evil


def test_only_refused_files_fail_the_run_for_good(ana):
    model = a_model(ana)
    attached(model, "evil.bin", b"\x80\x02pickle", quarantined="name_unusable")
    run = a_done_run(model)
    assert (run.state, run.failure, run.attempts) == ("failed", "refused", 1)
    assert run.refusals


def test_a_file_that_left_the_storage_is_said(ana):
    model = a_model(ana)
    run = a_queued_run(model)
    kept = model.attachments.get().evidence.stored
    kept.file.storage.delete(kept.file.name)
    check(run.pk)
    run.refresh_from_db()
    assert (run.state, run.failure) == ("failed", "gone")


def test_a_failed_run_can_be_tried_again_and_a_waiting_one_cancelled(ana):
    run = a_queued_run(a_model(ana))
    cancel_run(run=run, by=ana.user)
    assert run.state == "cancelled"
    retry_run(run=run, by=ana.user)
    assert run.state == "queued"
    assert request_run(model=run.model, by=ana.user, on=DAY) == run


def test_what_a_dead_worker_left_is_given_to_another(ana):
    run = a_queued_run(a_model(ana))
    taken = CheckRun.objects.claim(run.pk, step="opening")
    CheckRun.objects.filter(pk=run.pk).update(seen_at=timezone.now() - timedelta(minutes=5))
    assert lost_runs() == [taken.pk]
    check(run.pk)
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 2)


def test_a_worker_whose_turn_has_passed_writes_nothing(ana, monkeypatch):
    run = a_queued_run(a_model(ana))

    def slow(*given, **named):
        CheckRun.objects.filter(pk=run.pk).update(attempts=9)
        return real(*given, **named)

    from models_registry import building

    real = building.examine
    monkeypatch.setattr(building, "examine", slow)
    check(run.pk)
    run.refresh_from_db()
    assert (run.state, run.results) == ("running", [])


def test_nobody_sees_the_runs_of_others(ana, carla):
    run = a_done_run(a_model(ana))
    assert list(runs_of(ana)) == [run]
    assert list(runs_of(carla)) == []


def test_claims_are_the_words_of_the_register(ana):
    supplier = SupplierFactory(organisation=ana.organisation, name="Norrvik", country="US")
    base = a_model(ana, name="Base", licence_id="apache-2.0", repository="norrvik/base")
    model = a_model(
        ana, provider=supplier, parameters_total=7e9, input_modalities=["text", "image"],
        output_modalities=["text"], repository="norrvik/harbour-8k",
    )  # fmt: skip
    Derivation.objects.create(
        organisation=ana.organisation, model=model, base=base, relation="quantised"
    )
    claims = claims_of(model)
    assert claims["provider_outside_union"] is True
    assert claims["parameters_total"] == 7_000_000_000
    assert claims["multimodal"] is True
    assert claims["lineage"] == (("norrvik/base", "quantised", "apache-2.0"),)
    assert claims["base_model_relation"] == "quantized"
    assert "training_compute" not in claims


def test_a_copy_from_the_catalogue_claims_what_its_entry_says(ana):
    model = AIModelFactory(
        organisation=ana.organisation, access="open_weights", catalogue_id="kimi-k2-thinking"
    )
    claims = claims_of(model)
    assert claims["access"] == "open_weights"
    assert claims["model_name"] == model.name


@pytest.fixture
def contested(ana):
    """A run that came out contested."""
    model = a_model(ana, licence_id="")
    attached(model, "LICENSE", CONTESTED.encode())
    run = a_done_run(model)
    assert run.summary["licence_verdict"] == "contested"
    return run


def decided(run, member, plan_on="likely_meets"):
    return decide_licence(
        model=run.model, by=member.user, on=DAY, plan_on=plan_on,
        reason="Counsel agrees that naming the model is attribution.",
        text_sha256=run.summary["licence_text"],
    )  # fmt: skip


def test_an_own_decision_changes_what_is_planned_on(ana, contested):
    assert contested.summary["plan_on"] == "likely_fails", "the cautious side"
    decided(contested, ana)
    run = CheckRun.objects.filter(model=contested.model).first()
    assert run.pk != contested.pk
    check(run.pk)
    run.refresh_from_db()
    assert run.summary["plan_on"] == "likely_meets"
    assert run.summary["licence_verdict"] == "contested", "it stands beside the verdict"
    assert run.accounts["en"]["licence"]["plan_on"]["value"] == "likely_meets"


def test_a_second_decision_keeps_the_first_and_a_withdrawal_both(ana, ben, contested):
    first = decided(contested, ana)
    second = decided(contested, ben, "likely_fails")
    first.refresh_from_db()
    assert first.withdrawn_at
    withdraw_licence_decision(model=contested.model, by=ana.user, on=DAY)
    assert LicenceDecision.objects.filter(withdrawn_at=None).count() == 0
    assert LicenceDecision.objects.count() == 2
    assert second.pk != first.pk
    assert "licence_decision.withdrawn" in kinds()


def test_a_decision_is_bound_to_the_text_that_was_read(ana, contested):
    with pytest.raises(ValidationError, match="another one"):
        decide_licence(
            model=contested.model, by=ana.user, on=DAY, plan_on="likely_meets",
            reason="Yes.", text_sha256="0" * 64,
        )  # fmt: skip
    decided(contested, ana)
    licence = contested.model.attachments.get().evidence
    licence.stored = stored(
        ana.organisation, CONTESTED.replace("20 million", "30 million").encode()
    )
    licence.save()
    run = request_run(model=contested.model, by=None, on=DAY)
    check(run.pk)
    run.refresh_from_db()
    assert run.summary["plan_on"] == "likely_fails", "another text, another decision"


def test_where_nothing_is_open_nothing_is_decided(ana):
    run = a_done_run(a_model(ana))
    with pytest.raises(ValidationError, match="nothing to decide"):
        decided(run, ana)


def test_the_licence_page_shows_both_sides_and_takes_a_decision(ana, signed_in, contested):
    browser = signed_in(ana)
    address = f"/models/{contested.model_id}/licence"
    page = browser.get(address).content.decode()
    assert "For meeting the conditions" in page
    assert "Against" in page
    assert "monthly active users" in page
    typed = {
        "plan_on": "likely_meets",
        "reason": "Counsel agrees.",
        "text_sha256": contested.summary["licence_text"],
    }
    assert browser.post(address, typed | {"reason": ""}).status_code == 200
    assert browser.post(address, typed).status_code == 302
    page = browser.get(address).content.decode()
    assert "Counsel agrees." in page
    assert browser.post(f"{address}/withdraw").status_code == 302
    assert "Earlier decisions" in browser.get(address).content.decode()


def test_a_contributor_may_not_decide(ana, signed_in, contested):
    cleo = MembershipFactory(organisation=ana.organisation, roles=["contributor"])
    answer = signed_in(cleo).post(f"/models/{contested.model_id}/licence", {})
    assert answer.status_code == 403
