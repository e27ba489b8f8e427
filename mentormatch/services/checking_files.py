"""Checking somebody's pairings from files alone: are they allowed, and does their certificate prove them the best?"""

from dataclasses import dataclass
from datetime import date

from mentormatch.domain.errors import Fault, InputRefused
from mentormatch.domain.policies import Policy
from mentormatch.matching.certificate import Certificate, read
from mentormatch.matching.proof import examine
from mentormatch.services.posing_problems import USUAL_DAY, person_id, problem_of
from mentormatch.spreadsheets.pairings import read_pairings
from mentormatch.spreadsheets.signups import read_signups


def read_certificate(data: bytes) -> Certificate:
    """Read a certificate from JSON, or raise InputRefused."""
    try:
        return read(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputRefused([Fault(None, None, f"The certificate cannot be read: {error}")]) from error


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """What speaks against pairings, people named by their addresses, or else the first tier that is not proven.

    `gap` names that tier and by how much better pairs may be there; None if these are the best.
    """

    wrong: tuple[str, ...]
    gap: tuple[str, float] | None


def check_files(
    people: bytes, policy: Policy, pairs: bytes, certificate: Certificate, on: date = USUAL_DAY
) -> CheckedFiles:
    """Check the pairings of a CSV; raises InputRefused with every fault of the files."""
    signups = read_signups(people)
    problem = problem_of(signups, policy, seed=certificate.seed, on=on)
    address_of = {person_id(signup.email): signup.email for signup in signups}
    named = frozenset((person_id(mentor), person_id(mentee)) for mentor, mentee in read_pairings(pairs))
    examined = examine(problem, policy, named, certificate)
    return CheckedFiles(tuple(_readable(what, address_of) for what in examined.wrong), examined.gap)


def _readable(what: str, address_of: dict[str, str]) -> str:
    return " ".join(address_of.get(word.rstrip(":"), word) for word in what.split(" "))
