"""The best solutions of a small round, found by trying every solution there is."""

from collections import Counter
from collections.abc import Iterator

from mentormatch.matching.people import Pair
from tests.matching.properties.model import Model, Worth


def best(model: Model) -> tuple[Worth, frozenset[Pair]]:
    """Give the worth of the best solution, and that solution."""
    return max(((model.worth(chosen), chosen) for chosen in every_solution(model)), key=lambda found: found[0])


def equally_good(model: Model) -> frozenset[frozenset[Pair]]:
    """Give all solutions between which only lots can decide."""
    solutions = [(model.worth(chosen)[:-1], chosen) for chosen in every_solution(model)]
    most = max(worth for worth, _ in solutions)
    return frozenset(chosen for worth, chosen in solutions if worth == most)


def every_solution(model: Model) -> Iterator[frozenset[Pair]]:
    """Give every set of pairs that keeps to every rule."""
    mentors_of: dict[str, list[str]] = {}
    for mentor, mentee in model.pairs:
        mentors_of.setdefault(mentee, []).append(mentor)
    for chosen in _grown(model, list(mentors_of.items()), [], Counter()):
        if model.problem.locks <= chosen:
            yield chosen


def _grown(
    model: Model, open_to: list[tuple[str, list[str]]], chosen: list[Pair], held: Counter[str]
) -> Iterator[frozenset[Pair]]:
    if not open_to:
        yield frozenset(chosen)
        return
    (mentee, mentors), *rest = open_to
    yield from _grown(model, rest, chosen, held)
    for mentor in mentors:
        if held[mentor] < model.places[mentor] and (mentee, mentor) not in chosen:
            held[mentor] += 1
            yield from _grown(model, rest, [*chosen, (mentor, mentee)], held)
            held[mentor] -= 1
