"""What becomes of messages that were refused, where a scripted Slack or mail server makes the moment.

Each code of Slack's error table over real HTTP: `test_error_table.py`.
"""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.gateway import Failure, Meaning, meaning_of
from core.models import Channel, NotificationState, Offer, TroubleName
from core.notifications import Kind, redraw
from core.rules.offers import OfferState
from core.services import gates
from core.services.offers import accept_offer
from core.services.people import Person, SlackIdentity, remember
from core.uow import SYSTEM, Units, member
from mail.failures import Failure as MailFailure
from mail.failures import Meaning as MailMeaning
from tests.support import factories as make
from tests.support.deliveries import Courier, Letters
from tests.support.slack import ScriptedSlack

BROKEN = Failure(Meaning.INSTALLATION, "token_revoked")


def refuse(slack: ScriptedSlack, code: str, method: str = "chat.postMessage", times: int = 1) -> None:
    for _ in range(times):
        slack.fail(method, Failure(meaning_of(code), code))


def test_who_is_marked_gets_e_mails_until_they_are_met_in_slack_again(
    courier: Courier, slack: ScriptedSlack, letters: Letters, offer_id: UUID, mentor: Person, units: Units
) -> None:
    refuse(slack, "user_not_found", "conversations.open")
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


@pytest.mark.usefixtures("offer_id")
def test_who_finds_a_method_closed_does_not_keep_it_closed(
    courier: Courier, slack: ScriptedSlack, units: Units
) -> None:
    def closed_until() -> object:
        with courier.units.read(SYSTEM) as reading:
            return gates.closed_until(reading, "conversations.open")

    slack.fail("conversations.open", Failure(Meaning.WAIT, "ratelimited", 2.0))
    courier.deliver()
    until = closed_until()
    make.wave(units, make.request(units, make.student(units)), make.mentor(units))  # due while the gate is closed
    courier.deliver(seconds=1.5)
    assert until is not None
    assert closed_until() == until
    courier.deliver(seconds=0.5)
    assert {row.state for row in courier.rows(Kind.OFFER)} == {NotificationState.SENT}


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


@pytest.mark.usefixtures("offer_id")
def test_plain_text_that_is_refused_as_well_waits_for_us_to_be_mended(courier: Courier, slack: ScriptedSlack) -> None:
    refuse(slack, "invalid_blocks", times=2)
    courier.deliver()
    assert courier.row(Kind.OFFER).state is NotificationState.PENDING
    courier.deliver(minutes=5)
    assert courier.row(Kind.OFFER).state is NotificationState.SENT


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
    refuse(slack, "user_not_found")
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
