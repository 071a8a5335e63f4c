"""Goals and cadence: proposed by one side, held by both."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.rules.agreements import CADENCES, NOT_YET, Agreement, NothingProposed, OwnProposal, ProposalChanged
from core.rules.errors import InvalidFields

NOON = datetime(2030, 3, 1, 12, tzinfo=UTC)
MIA, KIM = UUID(int=1), UUID(int=2)
GOALS = "A first job."
PROPOSED = NOT_YET.proposed(MIA, GOALS, 14, NOON)
AGREED = PROPOSED.agreed(KIM, NOON)


def test_a_proposal_waits_for_the_other_side() -> None:
    assert Agreement(GOALS, 14, (MIA,), None) == PROPOSED
    assert PROPOSED.is_open


def test_it_holds_once_both_agree() -> None:
    assert Agreement(GOALS, 14, (MIA, KIM), NOON) == AGREED
    assert not AGREED.is_open


def test_to_agree_twice_changes_nothing() -> None:
    assert AGREED.agreed(KIM, NOON) is AGREED
    assert AGREED.agreed(MIA, NOON) is AGREED


def test_nobody_agrees_to_their_own_proposal() -> None:
    with pytest.raises(OwnProposal):
        PROPOSED.agreed(MIA, NOON)


@pytest.mark.parametrize("who", [MIA, KIM])
def test_a_change_asks_the_other_side_again(who: UUID) -> None:
    assert AGREED.proposed(who, "Another job.", 14, NOON) == Agreement("Another job.", 14, (who,))
    assert AGREED.proposed(who, GOALS, 30, NOON) == Agreement(GOALS, 30, (who,))


def test_to_propose_the_same_is_to_agree() -> None:
    assert PROPOSED.proposed(KIM, f" {GOALS} ", 14, NOON) == AGREED
    assert PROPOSED.proposed(MIA, GOALS, 14, NOON) is PROPOSED
    assert AGREED.proposed(MIA, GOALS, 14, NOON) is AGREED


def test_nobody_agrees_to_what_they_have_not_read() -> None:
    changed = PROPOSED.proposed(MIA, "Another job.", 14, NOON)
    with pytest.raises(ProposalChanged):
        changed.agreed(KIM, NOON, PROPOSED.version)
    assert changed.agreed(KIM, NOON, changed.version).agreed_at == NOON


def test_there_must_be_something_to_agree_to() -> None:
    with pytest.raises(NothingProposed):
        NOT_YET.agreed(MIA, NOON)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InvalidFields) as refused:
        NOT_YET.proposed(MIA, "  ", 5, NOON)
    assert set(refused.value.problems) == {"goals", "cadence"}
    with pytest.raises(InvalidFields):
        NOT_YET.proposed(MIA, "x" * 2_000, 7, NOON)


def test_a_cadence_reads_as_it_was_chosen() -> None:
    assert {Agreement(GOALS, days).every for days in CADENCES.values()} == set(CADENCES)
    assert (Agreement(GOALS, 10).every, NOT_YET.every) == ("10 days", "")


@given(some.lists(some.tuples(some.sampled_from([MIA, KIM]), some.sampled_from(["", "a", "b"])), max_size=12))
def test_it_holds_exactly_when_both_agree_to_the_same(said: list[tuple[UUID, str]]) -> None:
    """Whoever says what in whichever order: agreed means that each side said yes to what stands, and last to that."""
    now, holds = NOT_YET, set[UUID]()
    for who, goals in said:
        if goals and goals != now.goals:
            now, holds = now.proposed(who, goals, 7, NOON), {who}
        elif now.goals and not (now.is_open and who in now.agreed_by):
            now, holds = now.agreed(who, NOON), holds | {who}
    assert set(now.agreed_by) == holds
    assert (now.agreed_at is not None) is (holds == {MIA, KIM})
