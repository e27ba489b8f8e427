import zlib
from dataclasses import replace

import pytest
import sqlalchemy as sa

from mentormatch.domain.errors import NotFound
from mentormatch.matching.certificate import TIERS, read, written
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Pairing, Proposal
from mentormatch.services.verifying_rounds import Verification
from tests.builders import people
from tests.builders.running import Running


@pytest.fixture
def running(proposed: Running) -> Running:
    return proposed


def verify(running: Running) -> Verification:
    return running.services.verifying_rounds.verify(running.programme_id, 1)


def alter(statement: sa.Update) -> None:
    with Transactions().writing() as session:
        session.execute(statement)


def test_a_round_gives_the_same_pairs_again(running: Running) -> None:
    assert verify(running).differences == ()
    assert verify(running).pairs == 2


def test_a_round_gives_the_same_pairs_again_whatever_people_answer_now(running: Running) -> None:
    running.publish()
    running.change("Omar", capacity=0)
    running.join(people.mentee(email="new@firm.example"))

    assert verify(running).differences == ()


def test_a_round_gives_the_same_pairs_again_after_an_address_was_corrected(running: Running) -> None:
    running.publish()
    running.change("Mei", email="mei.tanaka@firm.example", mailbox="mei.tanaka@firm.example")
    running.join(people.mentee(email="mei@firm.example"))

    assert verify(running).differences == ()


def test_a_proposal_that_was_solved_again_is_verified_as_it_was_posed(running: Running) -> None:
    running.solve_again()
    running.solve()

    assert verify(running).differences == ()


def test_a_pairing_that_was_moved_by_hand_is_named(running: Running) -> None:
    with Transactions().reading() as session:
        mentee_id = session.scalar(sa.select(Pairing.mentee_id).where(Pairing.mentor_id == running.ids["Silva"]))
    alter(sa.update(Pairing).where(Pairing.mentee_id == mentee_id).values(mentee_id=running.ids["Li"]))

    differences = verify(running).differences

    assert any("stored but not solved: silva@firm.example mentors li@firm.example" in line for line in differences)
    assert any(line.startswith("solved but not stored: silva@firm.example") for line in differences)


def test_an_answer_with_another_hash_is_named(running: Running) -> None:
    alter(sa.update(Proposal).values(result_sha256="0" * 64))

    (difference,) = verify(running).differences

    assert difference.startswith("the answer hashes to ")


def test_the_stored_certificate_proves_the_stored_pairs(running: Running) -> None:
    assert verify(running).proven


def test_a_forged_certificate_is_named(running: Running) -> None:
    with Transactions().reading() as session:
        kept = session.scalars(sa.select(Proposal.certificate)).one()
    assert kept is not None
    certificate = read(zlib.decompress(kept).decode())
    free = replace(certificate, mentees=dict.fromkeys(certificate.mentees, (0,) * len(TIERS)))
    alter(sa.update(Proposal).values(certificate=zlib.compress(written(free).encode())))

    assert verify(running).proven is False
    assert any("is worth more than its prices" in line for line in verify(running).differences)


def test_a_proposal_from_before_there_were_certificates_is_solved_again_all_the_same(running: Running) -> None:
    alter(sa.update(Proposal).values(certificate=None))

    assert (verify(running).proven, verify(running).differences) == (None, ())


def test_a_round_without_a_proposal_cannot_be_verified(running: Running) -> None:
    running.discard()

    with pytest.raises(NotFound):
        verify(running)
