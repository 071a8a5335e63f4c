"""Each row of Slack's error table, and the way a message takes after it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.gateway import MEANINGS, Failure, Meaning, meaning_of
from core.models import Channel, NotificationState, Offer, TroubleName
from core.notifications import Kind, redraw
from core.rules.offers import OfferState
from core.services.offers import accept_offer
from core.services.people import Person, SlackIdentity, remember
from core.uow import SYSTEM, Units, member
from mail.failures import Failure as MailFailure
from mail.failures import Meaning as MailMeaning
from tests.support import factories as make
from tests.support.deliveries import Courier, Letters
from tests.support.slack import ScriptedSlack

PERSON_CODES = (*sorted(MEANINGS[Meaning.PERSON]), "restricted_action_read_only_channel")
BROKEN = Failure(Meaning.INSTALLATION, "token_revoked")


def refuse(slack: ScriptedSlack, code: str, method: str = "chat.postMessage", times: int = 1) -> None:
    for _ in range(times):
        slack.fail(method, Failure(meaning_of(code), code))


@pytest.mark.parametrize("code", PERSON_CODES)
def test_this_person_by_e_mail_instead_and_marked(
    courier: Courier, slack: ScriptedSlack, letters: Letters, offer_id: UUID, mentor: Person, code: str
) -> None:
    refuse(slack, code)
    courier.deliver()
    row = courier.row(Kind.OFFER)
    assert (row.id, row.state, row.channel) == (offer_id, NotificationState.SENT, Channel.EMAIL)
    assert row.message_id
    assert str(offer_id) in row.message_id
    assert letters.taken == [(Kind.OFFER, mentor.id)]
    assert courier.user(mentor.id).slack_refused == code
    assert courier.posted() == []


def test_who_is_marked_gets_e_mails_until_they_are_met_in_slack_again(
    courier: Courier, slack: ScriptedSlack, letters: Letters, offer_id: UUID, mentor: Person, units: Units
) -> None:
    refuse(slack, "cannot_dm_bot", "conversations.open")
    courier.deliver()
    make.wave(units, make.request(units, make.student(units)), mentor)
    courier.only(offer_id, courier.row(Kind.OFFER).id)
    courier.deliver()
    assert letters.to(mentor.id) == [Kind.OFFER, Kind.OFFER]
    with courier.units.work(SYSTEM) as work:
        user = courier.user(mentor.id)
        remember(work, SlackIdentity(str(user.slack_team_id), str(user.slack_user_id), user.name, user.email))
    assert courier.user(mentor.id).slack_refused is None


@pytest.mark.usefixtures("offer_id")
def test_who_has_neither_slack_nor_e_mail_is_told_to_staff_and_their_offers_go_on(
    courier: Courier, slack: ScriptedSlack, mentor: Person, letters: Letters
) -> None:
    with courier.units.work(SYSTEM) as work:
        work.session.merge(courier.user(mentor.id)).email = None
    refuse(slack, "user_disabled")
    courier.deliver()
    row = courier.row(Kind.OFFER)
    assert (row.state, row.last_error) == (NotificationState.FAILED, "no e-mail address")
    assert [trouble.name for trouble in courier.troubles()] == [TroubleName.UNREACHED]
    assert courier.row(Kind.DELIVERY_TROUBLE).state is NotificationState.SENT
    assert letters.taken == []
    with courier.units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Offer.state)).all() == [OfferState.WITHDRAWN]


def test_a_card_that_slack_lets_us_change_no_more_is_left_alone(
    courier: Courier, slack: ScriptedSlack, offer_id: UUID, mentor: Person
) -> None:
    courier.deliver()
    refuse(slack, "channel_not_found", "chat.update")
    _redraw(courier, offer_id)
    courier.deliver()
    assert len(slack.called("chat.update")) == 1
    assert courier.row(Kind.OFFER, change=True).state is NotificationState.CANCELLED
    assert courier.user(mentor.id).slack_refused == "channel_not_found"


@pytest.mark.usefixtures("offer_id")
def test_a_pair_that_no_conversation_reaches_is_told_one_by_one(
    courier: Courier, slack: ScriptedSlack, letters: Letters, mentor: Person
) -> None:
    _match(courier, mentor)
    slack.fail("conversations.open", Failure(Meaning.PERSON, "user_disabled"))  # the pair's
    courier.deliver()
    assert courier.rows(Kind.INTRODUCTION)[0].state is NotificationState.SPLIT
    parts = courier.rows(Kind.INTRODUCTION)[1:]
    assert [(one.state, one.channel) for one in parts] == [(NotificationState.SENT, Channel.SLACK)] * 2
    assert letters.taken == []


@pytest.mark.usefixtures("offer_id")
def test_of_a_pair_with_one_side_in_slack_each_is_told_where_they_are(
    courier: Courier, letters: Letters, mentor: Person
) -> None:
    with courier.units.work(SYSTEM) as work:
        work.session.merge(courier.user(mentor.id)).slack_user_id = None
    _match(courier, mentor)
    courier.deliver()
    parts = courier.rows(Kind.INTRODUCTION)[1:]
    assert {(one.recipient_id == mentor.id, one.channel) for one in parts} == {
        (True, Channel.EMAIL),
        (False, Channel.SLACK),
    }
    assert letters.to(mentor.id) == [Kind.INTRODUCTION]


@pytest.mark.parametrize("code", sorted(MEANINGS[Meaning.INSTALLATION]))
def test_the_installation_stops_everything_tells_staff_and_goes_on_by_itself(
    courier: Courier, slack: ScriptedSlack, letters: Letters, units: Units, code: str
) -> None:
    boss = make.person(units, "Ada Brandt", is_admin=True)
    student, mentor = make.student(units, "Mia Tan"), make.mentor(units, "Kim Alder")
    make.wave(units, make.request(units, student), mentor)
    refuse(slack, code, "conversations.open")
    courier.deliver()
    assert len(slack.calls) == 1  # one refusal, and Slack is left alone
    assert letters.to(mentor.id) == [Kind.OFFER]  # urgent
    assert letters.to(boss.id) == [Kind.DELIVERY_TROUBLE]
    assert letters.to(student.id) == []  # waits
    courier.deliver(seconds=30)
    assert len(slack.calls) == 1
    refuse(slack, code, "conversations.open")
    courier.deliver(seconds=31)
    assert len(slack.called("conversations.open")) == 2  # one message tried it
    assert letters.to(boss.id) == [Kind.DELIVERY_TROUBLE]  # told once
    courier.deliver(seconds=61)
    assert courier.row(Kind.REQUEST_STATUS).state is NotificationState.SENT
    assert [message["text"] for message in courier.posted() if "Kim" in message["text"]] == []  # not twice
    assert [trouble.ended_at is not None for trouble in courier.troubles()] == [True]
    told = [message["text"] for message in courier.posted() if "over" in message["text"]]
    assert len(told) == 1
    assert code in told[0]


@pytest.mark.usefixtures("offer_id")
def test_what_may_be_in_slack_already_is_not_mailed_while_slack_is_broken(
    courier: Courier, slack: ScriptedSlack, letters: Letters, units: Units
) -> None:
    slack.fail("chat.postMessage", Failure(Meaning.UNKNOWN, "timeout"), accepted=True)
    courier.deliver()
    make.request(units, make.student(units))
    slack.fail("conversations.open", BROKEN)
    courier.deliver()
    courier.deliver(seconds=30)
    assert letters.taken == []
    courier.deliver(seconds=60)
    courier.deliver(seconds=60)
    assert courier.row(Kind.OFFER).state is NotificationState.SENT
    assert len(courier.posted()) == len(slack.called("chat.postMessage")) == 3


@pytest.mark.parametrize("code", ["internal_error", "fatal_error", "RemoteDisconnected", "500"])
@pytest.mark.usefixtures("offer_id")
def test_an_unknown_outcome_is_looked_up_first(courier: Courier, slack: ScriptedSlack, code: str) -> None:
    slack.fail("chat.postMessage", Failure(Meaning.UNKNOWN, code), accepted=True)
    courier.deliver()
    courier.deliver(seconds=5)
    assert [name for name, _ in slack.calls][-1] == "conversations.history"
    assert len(courier.posted()) == 1


@pytest.mark.parametrize("code", ["invalid_blocks", "invalid_blocks_format", "msg_too_long", "no_text"])
@pytest.mark.usefixtures("offer_id")
def test_our_mistake_goes_out_as_plain_text_and_staff_are_told_once(
    courier: Courier, slack: ScriptedSlack, code: str, units: Units
) -> None:
    make.wave(units, make.request(units, make.student(units, "Mia Tan")), make.mentor(units))
    courier.only(*(row.id for row in courier.rows(Kind.OFFER)))
    refuse(slack, code, times=1)
    slack.upcoming["chat.postMessage"].append(lambda: None)
    refuse(slack, code, times=1)
    courier.deliver()
    offers = [one for one in courier.posted() if "Mia Tan" in one["text"]]
    assert [one["blocks"] for one in offers] == [[], []]
    (trouble,) = courier.troubles()
    assert (trouble.name, trouble.code, trouble.messages) == (TroubleName.DRAWING, f"offer: {code}", 2)
    assert len(courier.rows(Kind.DELIVERY_TROUBLE)) == 1


def test_metadata_that_slack_refuses_is_left_out(courier: Courier, slack: ScriptedSlack, offer_id: UUID) -> None:
    refuse(slack, "metadata_too_large")
    courier.deliver()
    message = next(one for one in courier.posted() if "Mia Tan" in one["text"])
    assert "metadata" not in message
    assert courier.row(Kind.OFFER).id == offer_id


@pytest.mark.usefixtures("offer_id")
def test_plain_text_that_is_refused_as_well_waits_for_us_to_be_mended(courier: Courier, slack: ScriptedSlack) -> None:
    refuse(slack, "invalid_blocks", times=2)
    courier.deliver()
    assert courier.row(Kind.OFFER).state is NotificationState.PENDING
    courier.deliver(minutes=5)
    assert courier.row(Kind.OFFER).state is NotificationState.SENT


@pytest.mark.parametrize("code", sorted(MEANINGS[Meaning.NO_UPDATE]))
def test_a_card_that_cannot_be_changed_is_posted_anew_once(
    courier: Courier, slack: ScriptedSlack, offer_id: UUID, code: str
) -> None:
    courier.deliver()
    (first,) = courier.posted()
    refuse(slack, code, "chat.update")
    _redraw(courier, offer_id)
    courier.deliver()
    assert len(courier.posted()) == 2
    assert courier.row(Kind.OFFER).slack_ts == courier.posted()[1]["ts"] != first["ts"]
    _redraw(courier, offer_id)
    courier.deliver()
    assert len(courier.posted()) == 2
    assert slack.called("chat.update")[-1]["ts"] == courier.posted()[1]["ts"]


@pytest.mark.parametrize(
    ("failure", "state", "trouble"),
    [
        (MailFailure(MailMeaning.PERSON, "recipient 550"), NotificationState.FAILED, TroubleName.UNREACHED),
        (MailFailure(MailMeaning.INSTALLATION, "connect refused"), NotificationState.PENDING, TroubleName.MAIL),
        (MailFailure(MailMeaning.WAIT, "recipient 450", 300), NotificationState.PENDING, None),
        (MailFailure(MailMeaning.UNKNOWN, "content timeout"), NotificationState.PENDING, None),
        (MailFailure(MailMeaning.OURS, "content 554"), NotificationState.PENDING, TroubleName.DRAWING),
    ],
)
@pytest.mark.usefixtures("offer_id")
def test_each_failure_of_the_mail_server_has_its_way(
    courier: Courier,
    slack: ScriptedSlack,
    letters: Letters,
    failure: MailFailure,
    state: NotificationState,
    trouble: TroubleName | None,
) -> None:
    letters.upcoming.append(failure)
    refuse(slack, "user_disabled")
    courier.deliver()
    assert courier.row(Kind.OFFER).state is state
    assert [one.name for one in courier.troubles()] == ([trouble] if trouble else [])
    courier.deliver(minutes=5)
    gone_out = courier.row(Kind.OFFER).state is NotificationState.SENT
    assert gone_out == (state is NotificationState.PENDING)


def _match(courier: Courier, mentor: Person) -> None:
    offer = UUID(courier.row(Kind.OFFER).params["subject"])
    with courier.units.work(member(mentor.id)) as work:
        accept_offer(work, offer)
    courier.only(courier.row(Kind.INTRODUCTION).id)


def _redraw(courier: Courier, notification_id: UUID) -> None:
    courier.clock.forward(seconds=timedelta(seconds=2).total_seconds())
    subject = next(row.subject_id for row in courier.rows(Kind.OFFER) if row.id == notification_id)
    assert subject
    with courier.units.work(SYSTEM) as work:
        redraw(work, Kind.OFFER, subject)
