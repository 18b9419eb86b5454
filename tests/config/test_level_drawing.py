import pytest

from config.level_drawing import mirrored, powers


def test_each_bar_is_a_share_of_its_own_kind_and_stays_in_the_drawing():
    drawing = mirrored((0, 0, 50, 0, 50, 0, 0), (1, 0, 0, 0, 0, 0, 0))
    assert [bar.height for bar in drawing.above] == [15, 15]
    assert [bar.height for bar in drawing.below] == [30]
    for bar in drawing.above:
        assert bar.y + bar.height == drawing.axis_y
        assert bar.label_y > 10
    for bar in drawing.below:
        assert bar.y == drawing.axis_y
        assert bar.label_y < drawing.height


def test_a_rare_level_is_still_seen_and_an_empty_one_has_no_bar():
    drawing = mirrored((999, 1, 0, 0, 0, 0, 0), (0,) * 7)
    assert drawing.above[1].height >= 3
    assert drawing.below == ()


def test_levels_stand_under_their_bars():
    drawing = mirrored((1, 0, 1, 0, 1, 0, 1), (0,) * 7)
    assert [level for level, _ in drawing.levels] == [0, 1, 2, 3]
    assert [x for _, x in drawing.levels] == [bar.middle for bar in drawing.above]


@pytest.mark.parametrize("figure", [1.0, 1e19, 3e24, 1e40])
def test_a_figure_stays_on_the_scale(figure):
    drawing = powers(figure, [1e23, 1e25], at_least=False)
    assert 0 < drawing.x < 100
    assert [power for power, _ in drawing.limits] == [23, 25]


def test_a_figure_lies_between_its_neighbours():
    drawing = powers(3e24, [1e23, 1e25], at_least=True)
    low, high = (x for _, x in drawing.limits)
    assert low < drawing.x < high
