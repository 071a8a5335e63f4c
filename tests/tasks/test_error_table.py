"""Each code of Slack's error table, and the way a message takes after it: over real HTTP, and real SMTP.

What needs a scripted moment stands in `test_aftermath.py`.
"""

from uuid import UUID

import pytest
from sqlalchemy import select

from core.models import Channel, NotificationState, Offer, Profile, Request, TroubleName
from core.notifications import Kind, redraw
from core.queue import Job
from core.rules.offers import OfferState
from core.rules.requests import RequestState
from core.rules.roles import PersonState
from core.services.offers import accept_offer
from core.services.question_claims import claim_question
from core.uow import SYSTEM, member
from tests.support import factories as make
from tests.support.faults import Seen
from tests.support.queues import Recorded
from tests.support.wired import Somebody, Wired

# The codes as Slack's documentation has them, whatever the service believes of them.
THEMSELVES = ["user_disabled", "cannot_dm_bot"]
ELSEWHERE = [
    "user_not_found",
    "users_not_found",
    "user_not_visible",
    "channel_not_found",
    "is_archived",
    "not_in_channel",
    "restricted_action",
    "restricted_action_read_only_channel",
    "app_access_restricted",
    "invalid_user_combination",
    "messages_tab_disabled",
]
INSTALLATION = [
    "account_inactive",
    "token_revoked",
    "token_expired",
    "invalid_auth",
    "not_authed",
    "missing_scope",
    "team_access_not_granted",
    "org_login_required",
    "accesslimited",
    "ekm_access_denied",
    "message_limit_exceeded",
]
LIMITED = [{"kind": "rate_limit", "seconds": 30}, {"error": "ratelimited"}, {"error": "rate_limited"}]
NO_WORD = ["internal_error", "fatal_error", "request_timeout", "service_unavailable"]
LOST = [{"kind": "dropped"}, {"kind": "broken"}, *({"error": code, "taken": True} for code in NO_WORD)]
DRAWN_WRONGLY = ["invalid_blocks", "invalid_blocks_format", "msg_too_long", "no_text", "never_heard_of"]
METADATA = ["metadata_too_large", "metadata_must_be_sent_from_app"]
UNCHANGEABLE = ["message_not_found", "is_inactive", "edit_window_closed", "cant_update_message"]
POST, CHANGE, OPEN, LOOK = "chat.postMessage", "chat.update", "conversations.open", "conversations.history"


def offers(worker: Wired) -> dict[UUID, OfferState]:
    """How the offers stand, by mentor."""
    with worker.units.read(SYSTEM) as reading:
        return {one.mentor_id: one.state for one in reading.session.scalars(select(Offer))}


# --- this person: by e-mail instead, and marked


@pytest.mark.parametrize("code", ELSEWHERE)
def test_who_cannot_be_written_to_gets_it_by_e_mail_and_is_marked(
    worker: Wired, mia: Somebody, kim: Somebody, lee: Somebody, code: str
) -> None:
    worker.offer(mia, kim, lee)
    worker.goes_wrong(error=code, user=kim.slack_id)
    worker.deliver()
    (mail,) = kim.mails()
    assert mail.subject == "Would you mentor Mia Tan?"
    assert "Accept" in mail.links()
    assert worker.user(kim.id).slack_refused == code
    assert worker.user(kim.id).state is PersonState.ACTIVE
    assert kim.messages("Mia Tan") == []
    assert len(lee.messages("Mia Tan")) == 1  # nobody else is touched
    assert offers(worker) == {kim.id: OfferState.OPEN, lee.id: OfferState.OPEN}


@pytest.mark.parametrize("method", [OPEN, POST])
@pytest.mark.parametrize("code", THEMSELVES)
def test_of_who_is_gone_or_shut_out_the_offers_move_on_and_one_e_mail_says_so(
    worker: Wired, queue: Recorded, mia: Somebody, kim: Somebody, code: str, method: str
) -> None:
    request_id = worker.offer(mia, kim)
    queue.jobs.clear()
    worker.goes_wrong(error=code, user=kim.slack_id, method=method)
    worker.deliver()
    worker.deliver(minutes=5)
    (mail,) = kim.mails()
    assert "Mia Tan" in mail.text
    assert "we ask others now" in mail.text
    assert "Accept" not in mail.links()
    assert worker.user(kim.id).slack_refused == code
    assert offers(worker) == {kim.id: OfferState.WITHDRAWN}
    assert queue.of(Job.MATCH_REQUEST) == [(str(request_id),)]
    with worker.units.read(SYSTEM) as reading:
        assert reading.session.get_one(Request, request_id).state is RequestState.SEARCHING


def test_whose_account_is_closed_has_left_and_staff_see_it(worker: Wired, mia: Somebody, kim: Somebody) -> None:
    ada = worker.person("Ada Brandt", is_admin=True)
    worker.offer(mia, kim)
    worker.goes_wrong(error="user_disabled", user=kim.slack_id)
    worker.deliver()
    assert worker.user(kim.id).state is PersonState.LEFT
    (mail,) = kim.mails()
    assert (mail.subject, mail.links()) == ("No answer needed for Mia Tan any more", {})
    assert len(ada.messages("Kim Alder has left Slack")) == 1


