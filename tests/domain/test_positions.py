import pytest

from mentormatch.domain.competencies import Competency
from mentormatch.domain.positions import DEFAULT_EMPHASIS, Position, default_targets, weights_of

EMPHASIS = {
    Position.CORPORATE: (3, 3, 2, 2, 3, 2, 2, 2, 2, 2, 1, 2, 1, 1, 1, 3),
    Position.BUSINESS_UNIT: (2, 3, 2, 3, 2, 2, 2, 2, 2, 3, 2, 3, 2, 2, 2, 2),
    Position.VALUE_STREAM: (1, 2, 3, 2, 2, 2, 3, 2, 3, 3, 3, 3, 3, 3, 3, 1),
}
# Corporate: sum 32, so 1 -> 31.25, 2 -> 62.5, 3 -> 93.75. Floors 31, 62, 93 sum to 992; of the 8 that are missing
# four go to the four 3s (remainder .75), the other four to the first four 2s (remainder .5).
# Business unit: sum 36, so 2 -> 55 5/9, 3 -> 83 3/9. Floors sum to 12 x 55 + 4 x 83 = 992; the first eight 2s get
# the 8 that are missing.
# Value stream: sum 39, so 1 -> 25 25/39, 2 -> 51 11/39, 3 -> 76 36/39. Floors sum to 50 + 255 + 684 = 989; of the 11
# nine go to the nine 3s and two to the two 1s.
WEIGHTS = {
    Position.CORPORATE: (94, 94, 63, 63, 94, 63, 63, 62, 62, 62, 31, 62, 31, 31, 31, 94),
    Position.BUSINESS_UNIT: (56, 83, 56, 83, 56, 56, 56, 56, 56, 83, 56, 83, 55, 55, 55, 55),
    Position.VALUE_STREAM: (26, 51, 77, 51, 51, 51, 77, 51, 77, 77, 77, 77, 77, 77, 77, 26),
}
TARGETS = {1: 2, 2: 3, 3: 4}


@pytest.mark.parametrize("position", Position)
def test_the_emphasis_is_the_proposed_table(position: Position) -> None:
    assert tuple(DEFAULT_EMPHASIS[position][c] for c in Competency) == EMPHASIS[position]


@pytest.mark.parametrize("position", Position)
def test_weights_follow_the_emphasis_by_largest_remainder(position: Position) -> None:
    weights = weights_of(DEFAULT_EMPHASIS[position])

    assert tuple(weights[c] for c in Competency) == WEIGHTS[position]
    assert sum(weights.values()) == 1000


@pytest.mark.parametrize("position", Position)
def test_the_default_target_follows_the_emphasis(position: Position) -> None:
    targets = default_targets(DEFAULT_EMPHASIS[position])

    assert tuple(targets[c] for c in Competency) == tuple(TARGETS[n] for n in EMPHASIS[position])


def test_a_single_emphasis_takes_all_the_weight() -> None:
    weights = weights_of({c: int(c == Competency.FLOW_PULL) for c in Competency})

    assert weights[Competency.FLOW_PULL] == sum(weights.values()) == 1000


def test_equal_emphasis_gives_the_odd_points_to_the_earlier_competencies() -> None:
    weights = weights_of(dict.fromkeys(Competency, 9))

    assert tuple(weights.values()) == (63,) * 8 + (62,) * 8


def test_no_emphasis_at_all_has_no_weights() -> None:
    with pytest.raises(ValueError, match="above zero"):
        weights_of(dict.fromkeys(Competency, 0))
