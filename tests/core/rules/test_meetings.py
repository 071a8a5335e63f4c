"""The life of a meeting, and what each side tells of it."""

from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.rules.accounts import Account, Told, confirm, correct
from core.rules.meetings import MOVES, MeetingClosed, MeetingState, move
from tests.conftest import NOON

ANA, BEN = UUID(int=1), UUID(int=2)


def account(minutes: int, notes: str = "") -> Account:
    return Account(NOON.date(), minutes, "Video", notes, NOON)


TOLD = Told({ANA: account(45)}, ANA, frozenset({ANA}))


@pytest.mark.parametrize(("state", "target"), list(product(MeetingState, MeetingState)))
def test_only_drawn_moves_are_made(state: MeetingState, target: MeetingState) -> None:
    if target in MOVES[state]:
        assert move(state, target) is target
    else:
        with pytest.raises(MeetingClosed):
            move(state, target)


def test_a_correction_leaves_the_other_version_standing() -> None:
    told = correct(TOLD, BEN, account(60))
    assert told.disputed
    assert (told.standing, told.confirmed, told.accounts[ANA].minutes) == (ANA, frozenset({ANA}), 45)


def test_confirming_takes_over_what_the_other_says() -> None:
    told = correct(TOLD, BEN, account(60))
    by_ana, by_ben = confirm(told, ANA), confirm(told, BEN)
    assert (by_ana.standing, by_ben.standing) == (BEN, ANA)
    for settled in (by_ana, by_ben):
        assert settled.confirmed == {ANA, BEN}
        assert not settled.disputed
        assert len(settled.accounts) == 2


def test_a_version_may_change_after_it_was_agreed_on() -> None:
    settled = confirm(TOLD, BEN)
    again = correct(settled, ANA, account(30))
    assert (again.standing, again.confirmed) == (ANA, frozenset({ANA}))
    other = correct(settled, BEN, account(30))
    assert (other.standing, other.confirmed) == (ANA, frozenset({ANA}))
    assert other.disputed


def test_notes_are_no_disagreement() -> None:
    told = correct(TOLD, BEN, account(45, "My own notes."))
    assert told.confirmed == {ANA, BEN}
    assert not told.disputed


def test_notes_that_are_added_later_leave_the_others_yes_standing() -> None:
    told = correct(confirm(TOLD, BEN), ANA, account(45, "What we agreed on."))
    assert told.confirmed == {ANA, BEN}
    assert told.accounts[ANA].notes == "What we agreed on."


def test_nobody_confirms_their_own_word() -> None:
    with pytest.raises(MeetingClosed):
        confirm(TOLD, ANA)


steps = some.lists(some.tuples(some.sampled_from([ANA, BEN]), some.none() | some.integers(1, 3)), max_size=12)


@given(steps)
def test_whatever_is_said_nobodys_version_is_changed_by_the_other(said: list[tuple[UUID, int | None]]) -> None:
    told, own = TOLD, {ANA: 45}
    for person, minutes in said:
        if minutes is None:
            try:
                told = confirm(told, person)
            except MeetingClosed:
                assert person in told.confirmed
        else:
            told, own[person] = correct(told, person, account(minutes)), minutes
        assert {who: version.minutes for who, version in told.accounts.items()} == own
        assert told.standing in told.accounts
        assert told.standing in told.confirmed


def test_days_count_for_agreement() -> None:
    other = Account(NOON.date() - timedelta(days=1), 45, "Video", "", NOON)
    assert correct(TOLD, BEN, other).disputed
