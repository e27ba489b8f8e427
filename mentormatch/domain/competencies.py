"""The sixteen competencies of a lean practitioner, by name."""

from enum import StrEnum


class CompetencyKind(StrEnum):
    """Whether a competency is about how work gets done (core) or about what is known (technical)."""

    CORE = "core"
    TECHNICAL = "technical"


class Competency(StrEnum):
    """One of the sixteen; its value is its key in spreadsheets, policies and the database."""

    STRATEGIC_ORIENTATION = "strategic_orientation"
    CHANGE_LEADERSHIP = "change_leadership"
    GROUP_FACILITATION = "group_facilitation"
    FOCUS_ACCOUNTABILITY = "focus_accountability"
    TALENT_DEVELOPMENT = "talent_development"
    FLEXIBILITY = "flexibility"
    INTERPERSONAL_UNDERSTANDING = "interpersonal_understanding"
    SELF_MANAGEMENT = "self_management"
    LEAN_PRINCIPLES = "lean_principles"
    VALUE_STREAM_ANALYSIS = "value_stream_analysis"
    KAIZEN_EVENTS = "kaizen_events"
    DAILY_KAIZEN = "daily_kaizen"
    STANDARD_WORK = "standard_work"
    FLOW_PULL = "flow_pull"
    PROBLEM_SOLVING = "problem_solving"
    STRATEGY_DEPLOYMENT = "strategy_deployment"
