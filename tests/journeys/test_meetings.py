"""A pair meets: times proposed and picked, the invitation in both mailboxes, a reminder, and what both tell of it."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from core.services.people import by_slack, remember_by_mail
from core.uow import SYSTEM
from tests.mail.calendars import Invited, by_icalendar, by_vobject
from tests.support import factories as make
from tests.support.mailbox import Mailbox
from tests.support.pages import visit
from tests.support.people import Person
from tests.support.service import Service
from tests.support.story import ask, mentors, offer, student
from tests.support.surfaces import Message

pytestmark = pytest.mark.journey

MIA, KIM, NOOR = "mia@example.org", "kim@example.org", "noor@example.org"


def matched(service: Service) -> tuple[Person, Person, Message]:
    """A pair, and the introduction in their conversation."""
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    ask(mia)
    offer(kim).press("Accept")
    return mia, kim, mia.wait_for(button="Schedule a meeting")


def propose(person: Person, times: list[datetime], **more: object) -> None:
    form = person.wait_modal("Schedule a meeting")
    answers = {"First time": times[0], "Second time": times[1], "Third time": times[2], "Kind": "Video"}
    assert form.fill(answers | {"Agenda": "Your plan for spring"} | more).submit() == {}


def invitations(service: Service, *addresses: str) -> list[Invited]:
    """The newest calendar entry in each of these mailboxes, read by two parsers."""
    found = []
    for address in addresses:
        files = [mail.file() for mail in Mailbox(service.sandbox, address).mails() if mail.raw["attachments"]]
        one, other = by_vobject(files[0].decode()), by_icalendar(files[0].decode())
        assert one == other
        found.append(one)
    return found


def noons(service: Service) -> list[datetime]:
    """Noon in Amsterdam, three days from now and on: in nobody's quiet hours."""
    noon = service.clock().astimezone(ZoneInfo("Europe/Amsterdam")).replace(hour=12, minute=0, second=0, microsecond=0)
    return [noon + timedelta(days=days) for days in (3, 4, 5)]


def until(service: Service, moment: datetime) -> None:
    """Let time pass until this moment, and what falls due happen."""
    service.pass_time(seconds=(moment - service.clock()).total_seconds())


def test_from_three_times_to_two_versions_of_one_meeting(service: Service) -> None:
    mia, kim, introduction = matched(service)
    times = noons(service)
    introduction.press("Schedule a meeting")
    form = mia.wait_modal("Schedule a meeting")
    past = service.clock() - timedelta(days=1)
    wrong = {"First time": past, "Second time": times[1], "Third time": times[1], "Kind": "Video"}
    assert set(form.fill(wrong).submit()) == {"First time", "Third time"}
    assert form.fill({"First time": times[0], "Third time": times[2], "Agenda": "Your plan"}).submit() == {}

    card = kim.wait_for("Mia Tan would like to meet you", button="None of these")
    assert len([label for label in card.buttons() if re.fullmatch(r"\w{3} \d+ \w{3}, \d\d:\d\d", label)]) == 3
    second = card.buttons()[1]
    card.press(second).wait_gone("None of these")
    card.press_raw(card.seen["blocks"][-2]["elements"][0]["text"]["text"])
    kim.wait_for("A time has been picked already")
    planned = [one.wait_for("meet on", button="Cancel meeting") for one in (mia, kim)]
    assert planned[0].channel == planned[1].channel
    service.jobs.settle()
    events = invitations(service, MIA, KIM)
    assert {(one.method, one.starts_at) for one in events} == {("REQUEST", times[1].astimezone(UTC))}

    until(service, times[1] - timedelta(minutes=50))
    for one, partner in ((mia, "Kim Alder"), (kim, "Mia Tan")):
        one.wait_for(f"You meet {partner} on")
    until(service, times[1] + timedelta(hours=2))
    asked = [one.wait_for("Did you and", button="We met") for one in (mia, kim)]
    asked[0].press("We met")
    asked[0].wait_gone("We didn't")
    asked[1].wait_gone("We didn't")
    assert "Mia Tan noted that you met" in asked[1].text_all()

    asked[1].press("Correct")
    form = kim.wait_modal("Log a meeting")
    assert form.fill({"Minutes": "90", "Action items": "Mia: read chapter 3 by 2099-02-03"}).submit() == {}
    told = mia.wait_for("You two tell this meeting differently", button="Confirm")
    assert "Mia Tan: " in told.text_all()
    assert "60 minutes" in told.text_all()
    assert "90 minutes" in told.text_all()
    assert "• Mia Tan: read chapter 3, by 3 February" in told.text_all()
    told.press("Confirm").wait_gone("Confirm")
    assert "Both of you agree" in told.text_all()


