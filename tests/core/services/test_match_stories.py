"""The story of a match: from the request to today, the newest first, and nothing that was said in private."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Feedback, Match, Meeting, Offer, new_id
from core.rules.checkins import FeedbackKind
from core.rules.errors import NotFound
from core.rules.meetings import MeetingState
from core.rules.offers import OfferState
from core.services.match_stories import Happened, match_story
from core.services.offers import accept_offer
from core.services.people import Person
from core.uow import SYSTEM, Units, admin, member
from tests.conftest import NOON, later
from tests.core.services.test_health_steps import at_risk
from tests.support import factories as make

HOUR = timedelta(hours=1)


def matched(units: Units) -> tuple[Person, Person, UUID]:
    """A student, the mentor who said yes, and their match."""
    mia, kim, noor = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder"), make.mentor(units, "Noor Bakker")
    make.wave(units, make.request(units, mia), kim, noor)
    with later(units, NOON + HOUR).work(member(kim.id)) as work:
        accept_offer(work, work.session.scalars(select(Offer.id)).one())
    with units.read(SYSTEM) as reading:
        return mia, kim, reading.session.scalars(select(Match.id)).one()


def test_a_story_is_told_from_its_end(units: Units) -> None:
    mia, kim, match_id = matched(units)
    with units.work(SYSTEM) as work:
        times = {"match_id": match_id, "minutes": 45, "kind": "Video"}
        work.session.add(Meeting(state=MeetingState.HELD, starts_at=NOON + 48 * HOUR, **times))
        work.session.add(Meeting(state=MeetingState.PROPOSED, starts_at=None, **times))
        for kind, shared, comment in (
            (FeedbackKind.SURVEY, False, "In private"),
            (FeedbackKind.SURVEY, True, "For both"),
            (FeedbackKind.HELP, False, "To staff"),
        ):
            work.session.add(
                Feedback(
                    match_id=match_id,
                    author_id=mia.id,
                    kind=kind,
                    rating=None if kind is FeedbackKind.HELP else 4,
                    comment=comment,
                    shared=shared,
                    said_at=NOON + 72 * HOUR,
                )
            )
    ada = make.person(units, "Ada Staff", is_admin=True)
    with units.read(admin(ada.id)) as reading:
        story = match_story(reading, match_id)
    assert (story.student_name, story.mentor_name, story.score) == ("Mia Tan", "Kim Alder", 80.0)
    assert len(story.criteria) == 6
    kinds = [event.what for event in story.events]
    assert kinds[:4] == [Happened.SAID, Happened.SAID, Happened.SAID, Happened.MEETING]
    assert kinds[4] is Happened.MATCHED
    assert kinds[-1] is Happened.ASKED_FOR
    assert {Happened.OFFERED, Happened.ANSWERED} == set(kinds[5:-1])
    assert [event.at for event in story.events] == sorted((event.at for event in story.events), reverse=True)
    details = {event.detail for event in story.events}
    assert {"4 of 5", "4 of 5. For both", "To staff", "Video, 45 minutes"} <= details
    assert {OfferState.ACCEPTED, OfferState.TAKEN, MeetingState.HELD} <= {event.how for event in story.events}
    assert "In private" not in str(details)
    assert kim.name in {event.who for event in story.events if event.what is Happened.OFFERED}


def test_a_match_by_staff_begins_with_itself(units: Units) -> None:
    match_id = at_risk(units)
    with units.read(SYSTEM) as reading:
        assert [event.what for event in match_story(reading, match_id).events] == [Happened.MATCHED]


def test_what_is_not_there_is_not_found(units: Units) -> None:
    with pytest.raises(NotFound), units.read(SYSTEM) as reading:
        match_story(reading, new_id())