def test_who_is_shut_out_is_paused_and_comes_back_by_a_link_in_the_e_mail(
    worker: Wired, mia: Somebody, kim: Somebody
) -> None:
    worker.offer(mia, kim)
    worker.goes_wrong(error="cannot_dm_bot", user=kim.slack_id)
    worker.deliver()
    (mail,) = kim.mails()
    assert list(mail.links()) == ["Resume"]
    with worker.units.read(SYSTEM) as reading:
        paused_until = reading.session.scalars(select(Profile.paused_until).where(Profile.user_id == kim.id)).one()
    assert paused_until
    assert paused_until > worker.clock()


def test_a_pair_that_no_conversation_reaches_is_told_one_by_one(worker: Wired, mia: Somebody, kim: Somebody) -> None:
    _accepted(worker, mia, kim)
    worker.goes_wrong(error="invalid_user_combination", method=OPEN, times=1)
    worker.deliver()
    assert worker.rows(Kind.INTRODUCTION)[0].state is NotificationState.SPLIT
    assert [(one.state, one.channel) for one in worker.rows(Kind.INTRODUCTION)[1:]] == [
        (NotificationState.SENT, Channel.SLACK)
    ] * 2
    assert len(kim.messages("student and mentor now")) == len(mia.messages("student and mentor now")) == 1
    assert kim.mails() == mia.mails() == []


def test_who_asked_and_who_claimed_are_told_one_by_one_where_no_conversation_reaches_both(
    worker: Wired, mia: Somebody, kim: Somebody
) -> None:
    question_id = make.question(worker.units, mia.known)
    with worker.units.work(member(kim.id)) as work:
        claim_question(work, question_id)
    worker.goes_wrong(error="invalid_user_combination", method=OPEN, times=1)
    worker.deliver()
    assert worker.rows(Kind.QUESTION_CLAIMED)[0].state is NotificationState.SPLIT
    assert len(mia.messages("Please write to Kim Alder")) == len(kim.messages("Please write to Mia Tan")) == 1
    assert len(kim.messages("is yours now")) == 1
    assert kim.mails() == mia.mails() == []


def test_staff_whose_channel_is_gone_are_told_one_by_one(worker: Wired, mia: Somebody, kim: Somebody) -> None:
    ada = worker.person("Ada Brandt", is_admin=True)
    worker.goes_wrong(error="is_archived", conversation="mentorship-admins")
    worker.goes_wrong(error="user_disabled", user=kim.slack_id)
    worker.offer(mia, kim)
    worker.deliver()
    (told,) = ada.messages("Kim Alder has left Slack")
    assert told.channel.startswith("D")


# --- the installation: stop, tell staff, urgent things by e-mail, go on without duplicates


@pytest.mark.parametrize("code", INSTALLATION)
def test_when_the_installation_is_refused_everything_stops_and_goes_on_once_without_duplicates(
    worker: Wired, mia: Somebody, kim: Somebody, code: str
) -> None:
    ada = worker.person("Ada Brandt", is_admin=True)
    worker.offer(mia, kim)
    worker.goes_wrong(error=code)
    worker.deliver()
    assert len(worker.calls()) == 1  # one refusal, and Slack is left alone
    assert [mail.subject for mail in kim.mails()] == ["Would you mentor Mia Tan?"]  # urgent
    assert len(ada.mails()) == 1
    assert code in ada.mails()[0].text
    assert mia.mails() == []  # waits
    worker.deliver(seconds=30)
    assert len(worker.calls()) == 1
    worker.deliver(seconds=31)
    assert len(worker.calls()) == 2  # one message tried it
    assert len(ada.mails()) == 1  # told once
    worker.goes_well()
    worker.deliver(seconds=61)
    assert len(mia.messages()) == 1
    assert kim.messages("Mia Tan") == []  # not twice
    assert len(ada.messages("It is over")) == 1
    assert [trouble.ended_at is not None for trouble in worker.troubles()] == [True]
    assert worker.user(kim.id).slack_refused is None


# --- wait


@pytest.mark.parametrize("how", LIMITED, ids=str)
def test_that_key_waits_as_long_as_slack_says_and_the_others_go_on(
    worker: Wired, mia: Somebody, kim: Somebody, lee: Somebody, how: dict[str, str]
) -> None:
    worker.offer(mia, kim, lee)
    worker.goes_wrong(**how, method=POST, user=kim.slack_id, times=1)
    worker.deliver()
    assert kim.messages("Mia Tan") == []
    assert len(lee.messages("Mia Tan")) == len(mia.messages()) == 1
    if "seconds" in how:
        worker.deliver(seconds=29)
        assert kim.messages("Mia Tan") == []
    worker.deliver(seconds=2)
    worker.deliver(minutes=5)
    assert len(kim.messages("Mia Tan")) == len(lee.messages("Mia Tan")) == 1
    assert kim.mails() == []


# --- unknown outcome: looked up first


