"""Texts that trip programs up, on their way to everything that shows them: refused in a sentence, or shown whole."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.web import create_app
from core.config import Settings
from core.links import Links
from core.models import Match, Notification, Offer
from core.notifications import Kind
from core.rules.errors import DomainError
from core.rules.profiles import ProfileAnswers
from core.rules.questions import NewQuestion
from core.rules.scopes import Scope
from core.rules.wishes import Wish
from core.services.meetings import HeldMeeting, log_meeting
from core.services.offers import accept_offer
from core.services.people import Person
from core.services.profiles import save_profile
from core.services.question_drafts import ask_question
from core.services.requests import request_mentor
from core.services.tokens import create_token
from core.uow import SYSTEM, Units, Work, member
from mail.composing import compose
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.queues import Recorded
from tests.support.sandbox_client import SandboxClient
from tests.support.staff import signed_in
from tests.support.wired import Wired
from tests.tasks.conftest import workspace as workspace
from web.admin.site import LISTS

ODD = {
    "scripts": "أريد أن أعمل · שלום עולם · 我想从事 · मैं डेटा में · 👩‍👩‍👧‍👦 🏳️‍🌈",
    "turned around": "\u202egnp.exe\u202c \u2066abc",
    "stacked marks": "Z" + "\u0351\u0357\u0362" * 40,
    "ten thousand": "x" * 10_000,
    "ten thousand words": "word " * 2_000,
    "control": "a\x07b\x1b[31mc\x7f",
    "nul": "a\x00b",
    "half a character": "a\ud83db",
    "mentions": "<!channel> <!here> <@U0000001> <#C0000001>",
    "links": "<https://evil.example|here> [here](javascript:alert(1)) javascript:alert(1)",
    "tags": "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "templates": "={{ 7 * 7 }} {% raw %} ${7*7} %s {0}",
    "only space": " \u200b\u00a0\ufeff ",
}


class Typist:
    """Types the same text wherever one can. What is refused with a sentence is left at something plain."""

    def __init__(self, units: Units, text: str) -> None:
        self.units, self.text = units, text

    def profile(self, person: Person, told: ProfileAnswers) -> None:
        changes: tuple[Callable[[ProfileAnswers], ProfileAnswers], ...] = (
            lambda known: replace(known, headline=self.text),
            lambda known: replace(known, goals=self.text),
            lambda known: replace(known, about=self.text, location=self.text),
            lambda known: replace(known, skills=(self.text,), industries=(self.text,)),
        )
        for change in changes:
            odd = change(told)
            if self._taken(person, partial(save_profile, person_id=person.id, answers=odd)):
                told = odd

    def wish(self, student: Person) -> UUID:
        plain, odd = Wish("A plan."), Wish(self.text, anything_else=self.text)
        taken = self._taken(student, lambda work: request_mentor(work, student.id, odd))
        return taken or make.request(self.units, student, plain)

    def question(self, student: Person) -> None:
        self._taken(student, lambda work: ask_question(work, NewQuestion(self.text, self.text, ("Law",))))

    def meeting(self, student: Person, match_id: UUID) -> None:
        held = HeldMeeting(match_id, NOON.date(), 30, "Video", self.text, (self.text,))
        self._taken(student, lambda work: log_meeting(work, held))

    def _taken(self, person: Person, deed: Callable[[Work], UUID]) -> UUID | None:
        try:
            with self.units.work(member(person.id)) as work:
                return deed(work)
        except DomainError:
            return None


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_whatever_is_typed_is_refused_in_a_sentence_or_shown_everywhere(
    settings: Settings, units: Units, queue: Recorded, workspace: SandboxClient, text: str
) -> None:
    worker, typist = Wired(settings, units, queue, workspace), Typist(units, text)
    mia, kim, ada = worker.student(), worker.mentor(), worker.person("Ada Staff", is_admin=True)
    typist.profile(mia.known, make.STUDENT)
    typist.profile(kim.known, make.MENTOR)
    request_id = typist.wish(mia.known)
    make.wave(units, request_id, kim.known)
    typist.question(mia.known)
    with units.work(member(kim.id)) as work:
        match_id = accept_offer(work, work.session.scalars(select(Offer.id)).one())
    typist.meeting(mia.known, match_id)
    for _ in range(4):
        worker.deliver(seconds=70)
    worker.end()
    assert [call["error"] for call in worker.calls() if call["error"]] == []
    assert worker.troubles() == []

    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Match.state)).one() == "active"
        for row in reading.session.scalars(select(Notification).where(Notification.recipient_id.is_not(None))):
            assert row.recipient_id
            assert row.subject_id
            letter = compose(reading, Kind(row.kind), row.subject_id, row.recipient_id, Links.of(settings))
            assert "<script>alert" not in letter.html

    desk = signed_in(settings, units, ada.known)
    for page in LISTS:
        shown = desk.get(f"/admin/{page.key}/list")
        assert shown.status_code == 200
        assert "<script>alert" not in shown.text
    with units.work(SYSTEM) as work:
        _, key = create_token(work, ada.id, "Tests", [scope.value for scope in Scope])
    api = TestClient(create_app(settings, units), headers={"Authorization": f"Bearer {key}"})
    for path in ("people", "requests", "matches", "questions", f"people/{mia.id}/profiles/student"):
        assert api.get(f"/api/v1/{path}").json()
