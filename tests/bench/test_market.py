"""Two weeks of questions, in small; and how a market is made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.questions import MOST_OPEN, checked
from core.rules.referrals import Candidate, Habit, Load, choose
from tests.bench.market.fortnight import Asking, by_fit_alone
from tests.bench.market.habits import AMONG_TWENTY, OF, Ways
from tests.bench.market.run import live, table
from tests.bench.market.world import make
from tests.support.encoder import HashEncoder


@given(st.integers(0, 50), st.integers(1, 60), st.integers(1, 40), st.integers(1, 20))
def test_a_market_is_made_of_its_seed(seed: int, questions: int, mentors: int, days: int) -> None:
    market = make(seed, questions, mentors, days)
    assert make(seed, questions, mentors, days) == market
    assert (len(market.questions), len(market.mentors)) == (questions, mentors)
    assert all(0 <= each.hour < 24 * days for each in market.questions)
    assert all(checked(each.new) for each in market.questions)
    assert market.chance("look", 1).random() == market.chance("look", 1).random()


def test_nobody_asks_more_than_may_wait_and_some_fields_are_asked_about_more() -> None:
    market = make(1, 300, 40, 14)
    students = [each.student for each in market.questions]
    assert max(map(students.count, students)) <= MOST_OPEN
    fields = [each.field for each in market.questions]
    assert max(map(fields.count, fields)) > 4 * min(map(fields.count, fields))


def test_mentors_differ_and_all_ways_are_described() -> None:
    assert len(AMONG_TWENTY) == 20
    assert set(AMONG_TWENTY) == set(OF) == set(Ways)


@given(st.lists(st.builds(Candidate, st.uuids(), st.just(("Law",)), st.floats(0, 1)), max_size=6))
def test_fit_alone_knows_of_nothing_else(fresh: list[Candidate]) -> None:
    worn = [Candidate(one.mentor_id, one.shared, one.alike, Load(9, 9, 1, 9), Habit(silent=9)) for one in fresh]
    assert by_fit_alone(worn, 1) == choose(fresh, 1)


@pytest.mark.timeout(300)
def test_in_a_small_market_every_promise_is_kept_and_direct_asks_are_claimed() -> None:
    outcomes = live(make(2, 12, 8, 1), HashEncoder(), {}, (Asking.NOBODY, Asking.BY_RULE))
    assert not [line for outcome in outcomes.values() for line in outcome.broken]
    none, ruled = outcomes[Asking.NOBODY], outcomes[Asking.BY_RULE]
    assert none.stats.asked == ruled.stats.asked == 12
    assert (none.referrals.asked, none.referrals.claimed) == (0, 0)
    assert ruled.referrals.asked > 0
    assert any(line.startswith("claimed within 24 hours") for line in table(outcomes))
