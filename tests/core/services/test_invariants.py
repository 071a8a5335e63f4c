"""What holds at rest is seen to hold, and what is broken by hand is found."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from core.services.invariants import INVARIANTS, broken
from core.services.offers import accept_offer
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make

BREAK = {
    "A mentor's count of mentees is the number of their running matches": (
        "UPDATE mentorship_profiles SET current_mentees = 3 WHERE role = 'mentor'"
    ),
    "A request is matched if and only if it has a match": "DELETE FROM matches",
    "An accepted offer has its match, with the same two people": "DELETE FROM matches",
    "A batch names the mentor who was selected, and no other": "UPDATE match_batches SET selected_mentor_id = NULL",
    "An open offer belongs to an open batch": "UPDATE match_batches SET state = 'failed' WHERE state = 'open'",
    "Offers are open for requests that are offered, and only for those": (
        "UPDATE match_offers SET state = 'expired' WHERE state = 'open'"
    ),
    "No mentor stands in more open offers than their free places allow": (
        "UPDATE mentorship_profiles SET max_mentees = 0 WHERE role = 'mentor'"
    ),
    "A pair was introduced": "DELETE FROM notifications WHERE kind = 'introduction'",
    "Nothing is left of who was erased": "UPDATE users SET state = 'erased'",
}


@pytest.fixture
def world(units: Units) -> Units:
    """A match, and an offer that is still open."""
    mentor, other = make.mentor(units), make.mentor(units)
    make.wave(units, make.request(units, make.student(units)), mentor)
    with units.work(member(mentor.id)) as work:
        accept_offer(work, work.session.execute(text("SELECT id FROM match_offers")).scalar_one())
    make.wave(units, make.request(units, make.student(units)), other)
    return units


def says(units: Units) -> set[str]:
    with units.read(SYSTEM) as reading:
        return {one.says for one in broken(reading)}


def test_nothing_is_broken_where_all_went_its_way(world: Units) -> None:
    assert says(world) == set()


@pytest.mark.parametrize("invariant", BREAK)
def test_what_is_broken_by_hand_is_found(world: Units, owner: Engine, invariant: str) -> None:
    with owner.begin() as connection:
        connection.execute(text(BREAK[invariant]))
    assert invariant in says(world)


def test_what_was_due_and_not_done_is_found(world: Units) -> None:
    assert {"An offer ends by its deadline", "The next step of an open request is not forgotten"} <= says(
        later(world, NOON + timedelta(days=4))
    )


def test_every_sentence_is_one(units: Units) -> None:
    assert says(units) == set()
    assert set(BREAK) <= set(INVARIANTS)
    assert all(one[0].isupper() and not one.endswith(".") for one in INVARIANTS)
