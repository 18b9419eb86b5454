import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from events.hashing import event_hash, payload_digest
from events.models import ChainHead, Event, EventDetail
from events.services import erase_detail, record
from events.verification import verify_chain


@pytest.fixture
def chain(ana):
    """Five events of Ana's organisation."""
    with transaction.atomic():
        return [
            record(
                organisation=ana.organisation,
                actor=ana.user,
                kind="member.renamed",
                subject=ana,
                detail={"turn": turn},
            )
            for turn in range(5)
        ]


@pytest.fixture
def as_intruder(chain):
    """Someone with the database password, who lifts the triggers first."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite:
            cursor.execute("DROP TRIGGER events_event_is_never_changed")
            cursor.execute("DROP TRIGGER events_event_is_never_deleted")
        else:
            cursor.execute("DROP TRIGGER events_event_is_append_only ON events_event")

        def run(statement, *values):
            cursor.execute(statement, values)

        yield run


def identifier(event):
    return event.pk.hex if connection.vendor == "sqlite" else event.pk


def fault(ana):
    return verify_chain(ana.organisation_id).fault


def test_what_was_written_is_whole(ana, chain, capsys):
    call_command("verify_events")
    assert "muster: 5 events, unbroken" in capsys.readouterr().out


def test_an_organisation_without_events_is_whole(organisation, capsys):
    call_command("verify_events", organisation="muster")
    assert "0 events" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'member.praised'",
        "subject_id = 'other'",
        "actor_id = NULL",
        "at = '2020-01-01 00:00:00+00:00'",
        "is_public = NOT is_public",
        "payload_digest = 'ff'",
        "hash = 'ff'",
        "previous_hash = 'ff'",
    ],
)
def test_a_changed_event_is_named(ana, chain, as_intruder, change):
    as_intruder(f"UPDATE events_event SET {change} WHERE id = %s", identifier(chain[2]))  # noqa: S608
    assert fault(ana).startswith("event 3 (member.")
    assert str(chain[2].pk) in fault(ana)


def test_an_event_that_was_forged_with_its_hash_breaks_the_next_one(ana, chain, as_intruder):
    forged = Event.objects.get(pk=chain[2].pk)
    forged.kind = "member.praised"
    as_intruder(
        "UPDATE events_event SET kind = %s, hash = %s WHERE id = %s",
        forged.kind, event_hash(forged), identifier(forged),
    )  # fmt: skip
    assert fault(ana).startswith("event 4")


def test_a_gap_is_named(ana, chain, as_intruder):
    EventDetail.objects.filter(pk=chain[1].pk).delete()
    as_intruder("DELETE FROM events_event WHERE id = %s", identifier(chain[1]))
    assert fault(ana).startswith("event 3")
    assert "gone" in fault(ana)


def test_events_cut_off_at_the_end_are_missed(ana, chain, as_intruder):
    EventDetail.objects.filter(pk=chain[4].pk).delete()
    as_intruder("DELETE FROM events_event WHERE id = %s", identifier(chain[4]))
    assert fault(ana).startswith("event 5")


def test_a_log_that_was_emptied_is_missed(ana, chain, as_intruder):
    EventDetail.objects.all().delete()
    as_intruder("DELETE FROM events_event")
    assert fault(ana).startswith("event 1")
    with pytest.raises(CommandError):
        call_command("verify_events")


def test_two_events_that_changed_places_are_noticed(ana, chain, as_intruder):
    for event, place in ((chain[1], 99), (chain[2], 2), (chain[1], 3)):
        as_intruder("UPDATE events_event SET sequence = %s WHERE id = %s", place, identifier(event))
    assert fault(ana).startswith("event 2")


def test_altered_details_are_noticed(ana, chain):
    EventDetail.objects.filter(pk=chain[3].pk).update(payload='{"turn":7}')
    assert fault(ana).startswith("event 4")
    assert "details" in fault(ana)


def test_details_that_were_swapped_are_noticed(ana, chain):
    text = EventDetail.objects.get(pk=chain[0].pk).payload
    EventDetail.objects.filter(pk=chain[3].pk).update(payload=text)
    assert fault(ana).startswith("event 4")


def test_erasing_details_leaves_the_chain_whole_and_says_so(ana, chain, capsys):
    erase_detail(event=chain[2], actor=ana.user, reason="asked for by the person")
    assert not EventDetail.objects.filter(pk=chain[2].pk).exists()
    call_command("verify_events", organisation="muster")
    out = capsys.readouterr().out
    assert "6 events, unbroken" in out
    assert "recorded: 1" in out
    assert "WARNING" not in out


def test_erasing_twice_tells_once(ana, chain):
    for _turn in range(2):
        erase_detail(event=chain[2], actor=ana.user, reason="asked for by the person")
    assert Event.objects.filter(kind="event.detail_erased").count() == 1


def test_details_that_vanished_without_a_word_are_a_warning(ana, chain, capsys):
    EventDetail.objects.filter(pk=chain[2].pk).delete()
    call_command("verify_events")
    assert "WARNING: details gone, and no event says why: 1" in capsys.readouterr().out


def test_erased_words_cannot_be_guessed_from_the_digest(ana, chain):
    digest = chain[2].payload_digest
    assert digest != payload_digest(salt="", payload='{"turn":2}')


def test_the_command_names_the_first_broken_event_and_fails(ana, carla, chain, as_intruder, capsys):
    as_intruder("UPDATE events_event SET kind = 'a.b' WHERE sequence > 1")
    with pytest.raises(CommandError) as failure:
        call_command("verify_events")
    assert failure.value.returncode == 1
    out = capsys.readouterr().out
    assert f"muster: BROKEN at event 2 (a.b, {chain[1].pk})" in out


def test_another_organisation_is_not_blamed(ana, carla, chain, as_intruder, capsys):
    as_intruder("UPDATE events_event SET kind = 'a.b'")
    call_command("verify_events", organisation="andere")
    assert "BROKEN" not in capsys.readouterr().out


def test_an_unknown_organisation_is_said(db):
    with pytest.raises(CommandError) as failure:
        call_command("verify_events", organisation="nobody")
    assert failure.value.returncode == 2


def test_the_head_follows_the_chain(ana, chain):
    head = ChainHead.objects.get(pk=ana.organisation_id)
    assert (head.sequence, head.hash) == (5, chain[4].hash)
