from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from uuid_utils.compat import uuid7

from events.hashing import START, canonical
from events.models import AppendOnlyError, Event
from events.services import record


def tell(ana, kind="member.renamed", **detail):
    with transaction.atomic():
        return record(
            organisation=ana.organisation, actor=ana.user, kind=kind, subject=ana, detail=detail
        )


def test_an_event_says_who_what_and_about_what(ana):
    event = tell(ana, before="Anna", after="Ana")
    event.refresh_from_db()
    assert event.actor_id == ana.user_id
    assert event.organisation_id == ana.organisation_id
    assert (event.subject_type, event.subject_id) == ("accounts.membership", str(ana.pk))
    assert event.detail.payload == '{"after":"Ana","before":"Anna"}'
    assert not event.is_public


def test_the_chained_row_holds_neither_names_nor_values(ana):
    event = tell(ana, before="Anna", after="Ana")
    assert "Ana" not in " ".join(str(value) for value in vars(event).values())


def test_each_event_continues_the_one_before_it(ana):
    first, second = tell(ana), tell(ana)
    assert (first.sequence, second.sequence) == (1, 2)
    assert first.previous_hash == START
    assert second.previous_hash == first.hash


def test_each_organisation_has_a_chain_of_its_own(ana, carla):
    tell(ana)
    assert tell(carla).sequence == 1


def test_the_same_words_get_different_digests(ana):
    assert tell(ana, name="Ana").payload_digest != tell(ana, name="Ana").payload_digest


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused(ana):
    with pytest.raises(TransactionManagementError):
        record(organisation=ana.organisation, actor=None, kind="a.happened", subject=ana, detail={})
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_no_event_and_no_gap(ana):
    with transaction.atomic():
        tell(ana)
        transaction.set_rollback(True)
    assert tell(ana).sequence == 1


@pytest.mark.parametrize("kind", ["", "created", "Report.Requested", "report requested", "a.b\n"])
def test_a_kind_is_dotted_and_small(ana, kind):
    with pytest.raises(ValueError, match="no event kind"):
        tell(ana, kind=kind)


def test_an_event_is_not_changed_or_deleted_through_the_model(ana):
    event = tell(ana)
    event.kind = "member.praised"
    attempts = (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(kind="a.b"),
        lambda: Event.objects.bulk_update([event], ["kind"]),
    )
    for attempt in attempts:
        with pytest.raises(AppendOnlyError), transaction.atomic():
            attempt()
    assert Event.objects.get().kind == "member.renamed"


@pytest.mark.parametrize(
    "statement", ["UPDATE events_event SET kind = 'a.b'", "DELETE FROM events_event"]
)
def test_the_database_itself_refuses(ana, statement):
    tell(ana)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Event.objects.get().kind == "member.renamed"


def test_a_sequence_number_cannot_be_used_twice(ana):
    event = tell(ana)
    copy = Event.objects.get(pk=event.pk)
    copy.pk, copy._state.adding = uuid7(), True
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_values_of_every_kind_keep_their_exact_text(ana):
    identifier = uuid4()
    detail = {
        "day": date(2027, 12, 2), "id": identifier, "compute": 1.0e25, "operations": 10**25,
        "text": "Ünï\x00\u2028", "none": None,
    }  # fmt: skip
    event = tell(ana, **detail)
    event.refresh_from_db()
    assert event.detail.payload == canonical(detail)
    assert '"operations":"10000000000000000000000000"' in event.detail.payload


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), "\ud800"])
def test_values_that_no_json_can_hold_are_refused(ana, value):
    with pytest.raises((ValueError, TypeError)):
        tell(ana, value=value)
    assert not Event.objects.exists()
