"""Two good answers, a suggestion, and the mentor who gave them is asked first: played by label."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from core.models import Batch, Match
from core.rules.matches import Origin
from core.services.batches import stored_batch
from core.uow import SYSTEM
from matching.replay import compare
from tests.support.encoder import HashEncoder
from tests.support.people import Person
from tests.support.service import Service
from tests.support.story import WISH, mentors, student
from tests.support.surfaces import Message

pytestmark = pytest.mark.journey
LABEL = "Ask Kim Alder to be my mentor"


def well_answered(service: Service, asker: Person, mentor: Person, question: str) -> None:
    """Asked, claimed, answered, and rated with five stars."""
    asker.command("/ask")
    form = asker.wait_modal("Ask a quick question")
    assert form.fill({"Question": question, "Topics": ["Interviewing"]}).submit() == {}
    service.jobs.settle()
    form.close()
    channel = mentor.channel("quick-questions")
    Message(mentor, channel, mentor.messages(channel)[-1]).press("Claim")
    service.jobs.settle()
    mentor.open_home().press("Mark answered")
    assert mentor.wait_modal("Mark answered").fill({"Summary of the answer": "Like this."}).submit() == {}
    service.jobs.settle()
    asker.open_home().press("Rate answer")
    assert asker.wait_modal("Rate answer").fill({"Rating": "5"}).submit() == {}
    service.jobs.settle()


@pytest.fixture
def service(service: Service) -> Service:
    """The service on a morning: nobody is spoken to unasked at night."""
    now = service.clock()
    service.clock.move(datetime.combine(now.date() + timedelta(days=1), time(10), UTC))
    return service


@pytest.fixture
def mia(service: Service) -> Person:
    return student(service)


@pytest.fixture
def kim(service: Service, mia: Person) -> Person:
    """A mentor who has answered Mia well, twice."""
    kim, *_ = mentors(service, "Kim Alder", "Lee Birch", "Noor Cedar", "Ada Dorn")
    well_answered(service, mia, kim, "How do I read an offer letter?")
    service.pass_time(hours=1)
    assert LABEL not in mia.open_home().buttons()
    well_answered(service, mia, kim, "Which microscope for living cells?")
    service.sweep()
    return kim


def test_the_mentor_who_answered_well_is_asked_first_and_alone(service: Service, mia: Person, kim: Person) -> None:
    card = mia.wait_for("Kim Alder has answered more than one of your questions well", button=LABEL)
    assert LABEL in mia.open_home().buttons()
    card.press(LABEL)
    form = mia.wait_modal("Request a mentor")
    assert "*Kim Alder* is asked first, and alone" in form.text_all()
    assert form.fill(WISH).submit() == {}
    status = mia.wait_for("Kim Alder has been asked to be your mentor", button="Cancel request")
    assert "If they cannot, we ask the three mentors who fit you best." in status.text_all()
    service.jobs.settle()
    assert card.buttons() == []
    assert "You asked for Kim Alder as your mentor." in card.text_all()
    with service.units.read(SYSTEM) as reading:
        batch = stored_batch(reading, reading.session.scalars(select(Batch.id)).one())
    assert compare(batch, HashEncoder()).same
    kim.wait_for("they would like you as their mentor", button="Accept").press("Accept")
    mia.wait_for(button="Schedule a meeting")
    with service.units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Match.origin)).one() is Origin.QUESTION
    service.pass_time(days=1)
    assert len([one for one in mia.inbox() if "more than one of your questions well" in one.seen["text"]]) <= 1


def test_a_mentor_who_cannot_be_asked_any_more_is_passed_over(mia: Person, kim: Person) -> None:
    mia.wait_for("Kim Alder has answered", button=LABEL).press(LABEL)
    form = mia.wait_modal("Request a mentor").fill(WISH)
    kim.command("/mentor", "pause")
    kim.wait_for("You are paused")
    assert form.submit() == {}
    status = mia.wait_for("Kim Alder could not be asked this time. Three mentors who fit you have been asked.")
    assert "Cancel request" in status.buttons()


def test_no_thanks_is_told_to_nobody_and_never_asked_again(service: Service, mia: Person, kim: Person) -> None:
    before = len(kim.inbox())
    card = mia.wait_for("Kim Alder has answered", button="No thanks")
    card.press("No thanks").wait_gone("No thanks")
    assert "They have not heard of it" in card.text_all()
    card.press_raw(LABEL)
    mia.wait_for("You have answered this suggestion before")
    service.pass_time(days=1)
    assert LABEL not in mia.open_home().buttons()
    assert len(kim.inbox()) == before
