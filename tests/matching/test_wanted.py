"""A mentor whom the student asked for: asked first and alone, scored as anybody, and replayed the same."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from core.models import Batch, Block, Match, Offer, Profile, Request
from core.rules.matches import Origin
from core.rules.offers import DeclineReason, OfferState
from core.rules.requests import RequestState, Wanted
from core.rules.scores import Criterion
from core.services.batches import stored_batch
from core.services.due import expire_offers
from core.services.mentoring import pause_mentoring
from core.services.offers import accept_offer, decline_offer, offer_card
from core.services.people import Person
from core.services.requests import edit_request, request_mentor
from core.services.standing import RequestStatus, status
from core.services.waves import OutOfDate, open_wave
from core.uow import SYSTEM, Units, member
from matching.replay import compare
from matching.service import Matcher
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.encoder import HashEncoder


class Story:
    """A student who asks for a mentor by name, though others fit better."""

    def __init__(self, units: Units) -> None:
        self.units, self.matcher = units, Matcher(units, HashEncoder())
        self.student = make.student(units, "Mia Tan")
        self.kim = make.mentor(units, "Kim Alder", headline="Baker", goals="Bread.", skills=("Baking",))
        self.others = [make.mentor(units) for _ in range(4)]

    def ask(self) -> UUID:
        with self.units.work(member(self.student.id)) as work:
            return request_mentor(work, self.student.id, make.WISH, self.kim.id)

    def search(self, request_id: UUID) -> None:
        found = self.matcher.find(request_id)
        with self.units.work(SYSTEM) as work:
            open_wave(work, request_id, found.proposals, found.provenance)

    def asked(self, request_id: UUID) -> list[Offer]:
        with self.units.read(SYSTEM) as reading:
            offers = select(Offer).where(Offer.request_id == request_id, Offer.state == OfferState.OPEN)
            return list(reading.session.scalars(offers.order_by(Offer.rank)))

    def decline(self, offer: Offer) -> None:
        with self.units.work(member(offer.mentor_id)) as work:
            decline_offer(work, offer.id, DeclineReason.NO_TIME)

    def status(self, request_id: UUID) -> RequestStatus:
        with self.units.read(member(self.student.id)) as reading:
            return status(reading, request_id)


@pytest.fixture
def story(units: Units) -> Story:
    return Story(units)


def test_the_wanted_mentor_is_asked_alone_with_a_score_and_reasons(story: Story) -> None:
    request_id = story.ask()
    assert story.status(request_id).wanted is Wanted.FIRST
    story.search(request_id)
    (offer,) = story.asked(request_id)
    assert offer.mentor_id == story.kim.id
    assert len(offer.criteria) == len(Criterion)
    assert offer.score == pytest.approx(sum(part["points"] for part in offer.criteria), abs=0.01)
    now = story.status(request_id)
    assert (now.state, now.wanted, now.wanted_name) == (RequestState.OFFERED, Wanted.ASKED, "Kim Alder")


def test_the_mentor_reads_that_they_are_asked_by_name(story: Story) -> None:
    request_id = story.ask()
    story.search(request_id)
    (offer,) = story.asked(request_id)
    with story.units.read(member(story.kim.id)) as reading:
        assert offer_card(reading, offer.id).asked_by_name
    story.decline(offer)
    story.search(request_id)
    for other in story.asked(request_id):
        with story.units.read(member(other.mentor_id)) as reading:
            assert not offer_card(reading, other.id).asked_by_name


def test_such_a_wave_is_replayed_the_same(story: Story) -> None:
    request_id = story.ask()
    story.search(request_id)
    with story.units.work(SYSTEM) as work:
        work.session.execute(update(Profile).where(Profile.user_id == story.kim.id).values(headline="Retired"))
    with story.units.read(SYSTEM) as reading:
        batch = stored_batch(reading, reading.session.scalars(select(Batch.id)).one())
    comparison = compare(batch, HashEncoder())
    assert comparison.same
    assert [line.mentor_id for line in comparison.lines] == [story.kim.id]
    assert batch.inputs["wanted_mentor_id"] == str(story.kim.id)


def test_the_match_remembers_that_it_came_of_a_question(story: Story) -> None:
    request_id = story.ask()
    story.search(request_id)
    with story.units.work(member(story.kim.id)) as work:
        match_id = accept_offer(work, story.asked(request_id)[0].id)
    with story.units.read(SYSTEM) as reading:
        assert reading.session.get_one(Match, match_id).origin is Origin.QUESTION


def test_after_a_no_the_three_who_fit_best_are_asked(story: Story) -> None:
    request_id = story.ask()
    story.search(request_id)
    story.decline(story.asked(request_id)[0])
    assert story.status(request_id).wanted is Wanted.COULD_NOT
    story.search(request_id)
    three = story.asked(request_id)
    assert len(three) == 3
    assert story.kim.id not in {offer.mentor_id for offer in three}
    with story.units.work(member(three[0].mentor_id)) as work:
        match_id = accept_offer(work, three[0].id)
    with story.units.read(SYSTEM) as reading:
        assert reading.session.get_one(Match, match_id).origin is Origin.BATCH


def test_after_silence_too(story: Story) -> None:
    request_id = story.ask()
    story.search(request_id)
    with later(story.units, NOON + timedelta(hours=73)).work(SYSTEM) as work:
        expire_offers(work, request_id)
    assert story.status(request_id).wanted is Wanted.COULD_NOT
    story.search(request_id)
    assert len(story.asked(request_id)) == 3


def test_who_may_not_be_asked_is_passed_over_and_the_student_reads_it(story: Story) -> None:
    with story.units.work(SYSTEM) as work:
        work.session.add(Block(user_id=story.kim.id, other_id=story.student.id))
    request_id = story.ask()
    story.search(request_id)
    assert len(story.asked(request_id)) == 3
    now = story.status(request_id)
    assert (now.wanted, now.asked) == (Wanted.PASSED, 3)


def test_who_pauses_between_search_and_offer_is_not_asked(story: Story) -> None:
    request_id = story.ask()
    found = story.matcher.find(request_id)
    with story.units.work(member(story.kim.id)) as work:
        pause_mentoring(work, story.kim.id)
    with pytest.raises(OutOfDate), story.units.work(SYSTEM) as work:
        open_wave(work, request_id, found.proposals, found.provenance)
    story.search(request_id)
    assert len(story.asked(request_id)) == 3


def test_an_edited_request_asks_the_wanted_mentor_again(story: Story) -> None:
    request_id = story.ask()
    story.search(request_id)
    with story.units.work(member(story.student.id)) as work:
        edit_request(work, request_id, make.WISH)
    story.search(request_id)
    assert [offer.mentor_id for offer in story.asked(request_id)] == [story.kim.id]


def test_a_wanted_mentor_who_was_passed_over_is_later_one_of_three(story: Story) -> None:
    with story.units.work(member(story.kim.id)) as work:
        pause_mentoring(work, story.kim.id)
    request_id = story.ask()
    story.search(request_id)
    for offer in story.asked(request_id):
        story.decline(offer)
    with story.units.work(SYSTEM) as work:
        work.session.execute(update(Profile).where(Profile.user_id == story.kim.id).values(paused_until=None))
    story.search(request_id)
    assert {offer.mentor_id for offer in story.asked(request_id)} == {story.kim.id, _left(story, request_id).id}
    assert story.status(request_id).wanted is Wanted.ASKED


def _left(story: Story, request_id: UUID) -> Person:
    """The one of the others whom the first wave had not asked."""
    with story.units.read(SYSTEM) as reading:
        declined = select(Offer.mentor_id).where(Offer.request_id == request_id, Offer.state == OfferState.DECLINED)
        asked = set(reading.session.scalars(declined))
    (left,) = (one for one in story.others if one.id not in asked)
    return left


def test_an_erased_mentor_is_wanted_by_nobody(story: Story) -> None:
    request_id = story.ask()
    with story.units.work(SYSTEM) as work:
        work.session.execute(update(Request).where(Request.id == request_id).values(wanted_mentor_id=None))
    story.search(request_id)
    assert len(story.asked(request_id)) == 3
    assert story.status(request_id).wanted is None
