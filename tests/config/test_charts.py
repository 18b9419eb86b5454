import itertools
from datetime import date

import pytest

from config.charts import stacked, timeline

TODAY = date(2026, 11, 23)
DAYS = [
    (date(2027, 12, 2), "5 duties"),
    (date(2025, 2, 2), "1 duty"),
    (date(2026, 8, 2), "2 duties"),
    (date(2026, 12, 2), "3 duties"),
    (date(2028, 8, 2), "1 duty"),
]


def test_the_parts_of_a_bar_fill_it_and_touch_each_other():
    parts = stacked({"met": 11, "partly_met": 3, "not_met": 2, "not_assessed": 4})
    assert parts[0].start == 0
    assert sum(part.width for part in parts) == pytest.approx(100)
    for before, after in itertools.pairwise(parts):
        assert after.start == pytest.approx(before.start + before.width)


def test_what_does_not_apply_is_no_part_of_the_bar():
    assert [(p.state, p.width) for p in stacked({"met": 1, "not_applicable": 9})] == [("met", 100)]


def test_no_findings_make_no_bar():
    assert stacked({}) == ()


def test_the_timeline_runs_in_order_of_time_and_inside_the_drawing():
    marks = timeline(DAYS, today=TODAY).marks
    assert [mark.day for mark in marks] == sorted(day for day, _ in DAYS)
    places = [mark.x for mark in marks]
    assert places == sorted(places)
    assert 0 < places[0] < places[-1] < 100


def test_labels_on_one_level_never_meet():
    room = 12
    drawn = timeline(DAYS, today=TODAY, characters=room)
    width = 100 * room * 7.5 / 760
    shift = {"start": 0, "middle": width / 2, "end": width}
    for level in {mark.level for mark in drawn.marks}:
        starts = [mark.x - shift[mark.anchor] for mark in drawn.marks if mark.level == level]
        assert all(b - a >= width for a, b in itertools.pairwise(starts))


def test_labels_stay_inside_the_drawing():
    drawn = timeline(DAYS, today=TODAY)
    assert drawn.marks[0].anchor == "start"
    assert drawn.marks[-1].anchor == "end"


def test_days_that_have_come_are_marked():
    past = {mark.day: mark.past for mark in timeline(DAYS, today=TODAY).marks}
    assert past[date(2025, 2, 2)]
    assert not past[date(2026, 12, 2)]


def test_a_timeline_of_today_alone_can_be_drawn():
    drawn = timeline([(TODAY, "1 duty")], today=TODAY)
    assert drawn.height > drawn.axis_y > 0
