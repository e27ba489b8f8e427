from mentormatch.domain.competencies import Competency, CompetencyKind
from mentormatch.domain.competency_texts import COMPETENCY_TEXTS
from mentormatch.domain.levels import LEVEL_NAMES, gap, is_strength

KEYS = (
    "strategic_orientation change_leadership group_facilitation focus_accountability talent_development flexibility "
    "interpersonal_understanding self_management lean_principles value_stream_analysis kaizen_events daily_kaizen "
    "standard_work flow_pull problem_solving strategy_deployment"
)


def test_the_sixteen_competencies_keep_their_keys_and_their_order() -> None:
    assert [c.value for c in Competency] == KEYS.split()


def test_every_competency_has_a_title_a_definition_and_five_different_anchors() -> None:
    assert list(COMPETENCY_TEXTS) == list(Competency)
    assert all(t.title and t.definition and len({*t.anchors}) == 5 for t in COMPETENCY_TEXTS.values())


def test_the_first_eight_are_core_and_the_others_technical() -> None:
    kinds = [COMPETENCY_TEXTS[c].kind for c in Competency]

    assert kinds == [CompetencyKind.CORE] * 8 + [CompetencyKind.TECHNICAL] * 8


def test_levels_run_from_none_to_teaches() -> None:
    assert LEVEL_NAMES == ("None", "Aware", "Guided", "Independent", "Teaches")


def test_a_strength_starts_at_the_teach_level() -> None:
    assert [level for level in range(5) if is_strength(level)] == [3, 4]
    assert [level for level in range(5) if is_strength(level, teach_level=2)] == [2, 3, 4]


def test_a_gap_is_what_is_missing_to_the_target_and_never_negative() -> None:
    assert [gap(level, 3) for level in range(5)] == [3, 2, 1, 0, 0]
