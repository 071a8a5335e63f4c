"""Private help: staff read it at once, nobody else ever, and a pair that is kept apart is left in peace."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.config import Settings
from core.links import Links
from core.models import Ask, Block, Feedback, Match, Notification
from core.notifications import MANNERS, Kind, Urgency
from core.rules.checkins import Reason
from core.rules.errors import InvalidFields, NotFound
from core.rules.matches import MatchState
from core.services.asking import ask_due, ask_person
from core.services.asks import ask_closing
from core.services.help import ask_for_help, help_view
from core.services.people import Person
from core.uow import SYSTEM, Units, member
from mail.composing import compose
from tests.conftest import NOON, later
from tests.support import factories as make

WORDS = "They write to me at night."


@pytest.fixture
def mia(units: Units) -> Person:
    return make.student(units, "Mia Tan")


@pytest.fixture
def kim(units: Units) -> Person:
    return make.mentor(units, "Kim Alder")


@pytest.fixture
def match_id(units: Units, mia: Person, kim: Person) -> UUID:
    return make.match(units, mia, kim)


def report(units: Units, person: Person, match_id: UUID, *, block: bool, words: str = WORDS) -> UUID:
    with units.work(member(person.id)) as work:
        return ask_for_help(work, match_id, f" {words} ", block)


def reasons(units: Units, days: float, *people: Person) -> list[str]:
    """Ask whom there is to ask, that many days on; why these people were not."""
    moment = later(units, NOON + timedelta(days=days))
    with moment.read(SYSTEM) as reading:
        due = ask_due(reading)
    for person_id in due:
        with moment.work(SYSTEM) as work:
            ask_person(work, person_id)
    with units.read(SYSTEM) as reading:
        rows = reading.session.scalars(select(Ask).where(Ask.person_id.in_([one.id for one in people]))).all()
    return [row.reason for row in sorted(rows, key=lambda row: (row.due_at, row.person_id != people[0].id))]


def test_staff_read_who_about_which_match_in_whose_words(
    units: Units, mia: Person, kim: Person, match_id: UUID
) -> None:
    report_id = report(units, mia, match_id, block=True)
    with units.read(SYSTEM) as reading:
        view = help_view(reading, report_id)
        told = reading.session.scalars(select(Notification).where(Notification.kind == Kind.HELP_REPORT)).one()
    assert (view.person.id, view.partner.id, view.match_id) == (mia.id, kim.id, match_id)
    assert (view.what, view.apart, view.is_running, view.i_am_student) == (WORDS, True, True, True)
    assert (told.channel_name, told.recipient_id, told.match_id) == ("admins", None, None)
    assert MANNERS[Kind.HELP_REPORT].urgency is Urgency.URGENT


def test_a_pair_kept_apart_is_asked_nothing_more_and_the_match_stays(
    units: Units, mia: Person, kim: Person, match_id: UUID
) -> None:
    report(units, mia, match_id, block=True)
    assert reasons(units, 8, mia, kim) == [Reason.HELP, Reason.HELP]
    with units.work(SYSTEM) as work:
        assert work.session.get_one(Match, match_id).state is MatchState.ACTIVE
        ask_closing(work, match_id)
        closing = work.session.scalars(select(Ask.reason).where(Ask.slot == "end")).all()
    assert closing == [Reason.HELP, Reason.HELP]


def test_without_a_block_only_who_asked_is_spared(units: Units, mia: Person, kim: Person, match_id: UUID) -> None:
    report(units, mia, match_id, block=False)
    assert reasons(units, 8, mia, kim) == [Reason.HELP, ""]
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Block)).all() == []


def test_help_can_be_asked_for_about_a_match_that_is_over_and_twice(
    units: Units, mia: Person, kim: Person, match_id: UUID
) -> None:
    with units.work(SYSTEM) as work:
        match = work.session.get_one(Match, match_id)
        match.state, match.ended_at = MatchState.ENDED, NOON
    said = ((mia, WORDS), (mia, "And by day."), (kim, WORDS))
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda one: report(units, one[0], match_id, block=True, words=one[1]), said))
    with units.read(SYSTEM) as reading:
        assert len(reading.session.scalars(select(Feedback)).all()) == 3
        assert {(one.user_id, one.other_id) for one in reading.session.scalars(select(Block))} == {
            (mia.id, kim.id),
            (kim.id, mia.id),
        }


def test_a_form_that_is_sent_many_times_at_once_is_one_report(units: Units, mia: Person, match_id: UUID) -> None:
    with ThreadPoolExecutor(8) as pool:
        reports = set(pool.map(lambda _: report(units, mia, match_id, block=True), range(8)))
    assert len(reports) == 1
    with units.read(SYSTEM) as reading:
        told = reading.session.scalars(select(Notification.id).where(Notification.kind == Kind.HELP_REPORT)).all()
    assert len(told) == 1
    assert report(later(units, NOON + timedelta(hours=1)), mia, match_id, block=True) not in reports


def test_the_partner_can_read_it_neither_by_view_nor_by_letter_even_on_staff(
    units: Units, mia: Person, match_id: UUID, kim: Person, settings: Settings
) -> None:
    report_id = report(units, mia, match_id, block=True)
    with pytest.raises(NotFound), units.read(member(kim.id)) as reading:
        help_view(reading, report_id)
    with pytest.raises(NotFound), units.read(SYSTEM) as reading:
        compose(reading, Kind.HELP_REPORT, report_id, kim.id, Links.of(settings))
    boss = make.person(units, "Ada Brandt", is_admin=True)
    about_staff = report(units, mia, make.match(units, mia, boss), block=False)
    with pytest.raises(NotFound), units.read(SYSTEM) as reading:
        compose(reading, Kind.HELP_REPORT, about_staff, boss.id, Links.of(settings))


def test_a_report_without_words_is_refused_at_its_field(units: Units, mia: Person, match_id: UUID) -> None:
    with pytest.raises(InvalidFields) as refusal, units.work(member(mia.id)) as work:
        ask_for_help(work, match_id, "  ", block=True)
    assert set(refusal.value.problems) == {"what"}
