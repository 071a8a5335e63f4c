"""Which letters are worth sending: nobody is flooded, and nobody waits for word."""

import pytest

from core.notifications import Kind
from core.rules.offers import OfferState
from core.rules.questions import ClaimEnding
from core.rules.requests import RequestState
from mail.letters import asks, meetings, quick_questions
from mail.worth import worth_sending


def told(kind: Kind, *standings: str) -> list[str]:
    """Of a card that comes to stand so, one after the other, what goes out by letter."""
    sent: list[str] = []
    for number, standing in enumerate(standings):
        if worth_sending(kind, standing, is_change=number > 0, told_last=sent[-1] if sent else None):
            sent.append(standing)
    return sent


def test_a_student_reads_of_each_wave_and_of_nothing_between() -> None:
    story = ("searching", "offered 1", "offered 1", "searching", "offered 2", "searching", "offered 3", "staff")
    assert told(Kind.REQUEST_STATUS, *story) == ["searching", "offered 1", "offered 2", "offered 3", "staff"]


def test_waiting_is_told_once_however_often_it_is_tried_again() -> None:
    story = ("searching", "waiting", "searching", "waiting", "searching", "waiting", "offered 1")
    assert told(Kind.REQUEST_STATUS, *story) == ["searching", "waiting", "offered 1"]


def test_a_match_is_told_by_the_introduction_alone() -> None:
    assert told(Kind.REQUEST_STATUS, "searching", "offered 1", "matched") == ["searching", "offered 1"]
    assert told(Kind.REQUEST_STATUS, "matched") == []


@pytest.mark.parametrize("end", [state for state in OfferState if state is not OfferState.OPEN])
def test_an_offers_end_is_told_to_who_may_still_mean_to_answer(end: OfferState) -> None:
    spared = {OfferState.TAKEN, OfferState.WITHDRAWN}
    assert told(Kind.OFFER, OfferState.OPEN, OfferState.OPEN, end) == [OfferState.OPEN, *({end} & spared)]


@pytest.mark.parametrize("kind", [Kind.OFFER, Kind.OFFER_REMINDER, Kind.OFFER_ANSWER])
@pytest.mark.parametrize("end", [state for state in OfferState if state is not OfferState.OPEN])
def test_an_offer_that_ended_before_its_letter_is_never_told(kind: Kind, end: OfferState) -> None:
    assert told(kind, end) == []
    assert told(kind, end, end) == []


def test_who_noted_a_meeting_gets_no_letter_of_it() -> None:
    assert told(Kind.MEETING_LOGGED, meetings.OWN) == []
    assert told(Kind.MEETING_LOGGED, meetings.PARTNERS) == [meetings.PARTNERS]


def test_that_both_agreed_is_told_to_who_proposed_each_time_it_is_something_else() -> None:
    story = ("unasked", "waiting", "agreed 1", "agreed 1", "proposed", "own", "waiting", "agreed 2")
    assert told(Kind.KICK_OFF, *story) == ["unasked", "agreed 1", "agreed 2"]


@pytest.mark.parametrize("standing", ["waiting", "proposed", "own", "agreed 1", "completed", "ended"])
def test_nobody_is_asked_for_goals_by_letter_who_is_not_waited_for(standing: str) -> None:
    assert told(Kind.KICK_OFF, standing) == []
    assert told(Kind.GOALS_PROPOSED, standing) == [standing] * (standing == "proposed")


def test_a_pause_that_ended_is_news_only_where_it_goes_on() -> None:
    assert told(Kind.MATCH_PAUSE_OVER, "active") == ["active"]
    assert [told(Kind.MATCH_PAUSE_OVER, state) for state in ("paused", "ended", "completed")] == [[], [], []]


def test_of_a_quick_question_a_letter_tells_what_was_found_and_that_it_is_posted() -> None:
    assert told(Kind.QUESTION_STATUS, "draft", "similar", "similar", "open", "claimed", "open", "answered") == [
        "draft",
        "similar",
        "open",
    ]
    assert told(Kind.QUESTION_STATUS, "closed") == []


def test_an_introduction_is_sent_once() -> None:
    assert told(Kind.INTRODUCTION, "active", "paused", "ended") == ["active"]


def test_staff_read_of_requests_that_still_need_them() -> None:
    assert told(Kind.STAFF_REQUEST, RequestState.STAFF, RequestState.MATCHED) == [RequestState.STAFF]
    assert told(Kind.STAFF_REQUEST, RequestState.SEARCHING) == []


@pytest.mark.parametrize("kind", [Kind.CHECK_IN, Kind.SURVEY])
def test_who_answered_before_the_letter_went_gets_none_and_nobody_a_second(kind: Kind) -> None:
    assert told(kind, asks.OVER) == []
    assert told(kind, asks.OPEN, asks.OVER) == [asks.OPEN]


def test_of_a_claim_a_mentor_reads_when_it_begins_and_when_it_ends_by_silence() -> None:
    for end in ClaimEnding:
        heard = [quick_questions.RUNNING, *([end] if end is ClaimEnding.SILENT else [])]
        assert told(Kind.QUESTION_CLAIMED, quick_questions.RUNNING, quick_questions.RUNNING, end) == heard
        assert told(Kind.QUESTION_CLAIMED, end) == []
        assert told(Kind.QUESTION_REMINDER, end) == []


def test_the_letter_of_a_claim_says_all_where_the_two_have_no_conversation() -> None:
    assert told(Kind.QUESTION_YOURS, quick_questions.TOLD) == []
    assert told(Kind.QUESTION_YOURS, quick_questions.RUNNING) == [quick_questions.RUNNING]


def test_who_asked_for_more_time_is_not_reminded_all_the_same() -> None:
    assert told(Kind.QUESTION_REMINDER, quick_questions.REMINDED) == [quick_questions.REMINDED]
    assert told(Kind.QUESTION_REMINDER, quick_questions.RUNNING) == []


def test_an_answer_that_was_rated_needs_no_letter() -> None:
    assert told(Kind.QUESTION_ANSWERED, quick_questions.OVER) == []
