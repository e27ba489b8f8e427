"""The table of legal steps as triggers, so that neither database stores a step that the table does not name."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from mentormatch.domain.notices import NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.signups import SignupState
from mentormatch.domain.transitions import STEPS

GUARDED: Final[Mapping[str, type[StrEnum]]] = {
    "matching_round": RoundState,
    "pairing": PairingState,
    "notice": NoticeState,
    "participant": SignupState,
}
APPEND_ONLY: Final = ("audit_entry", "snapshot")

_POSTGRESQL_STEP: Final = """
CREATE FUNCTION {table}_step() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF {illegal} THEN RAISE EXCEPTION 'illegal step of {table}: % to %', OLD.state, NEW.state; END IF;
IF {wrong_version} THEN RAISE EXCEPTION 'a step of {table} moves its version by one'; END IF;
RETURN NEW; END $$"""
_POSTGRESQL_KEEP: Final = """
CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION '{table} is append-only'; END $$"""


def guards(dialect: str) -> Iterator[str]:
    """Yield the statements that create all triggers on this dialect ('sqlite' or 'postgresql')."""
    for table, states in GUARDED.items():
        yield from _step_guard(dialect, table, states)
    for table in APPEND_ONLY:
        yield from _keep_guard(dialect, table)


def guards_away(dialect: str) -> Iterator[str]:
    """Yield the statements that drop all triggers on this dialect."""
    names = [(table, "step") for table in GUARDED] + [(table, "keep") for table in APPEND_ONLY]
    for table, kind in names:
        if dialect == "postgresql":
            yield f"DROP FUNCTION {table}_{kind}() CASCADE"
        else:
            events = ("step", "version") if kind == "step" else ("update", "delete")
            yield from (f"DROP TRIGGER {table}_{event}" for event in events)


def _illegal(states: type[StrEnum]) -> str:
    legal = ", ".join(sorted(f"'{old}>{new}'" for old, new in STEPS[states]))
    return f"NEW.state <> OLD.state AND (OLD.state || '>' || NEW.state) NOT IN ({legal})"


def _step_guard(dialect: str, table: str, states: type[StrEnum]) -> Iterator[str]:
    illegal, wrong_version = _illegal(states), "NEW.state <> OLD.state AND NEW.version <> OLD.version + 1"
    if dialect == "postgresql":
        yield _POSTGRESQL_STEP.format(table=table, illegal=illegal, wrong_version=wrong_version)
        yield f"CREATE TRIGGER {table}_step BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_step()"
    else:
        for name, when, message in (
            ("step", illegal, f"illegal step of {table}"),
            ("version", wrong_version, f"a step of {table} moves its version by one"),
        ):
            yield (
                f"CREATE TRIGGER {table}_{name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )


def _keep_guard(dialect: str, table: str) -> Iterator[str]:
    if dialect == "postgresql":
        yield _POSTGRESQL_KEEP.format(table=table)
        yield (
            f"CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_keep()"
        )
        yield (
            f"CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_keep()"
        )
    else:
        for event in ("update", "delete"):
            yield (
                f"CREATE TRIGGER {table}_{event} BEFORE {event.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