@pytest.mark.parametrize("how", LOST, ids=str)
def test_what_slack_took_without_saying_so_is_looked_up_and_stands_there_once(
    worker: Wired, mia: Somebody, kim: Somebody, how: dict[str, str]
) -> None:
    worker.offer(mia, kim)
    worker.goes_wrong(**how, method=POST, user=kim.slack_id, times=1)
    worker.deliver()
    row = worker.row(Kind.OFFER)
    assert (row.state, row.uncertain) == (NotificationState.PENDING, True)
    worker.deliver(seconds=5)
    row = worker.row(Kind.OFFER)
    assert (row.state, row.uncertain) == (NotificationState.SENT, False)
    (message,) = kim.messages("Mia Tan")
    assert (row.slack_ts, len(worker.calls(LOOK))) == (message.ts, 1)


@pytest.mark.fault(5)
def test_what_slack_took_after_we_had_given_up_waiting_stands_there_once(
    worker: Wired, mia: Somebody, kim: Somebody, seen: Seen
) -> None:
    worker.offer(mia, kim)
    worker.goes_wrong("slow", seconds=0.4, method=POST, user=kim.slack_id, times=1)
    patience, worker.gateway.client.timeout = worker.gateway.client.timeout, 0.1  # type: ignore[assignment]
    worker.deliver()
    worker.gateway.client.timeout = patience
    assert worker.row(Kind.OFFER).uncertain
    kim.seen.wait_for("Mia Tan")
    worker.deliver(seconds=5)
    assert worker.row(Kind.OFFER).state is NotificationState.SENT
    assert len(kim.messages("Mia Tan")) == 1
    seen("given up after 0.1 s, taken after 0.4 s: found by its metadata, 1 post")


@pytest.mark.parametrize("code", NO_WORD)
def test_what_slack_did_not_take_is_looked_up_and_sent_again(
    worker: Wired, mia: Somebody, kim: Somebody, code: str
) -> None:
    worker.offer(mia, kim)
    worker.goes_wrong(error=code, method=POST, user=kim.slack_id, times=1)
    worker.deliver()
    worker.deliver(seconds=5)
    assert len(kim.messages("Mia Tan")) == len(worker.calls(LOOK)) == 1


# --- our mistake: once more as plain text, and staff are told once


@pytest.mark.parametrize("code", DRAWN_WRONGLY)
def test_what_we_drew_wrongly_goes_out_as_plain_text_and_staff_are_told_once(
    worker: Wired, mia: Somebody, kim: Somebody, lee: Somebody, code: str
) -> None:
    ada = worker.person("Ada Brandt", is_admin=True)
    worker.offer(mia, kim, lee)
    for mentor in (kim, lee):
        worker.goes_wrong(error=code, method=POST, user=mentor.slack_id, times=1)
    worker.deliver()
    for mentor in (kim, lee):
        (message,) = mentor.messages("Mia Tan")
        assert message.buttons() == []
    assert worker.row(Kind.OFFER).state is NotificationState.SENT
    (trouble,) = worker.troubles()
    assert (trouble.name, trouble.code, trouble.messages) == (TroubleName.DRAWING, f"offer: {code}", 2)
    assert len(ada.messages("did not come out as it should")) == 1


@pytest.mark.parametrize("code", METADATA)
def test_metadata_that_slack_refuses_is_left_out(worker: Wired, mia: Somebody, kim: Somebody, code: str) -> None:
    worker.offer(mia, kim)
    worker.goes_wrong(error=code, method=POST, user=kim.slack_id, times=1)
    worker.deliver()
    (message,) = kim.messages("Mia Tan")
    assert message.metadata == {}
    assert [trouble.name for trouble in worker.troubles()] == [TroubleName.DRAWING]


# --- cannot update: posted anew, once


@pytest.mark.parametrize("code", UNCHANGEABLE)
def test_a_card_that_cannot_be_changed_is_posted_anew_once(
    worker: Wired, mia: Somebody, kim: Somebody, code: str
) -> None:
    worker.offer(mia, kim)
    worker.deliver()
    worker.goes_wrong(error=code, method=CHANGE, user=kim.slack_id, times=1)
    _redraw_offer(worker)
    worker.deliver()
    first, anew = kim.messages("Mia Tan")
    assert worker.row(Kind.OFFER).slack_ts == anew.ts != first.ts
    _redraw_offer(worker)
    worker.deliver()
    assert len(kim.messages("Mia Tan")) == 2
    assert worker.calls(CHANGE)[-1]["request"]["ts"] == anew.ts


def _accepted(worker: Wired, mia: Somebody, kim: Somebody) -> None:
    worker.offer(mia, kim)
    worker.deliver()
    with worker.units.read(SYSTEM) as reading:
        offer_id = reading.session.scalars(select(Offer.id)).one()
    with worker.units.work(member(kim.id)) as work:
        accept_offer(work, offer_id)


def _redraw_offer(worker: Wired) -> None:
    worker.clock.forward(seconds=2)
    with worker.units.work(SYSTEM) as work:
        redraw(work, Kind.OFFER, work.session.scalars(select(Offer.id)).one())
