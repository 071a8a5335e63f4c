"""Which cards of a question a move draws anew: Slack takes 50 changes a minute for a whole workspace."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from core.models import Notification
from core.notifications import ChannelName, Kind, notify, to_channel, to_person
from core.rules.referrals import Fit
from core.services.people import Person
from core.services.question_answers import allow_reading, mark_answered, rate_answer
from core.services.question_claims import remind_claimer
from core.services.question_referrals import refer_question, tell_staff
from core.uow import SYSTEM, Units, Work, member
from tests.core.services.test_question_claims import Story

STATUS, CARD, ANSWERED = Kind.QUESTION_STATUS, Kind.QUESTION_CARD, Kind.QUESTION_ANSWERED
CLAIMED, YOURS, REMINDER = Kind.QUESTION_CLAIMED, Kind.QUESTION_YOURS, Kind.QUESTION_REMINDER
REFERRED, UNCLAIMED = Kind.QUESTION_REFERRED, Kind.QUESTION_UNCLAIMED


class Shown(Story):
    """A question whose cards stand where they do in truth."""

    def __init__(self, units: Units) -> None:
        super().__init__(units)
        with units.work(SYSTEM) as work:
            notify(work, to_person(self.mia.id), STATUS, self.question_id)
            notify(work, to_channel(ChannelName.QUESTIONS), CARD, self.question_id)

    def does(self, person: Person | None, act: Callable[[Work], object], **after: float) -> None:
        with self.at(**after).work(member(person.id) if person else SYSTEM) as work:
            act(work)

    @contextmanager
    def draws(self, *kinds: Kind) -> Iterator[None]:
        """What is done within draws the cards of these kinds anew, and no others."""
        before = self._drawn()
        yield
        assert set(self._drawn() - before) == set(kinds)

    def _drawn(self) -> Counter[Kind]:
        with self.units.read(SYSTEM) as reading:
            changes = select(Notification.kind).where(Notification.updates_id.is_not(None))
            return Counter(map(Kind, reading.session.scalars(changes)))


@pytest.fixture
def shown(units: Units) -> Shown:
    return Shown(units)


def test_while_nobody_claims_it_only_what_names_the_next_step_is_drawn(shown: Shown) -> None:
    asked = [Fit(shown.lee.id, 0.9, ("Law",))]
    with shown.draws(STATUS):
        shown.does(None, lambda work: refer_question(work, shown.question_id, asked), hours=6)
    with shown.draws(STATUS):
        shown.does(None, lambda work: tell_staff(work, shown.question_id), hours=20)
    with shown.draws(STATUS, UNCLAIMED):
        shown.does(None, lambda work: tell_staff(work, shown.question_id), hours=20 + 72)
    with shown.draws(STATUS, CARD, REFERRED, UNCLAIMED):
        shown.claim(shown.kim, hours=93)


def test_staff_who_were_told_first_read_who_was_asked_afterwards(shown: Shown) -> None:
    shown.does(None, lambda work: tell_staff(work, shown.question_id), hours=20)
    with shown.draws(STATUS, UNCLAIMED):
        shown.does(None, lambda work: refer_question(work, shown.question_id, []), hours=21)


def test_more_time_is_between_the_mentor_and_who_waits(shown: Shown) -> None:
    claim_id = shown.claim(shown.kim)
    with shown.draws(STATUS, YOURS):
        shown.does(None, lambda work: remind_claimer(work, claim_id), hours=49)
    with shown.draws(STATUS, YOURS, REMINDER):
        shown.more_time(shown.kim, hours=50)
    with shown.draws(STATUS, YOURS, REMINDER):  # the first reminder, which says when the next one comes
        shown.does(None, lambda work: remind_claimer(work, claim_id), hours=50 + 48)


def test_a_rating_is_nobody_elses_news(shown: Shown) -> None:
    shown.claim(shown.kim)
    with shown.draws(STATUS, CARD, CLAIMED, YOURS):
        shown.does(shown.kim, lambda work: mark_answered(work, shown.question_id, "Read it twice.", True), hours=1)
    with shown.draws(CARD, ANSWERED):
        shown.does(shown.mia, lambda work: allow_reading(work, shown.question_id, allowed=True), hours=2)
    with shown.draws(ANSWERED):
        shown.does(shown.mia, lambda work: rate_answer(work, shown.question_id, 5, "It helped."), hours=3)


def test_the_card_that_everybody_reads_goes_first(shown: Shown) -> None:
    shown.claim(shown.kim)
    with shown.units.read(SYSTEM) as reading:
        changes = select(Notification.kind).where(Notification.updates_id.is_not(None))
        drawn = reading.session.scalars(changes.order_by(Notification.not_before, Notification.id)).all()
    assert drawn == [CARD, STATUS]
