"""Compare solvers on the same markets: `python -m tests.bench.engine [MENTEESxMENTORS ...] [--families ...]`.

Every contender runs in a process of its own, one after the other. Times are the processor's, as a share of dense
scipy's where that was run; on a machine with other work to do only these ratios mean anything.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from typing import Final

from mentormatch.matching.core.market import Market
from tests.bench.contenders import CONTENDERS, installed
from tests.builders.markets import market

_FAMILIES: Final = ("random", "structured", "ties", "scarce", "languages")
_PATIENCE: Final = 1800


def instance(family: str, mentees: int, mentors: int) -> Market:
    """Make one market of a family; the same one every time."""
    drawn = family if family in ("structured", "ties", "equal") else "random"
    return market(
        (mentees, mentors // 3 if family == "scarce" else mentors),
        seed=1,
        family=drawn,
        mixed_places=family == "scarce",
        tongues=6 if family == "languages" else 1,
        barred=5 * mentees,
    )


def measured(name: str, family: str, mentees: int, mentors: int) -> dict[str, float]:
    """Run one contender in this process."""
    made = instance(family, mentees, mentors)
    wall, processor = time.perf_counter(), time.process_time()
    found = CONTENDERS[name][0](made)
    return {
        "found": found,
        "cpu": time.process_time() - processor,
        "wall": time.perf_counter() - wall,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }


def compared(family: str, mentees: int, mentors: int) -> None:
    """Run every contender on one market and print what each of them took."""
    results = {}
    for name in installed():
        if mentees <= CONTENDERS[name][1]:
            ask = [sys.executable, "-m", "tests.bench.engine", "--one", name, family, str(mentees), str(mentors)]
            answer = subprocess.run(ask, capture_output=True, text=True, timeout=_PATIENCE, check=False)
            results[name] = json.loads(answer.stdout) if answer.returncode == 0 else None
    reference = results.get("dense scipy")
    for name, result in results.items():
        if result is None:
            print(f"{family:12}{mentees:>7} x {mentors:<7}{name:22}failed", flush=True)  # noqa: T201
            continue
        share = f"{reference['cpu'] / result['cpu']:9.2f}" if reference else "        -"
        agrees = "" if reference is None or name == "one look" or result["found"] == reference["found"] else " DIFFERS"
        print(  # noqa: T201
            f"{family:12}{mentees:>7} x {mentors:<7}{name:22}{result['cpu']:9.2f} s{result['wall']:9.2f} s wall"
            f"{share} times faster than dense{result['memory']:7.2f} GB{agrees}",
            flush=True,
        )


def main() -> None:
    """Read what to compare and compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["1000x1000", "5000x5000"])
    parser.add_argument("--families", nargs="+", default=_FAMILIES, choices=(*_FAMILIES, "equal"))
    parser.add_argument("--one", nargs=4, metavar=("CONTENDER", "FAMILY", "MENTEES", "MENTORS"))
    given = parser.parse_args()
    if given.one:
        name, family, mentees, mentors = given.one
        print(json.dumps(measured(name, family, int(mentees), int(mentors))))  # noqa: T201
        return
    for size in given.sizes:
        mentees, mentors = map(int, size.split("x"))
        for family in given.families:
            compared(family, mentees, mentors)


if __name__ == "__main__":
    main()
