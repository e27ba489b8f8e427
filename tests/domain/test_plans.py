from mentormatch.domain.activities import PROPOSED
from mentormatch.domain.competencies import Competency
from mentormatch.domain.plans import LONGEST_ACTIVITY, ActivityKind, shown_count


def test_every_competency_has_an_activity_of_each_kind() -> None:
    assert set(PROPOSED) == {(c, kind) for c in Competency for kind in ActivityKind}
    assert max(map(len, PROPOSED.values())) <= LONGEST_ACTIVITY


def test_a_count_that_would_tell_of_somebody_is_not_shown() -> None:
    assert [shown_count(people) for people in (0, 1, 2, 3, 40)] == [None, None, None, 3, 40]
