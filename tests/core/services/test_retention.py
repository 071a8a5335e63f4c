"""Old things go, a bounded number at a time; what is younger, or still needed, stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.models import Batch, Feedback, Match, Meeting, Offer, Question, Request
from core.rules import retention as rules
from core.rules.checkins import FeedbackKind
from core.rules.matches import MatchState
from core.rules.meetings import MeetingState
from core.rules.offers import DeclineReason
from core.rules.questions import QuestionState
from core.services.offers import decline_offer
from core.services.requests import cancel_request
from core.services.retention import FORGETTING
from core.services.waves import open_wave
from core.uow import SYSTEM, Units, member
from tests.conftest import NOON, later
from tests.support import factories as make


def forget(units: Units, *, days: int) -> int:
    """What is forgotten so many days later."""
    moved = later(units, NOON + timedelta(days=days))
    done = 0
    for one in FORGETTING:
        with moved.work(SYSTEM) as work:
            done += one(work)
    return done


def test_wishes_notes_and_inputs_go_after_a_year(units: Units) -> None:
    mia, kim = make.student(units), make.mentor(units)
    request_id = make.request(units, mia)
    known = replace(make.PROVENANCE, inputs={"student": {}, "wish": "x", "mentors": [], "candidates": []})
    with units.work(SYSTEM) as work:
        assert open_wave(work, request_id, [make.proposal(kim.id)], known)
    with units.work(member(kim.id)) as work:
        offer_id = work.session.scalars(select(Offer.id)).one()
        decline_offer(work, offer_id, DeclineReason.OTHER, "Not now.")
    assert forget(units, days=400) == 1, "the note alone: the request is still open"
    with units.work(member(mia.id)) as work:
        cancel_request(work, request_id)
    assert forget(units, days=360) == 0
    assert forget(units, days=400) == 2
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Batch.inputs)).one() == {"candidates": []}
        assert reading.session.get_one(Request, request_id).wish == ""
        assert reading.session.get_one(Offer, offer_id).decline_note == ""
    assert forget(units, days=400) == 0


def test_comments_and_notes_go_after_the_match_and_help_later(units: Units) -> None:
    mia, kim = make.student(units), make.mentor(units)
    over = make.match(units, mia, kim, state=MatchState.ENDED, ended_at=NOON)
    runs = make.match(units, mia, kim)
    with units.work(SYSTEM) as work:
        for match_id in (over, runs):
            for kind in (FeedbackKind.SURVEY, FeedbackKind.HELP):
                said = {"kind": kind, "comment": "Words", "said_at": work.now}
                work.session.add(Feedback(match_id=match_id, author_id=mia.id, **said))
            held = {"state": MeetingState.HELD, "starts_at": work.now, "minutes": 30, "kind": "Video"}
            work.session.add(Meeting(match_id=match_id, author_id=mia.id, notes="Words", **held))
    assert [forget(units, days=days) for days in (360, 370, 800, 1200)] == [0, 1, 1, 1]
    with units.read(SYSTEM) as reading:
        left = reading.session.execute(select(Feedback.match_id, Feedback.comment)).all()
        notes = reading.session.execute(select(Meeting.match_id, Meeting.notes)).all()
        assert reading.session.scalars(select(Match)).all()
    assert sorted(left) == sorted([(over, ""), (over, ""), (runs, "Words"), (runs, "Words")])
    assert sorted(notes) == sorted([(over, ""), (runs, "Words")])


def test_drafts_that_nobody_saw_go_and_some_at_a_time(units: Units, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "AT_ONCE", 2)
    mia = make.student(units)
    unposted = {"state": QuestionState.CLOSED, "posted_at": None, "opened_at": None, "closed_at": NOON}
    for _ in range(3):
        make.question(units, mia, **unposted)
    kept = make.question(units, mia, **unposted | {"posted_at": NOON, "opened_at": NOON})
    assert [forget(units, days=days) for days in (29, 31, 31, 31)] == [0, 2, 1, 0]
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Question.id)).all() == [kept]
