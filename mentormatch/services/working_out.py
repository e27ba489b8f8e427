"""Working answers out beside the requests that ask for them: one after the other, and the last few are kept."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event, Lock, Thread
from typing import Final, Generic, TypeVar

from mentormatch.domain.errors import LocksContradict, MentormatchError, SolvingCancelled
from mentormatch.domain.sentences import said
from mentormatch.matching.solve import Cancelled

PATIENCE: Final = 2.5
"""How many seconds a request waits before it says that the answer is being worked out."""
MOST_SECONDS: Final = 90
"""How long one answer may be worked on."""
MOST_KEPT: Final = 32
_NO_LOCKS: Final = said(
    "A pair that is locked would teach nothing under this policy: undo the lock, or set it otherwise."
)

Answer = TypeVar("Answer")


class Standing(StrEnum):
    """How an answer stands."""

    FOUND = "found"
    WORKING = "working"
    NOT_IN_TIME = "not_in_time"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked(Generic[Answer]):
    """An answer, or why there is none."""

    standing: Standing
    answer: Answer | None = None
    words: str = ""


@dataclass(eq=False, slots=True)
class _Job(Generic[Answer]):
    owner: Hashable
    work: Callable[[Cancelled], Answer] | None
    is_dropped: bool = False
    done: Event = field(default_factory=Event)
    worked: Worked[Answer] | None = None
    fault: Exception | None = None


class WorkingOut(Generic[Answer]):
    """Answers questions about frozen input; what takes long is worked on after the request has gone."""

    def __init__(self, patience: float = PATIENCE, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._patience = patience
        self._stopwatch = stopwatch
        self._guard, self._one_at_a_time = Lock(), Lock()
        self._jobs: OrderedDict[Hashable, _Job[Answer]] = OrderedDict()

    def known(self, key: Hashable) -> Worked[Answer] | None:
        """Return the answer to a question if it has been worked out."""
        with self._guard:
            job = self._jobs.get(key)
        return job.worked if job else None

    def ask(self, owner: Hashable, key: Hashable, work: Callable[[Cancelled], Answer]) -> Worked[Answer]:
        """Return the answer to a question, or say that it is being worked out.

        A later question of the same owner takes the place of an earlier one that nobody has begun to work on.
        """
        job = self._job(owner, key, work)
        job.done.wait(self._patience)
        if job.fault is not None:
            raise job.fault
        return job.worked or Worked(standing=Standing.WORKING)

    def _job(self, owner: Hashable, key: Hashable, work: Callable[[Cancelled], Answer]) -> _Job[Answer]:
        with self._guard:
            job = self._jobs.get(key)
            if job is not None and not job.is_dropped:
                self._jobs.move_to_end(key)
                return job
            for other in self._jobs.values():
                other.is_dropped |= other.owner == owner and other.worked is None
            job = self._jobs[key] = _Job(owner, work)
            while len(self._jobs) > MOST_KEPT:
                self._jobs.popitem(last=False)[1].is_dropped = True
        Thread(target=self._run, args=(key, job), daemon=True, name="working-out").start()
        return job

    def _run(self, key: Hashable, job: _Job[Answer]) -> None:
        with self._one_at_a_time:
            try:
                if job.work is not None and not job.is_dropped:
                    job.worked = self._worked(job.work)
            except Exception as fault:
                job.fault = fault
                self._forget(key, job)
            finally:
                # What was frozen for it need not stay in memory for as long as the answer does.
                job.work = None
                job.done.set()

    def _worked(self, work: Callable[[Cancelled], Answer]) -> Worked[Answer]:
        until = self._stopwatch() + MOST_SECONDS
        try:
            return Worked(standing=Standing.FOUND, answer=work(lambda: self._stopwatch() > until))
        except SolvingCancelled:
            return Worked(standing=Standing.NOT_IN_TIME)
        except LocksContradict:
            return Worked(standing=Standing.REFUSED, words=_NO_LOCKS)
        except MentormatchError as refused:
            return Worked(standing=Standing.REFUSED, words=str(refused))

    def _forget(self, key: Hashable, job: _Job[Answer]) -> None:
        with self._guard:
            if self._jobs.get(key) is job:
                del self._jobs[key]
