"""Verifying rounds: solving the frozen input again, comparing the answer with what was stored, checking its proof."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.errors import NotFound
from mentormatch.domain.policies import Policy
from mentormatch.domain.sentences import said
from mentormatch.matching.certificate import Certificate, read
from mentormatch.matching.people import Pair
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.proof import examine
from mentormatch.matching.snapshots import formula_of, problem_from, record_of, sha256_of
from mentormatch.matching.solve import solve
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Pairing, Participant, Proposal, Snapshot
from mentormatch.persistence.repositories.proposals import entrants_of
from mentormatch.persistence.repositories.rounds import round_of, shown_proposal
from mentormatch.services.posing_problems import person_id


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of solving a round again; `differences` is empty when everything is as it was stored.

    `proven` tells whether the stored certificate proves the stored pairs the best; None if there is none.
    """

    snapshot_sha256: str
    result_sha256: str
    pairs: int
    proven: bool | None
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stored:
    proposal: Proposal
    snapshot: str
    certificate: Certificate | None
    pairs: frozenset[Pair]
    addresses: dict[str, str]


class VerifyingRounds:
    """Shows that a round's answer follows from its frozen input; anyone may repeat it."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def verify(self, programme_id: int, number: int) -> Verification:
        """Solve a round again from its snapshot and check its certificate; raises NotFound when it has no proposal."""
        with self._transactions.reading() as session:
            stored = _stored(session, programme_id, number)
        problem, policy = problem_from(stored.snapshot)
        solution = solve(problem, policy)
        pairs = frozenset((p.mentor_id, p.mentee_id) for p in solution.pairings)
        result = sha256_of(record_of(solution, formula_of(stored.snapshot)))
        proven, doubts = _proof(stored, problem, policy)
        differences = (*_differences(stored, pairs, result), *doubts)
        return Verification(stored.proposal.snapshot_sha256, result, len(pairs), proven, differences)


def _stored(session: Session, programme_id: int, number: int) -> _Stored:
    proposal = shown_proposal(session, round_of(session, programme_id, number))
    if proposal is None:
        raise NotFound(said("Round %(number)s has no proposal to verify.", number=number))
    content = session.get_one(Snapshot, proposal.snapshot_sha256).content
    # An address may have been corrected since: the engine's ids are those of then, not of the mailboxes of now.
    entrants = entrants_of(session, proposal.id)
    people = sa.select(Participant.id, Participant.mailbox).where(Participant.programme_id == programme_id)
    mailboxes = {row.id: row.mailbox for row in session.execute(people)}
    ids = {i: entrants[i].engine_id if i in entrants else person_id(mailboxes[i]) for i in mailboxes}
    paired = sa.select(Pairing.mentor_id, Pairing.mentee_id).where(Pairing.proposal_id == proposal.id)
    pairs = frozenset((ids[mentor], ids[mentee]) for mentor, mentee in session.execute(paired))
    addresses = {ids[i]: mailbox for i, mailbox in mailboxes.items() if i in entrants}
    certificate = read(zlib.decompress(proposal.certificate).decode()) if proposal.certificate else None
    return _Stored(proposal, zlib.decompress(content).decode(), certificate, pairs, addresses)


def _proof(stored: _Stored, problem: MatchingProblem, policy: Policy) -> tuple[bool | None, tuple[str, ...]]:
    """Check the stored pairs by their certificate alone; tell whether they are the best, and what speaks against it."""
    if stored.certificate is None:
        return None, ()
    examined = examine(problem, policy, stored.pairs, stored.certificate)
    doubts = [said("by its certificate, %(what)s", what=_named(stored, what)) for what in examined.wrong]
    if examined.gap is not None and stored.proposal.summary["is_proven"]:
        doubts.append(
            said("by its certificate, %(what)s could be better by %(gain)s", what=examined.gap[0], gain=examined.gap[1])
        )
    return not examined.wrong and examined.gap is None, tuple(doubts)


def _named(stored: _Stored, what: str) -> str:
    return " ".join(stored.addresses.get(word.rstrip(":"), word) for word in what.split(" "))


def _differences(stored: _Stored, pairs: frozenset[Pair], result: str) -> Iterator[str]:
    kept = stored.proposal
    if (found := sha256_of(stored.snapshot)) != kept.snapshot_sha256:
        yield said("the frozen input hashes to %(found)s, not to %(kept)s", found=found, kept=kept.snapshot_sha256)
    if result != kept.result_sha256:
        yield said("the answer hashes to %(result)s, not to %(kept)s", result=result, kept=kept.result_sha256)
    for mentor, mentee in sorted(stored.pairs - pairs):
        yield said(
            "stored but not solved: %(mentor)s mentors %(mentee)s",
            mentor=_name(stored, mentor),
            mentee=_name(stored, mentee),
        )
    for mentor, mentee in sorted(pairs - stored.pairs):
        yield said(
            "solved but not stored: %(mentor)s mentors %(mentee)s",
            mentor=_name(stored, mentor),
            mentee=_name(stored, mentee),
        )


def _name(stored: _Stored, key: str) -> str:
    return stored.addresses.get(key, said("person %(key)s", key=key[:12]))
