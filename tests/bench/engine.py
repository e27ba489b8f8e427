"""Compare solvers on the same rounds: `python -m tests.bench.engine [MENTEESxMENTORS | people.csv ...]`.

Every contender runs in a process of its own, one after the other; those that are not installed (`pip install
mentormatch[bench]`) are named. What a contender took is given as a share of dense scipy alone, of dense scipy with
prices that prove what it found and ties settled by lots, which is the core's task, where these were run, and of one
look at all pairs, in seconds of the processor and on the clock; only these ratios mean anything elsewhere, and on a
machine with other work to do only those of the processor. With `--change` the core is measured again after one chosen
pair was barred.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

from tests.bench.contenders import CONTENDERS, is_installed
from tests.bench.families import FAMILIES, measured_round
from tests.bench.solving import solved

_PATIENCE: Final = 3600
_SHORT: Final = 1.0
_MOST_RUNS: Final = 41
_WITH_LOOPS: Final = ("both", ".csv")
"""Families in which the core forbids what the others do not."""

Result = dict[str, float]


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 -- a command's own output


def timed(work: Callable[[], Any]) -> Result:
    """Measure one piece of work in this process; what takes less than a second is done again, for its median."""
    results: list[Result] = []
    while not results or (sum(result["wall"] for result in results) < _SHORT and len(results) < _MOST_RUNS):
        wall, processor = time.perf_counter(), time.process_time()
        found = work()
        results.append(
            {
                "found": found if isinstance(found, int) else 0,
                "cpu": time.process_time() - processor,
                "wall": time.perf_counter() - wall,
            }
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {key: median(result[key] for result in results) for key in results[0]} | {"memory": memory}


def measured(name: str, family: str, mentees: int, mentors: int) -> Result:
    """Run one contender in this process."""
    made = measured_round(family, mentees, mentors)
    if name != "change":
        return timed(lambda: CONTENDERS[name][0](made))
    whole = solved(made)
    return timed(whole.barred)


def compared(family: str, mentees: int, mentors: int, names: list[str]) -> None:
    """Run contenders on one round and print what each of them took."""
    results = {name: _apart(name, family, mentees, mentors) for name in names}
    say(f"\n{family} {mentees} x {mentors}")
    dense, proven, look, core = (
        results.get(name) for name in ("dense scipy", "dense scipy, proven", "one look", "core")
    )
    for name, result in results.items():
        if result is None:
            say(f"  {name:22}failed")
            continue
        shares = [_share(result, other, of) for other, of in ((dense, "dense"), (proven, "proven"), (look, "looks"))]
        if name == "change":
            shares = [_share(result, core, "the solve")]
        exact = dense is None or name in ("one look", "change") or result["found"] == dense["found"]
        note = "" if exact else " no loops" if family.endswith(_WITH_LOOPS) and name == "core" else " DIFFERS"
        spent = f"{result['cpu']:10.4g} s{result['wall']:10.4g} s wall{result['memory']:7.2f} GB"
        say(f"  {name:22}{spent}  {'  '.join(shares)}{note}")


def _share(result: Result, other: Result | None, of: str) -> str:
    if not other:
        return f"{'-':>17} {of}"
    return f"{result['cpu'] / other['cpu']:8.3f} |{result['wall'] / other['wall']:8.3f} {of}"


def _apart(name: str, family: str, mentees: int, mentors: int) -> Result | None:
    ask = [sys.executable, "-m", "tests.bench.engine", "--one", name, family, str(mentees), str(mentors)]
    answer = subprocess.run(ask, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    found: Result | None = json.loads(answer.stdout) if answer.returncode == 0 else None
    return found


def main() -> None:
    """Read what to compare and compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="*", default=["200x200", "1000x1000", "5000x5000"])
    parser.add_argument("--families", nargs="+", default=FAMILIES, choices=(*FAMILIES, "equal"))
    parser.add_argument("--contenders", nargs="+", choices=CONTENDERS, default=list(CONTENDERS))
    parser.add_argument("--change", action="store_true")
    parser.add_argument("--one", nargs=4, metavar=("CONTENDER", "FAMILY", "MENTEES", "MENTORS"))
    given = parser.parse_args()
    if given.one:
        name, family, mentees, mentors = given.one
        say(json.dumps(measured(name, family, int(mentees), int(mentors))))
        return
    for name in given.contenders:
        if not is_installed(name):
            say(f"{name} is not installed")
    asked = [name for name in given.contenders if is_installed(name)]
    for asked_round in given.rounds:
        is_file = asked_round.endswith(".csv")
        size = measured_round(asked_round, 0, 0).market if is_file else None
        mentees, mentors = (size.mentees, size.mentors) if size else map(int, asked_round.split("x"))
        names = [name for name in asked if mentees <= CONTENDERS[name][1]] + ["change"] * given.change
        for family in [asked_round] if is_file else given.families:
            compared(family, mentees, mentors, names)


if __name__ == "__main__":
    main()
