"""The pages on a real database at a time that stands still, without the rest of the service."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from core.config import Settings
from core.links import Links, Purpose
from core.models import MentorshipSuggestion, Offer
from core.rules.suggestions import SuggestionState
from core.services.held_meetings import meeting_view
from core.services.meetings import HeldMeeting, log_meeting
from core.services.people import Person
from core.services.scheduling import Proposal, propose_meeting
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.pages import Page, visit
from web.actions.router import router

LATER = NOON + timedelta(days=30)
Open = Callable[..., Page]


@pytest.fixture
def links(settings: Settings) -> Links:
    return Links.of(settings)


@pytest.fixture
def client(settings: Settings, units: Units) -> TestClient:
    return browser(settings, units)


def browser(settings: Settings, units: Units) -> TestClient:
    """A browser at the pages of these units."""
    app = FastAPI()
    app.include_router(router(settings, units))
    return TestClient(app, base_url=settings.public_url)


@pytest.fixture
def go(client: TestClient, links: Links) -> Open:
    """Open a link: `go(Purpose.OFFER_ACCEPT, mentor.id, offer_id)`."""

    def go(purpose: Purpose, person_id: UUID, subject_id: UUID, until: datetime = LATER) -> Page:
        return visit(client, links.url(purpose, person_id, subject_id, until))

    return go


def suggested(units: Units, student: Person, mentor: Person) -> UUID:
    """A mentorship that is suggested to a student."""
    with units.work(SYSTEM) as work:
        made = MentorshipSuggestion(
            student_id=student.id, mentor_id=mentor.id, state=SuggestionState.SUGGESTED, suggested_at=work.now
        )
        work.session.add(made)
        work.session.flush()
        return made.id


def proposed(units: Units, by: Person, match_id: UUID) -> UUID:
    """Three times that one side proposed."""
    times = tuple(NOON + timedelta(days=day) for day in (2, 3, 4))
    with units.work(member(by.id)) as work:
        return propose_meeting(work, Proposal(match_id, times, 45, "Video", "Your plan"))


def held(units: Units, by: Person, match_id: UUID) -> tuple[UUID, UUID]:
    """A meeting that one side told of, and the action item noted with it."""
    with units.work(member(by.id)) as work:
        meeting_id = log_meeting(work, HeldMeeting(match_id, NOON.date(), 30, "Video", "", ("Read a paper",)))
        return meeting_id, meeting_view(work, meeting_id).items[0].item_id


class Asked:
    """A mentor who was asked about a student."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self.student, self.mentor, self.other = (
            make.student(units, "Mia Tan"),
            make.mentor(units, "Kim Alder"),
            make.mentor(units, "Noor Bakker"),
        )
        self.request_id = make.request(units, self.student)
        make.wave(units, self.request_id, self.mentor, self.other)

    def offer(self, mentor: Person | None = None) -> UUID:
        with self.units.read(SYSTEM) as reading:
            return reading.session.scalars(select(Offer.id).where(Offer.mentor_id == (mentor or self.mentor).id)).one()

    def state(self, mentor: Person | None = None) -> str:
        with self.units.read(SYSTEM) as reading:
            return reading.session.get_one(Offer, self.offer(mentor)).state.value


@pytest.fixture
def asked(units: Units) -> Asked:
    return Asked(units)