def test_none_of_these_and_a_meeting_called_off(service: Service) -> None:
    mia, kim, _ = matched(service)
    times = noons(service)
    mia.command("/mentor", "schedule")
    propose(mia, times)
    kim.wait_for(button="None of these").press("None of these")
    refused = mia.wait_for("None of the three times you proposed suits Kim Alder")
    refused.press("Schedule a meeting")
    propose(mia, times)
    card = kim.wait_for("would like to meet you", button="None of these")
    card.press(card.buttons()[0]).wait_gone("None of these")
    planned = kim.wait_for("meet on", button="Cancel meeting")
    service.jobs.settle()
    planned.press("Cancel meeting").wait_gone("Cancel meeting")
    mia.wait_for("Kim Alder had to call off your meeting")
    service.jobs.settle()
    events = invitations(service, MIA, KIM)
    assert {(one.method, one.status, one.sequence) for one in events} == {("CANCEL", "CANCELLED", 1)}
    until(service, times[0] + timedelta(hours=2))
    assert not [m for m in (*mia.inbox(), *kim.inbox()) if "Did you and" in m.text]


def test_a_mentor_without_slack_does_it_all_by_mail(service: Service) -> None:
    mia = student(service)
    with service.units.work(SYSTEM) as work:
        known = by_slack(work, str(mia.user["team_id"]), mia.id)
        mentor = remember_by_mail(work, NOOR, "Noor Cedar", "America/New_York")
    assert known
    make.match(service.units, known, mentor)
    mia.command("/mentor", "schedule")
    times = noons(service)
    propose(mia, times)
    service.jobs.settle()
    with httpx.Client(timeout=60, trust_env=False) as browser:
        page = visit(browser, link(service, NOOR, "Pick a time"))
        assert page.heading == "Mia Tan would like to meet you"
        assert "New York time" in page.buttons[0]
        assert page.press(page.buttons[2]).heading == "You agreed on a time with Mia Tan"
        mia.wait_for("meet on", button="Cancel meeting")
        service.jobs.settle()
        assert {one.starts_at for one in invitations(service, MIA, NOOR)} == {times[2].astimezone(UTC)}
        until(service, times[2] + timedelta(hours=2))
        page = visit(browser, link(service, NOOR, "Answer"))
        assert page.heading == "Did you and Mia Tan meet?"
        assert page.press("We met").heading == "Your meeting with Mia Tan"
        mia.wait_for("Noor Cedar noted that you met", button="Correct").press("Correct")
        assert mia.wait_modal("Log a meeting").fill({"Minutes": "20"}).submit() == {}
        service.jobs.settle()
        page = visit(browser, link(service, NOOR, "Confirm or correct"))
        assert "You two tell this meeting differently" in page.text
        assert "Both of you agree" in page.press("Confirm").text
    mia.wait_for("Both of you agree")


def link(service: Service, address: str, label: str) -> str:
    """Where a button of the newest letter with it leads."""
    letters = [mail.links() for mail in Mailbox(service.sandbox, address).mails()]
    return next(links[label] for links in letters if label in links)
