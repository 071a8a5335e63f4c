"""A mentorship from its first day to its last, played in the sandbox by label, days in seconds."""

from datetime import UTC, datetime, time, timedelta

import httpx
import pytest

from tests.support.pages import visit
from tests.support.people import Person
from tests.support.service import Service
from tests.support.story import WISH, ask, mentors, offer, student

pytestmark = pytest.mark.journey

GOALS = {"Goals": "A first job in drug discovery.", "Meet every": "2 weeks"}


@pytest.fixture
def service(service: Service) -> Service:
    """The service on a morning: nobody is spoken to unasked at night, and stories go on by days."""
    now = service.clock()
    service.clock.move(datetime.combine(now.date() + timedelta(days=1), time(10), UTC))
    return service


def matched(service: Service) -> tuple[Person, Person]:
    """A student and a mentor on their first day, introduced and asked for goals."""
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    ask(mia)
    offer(kim).press("Accept")
    mia.wait_for(button="Log a meeting")
    service.pass_time(seconds=3)
    return mia, kim


def manage(service: Service, person: Person, label: str, answers: dict[str, str] | None = None) -> None:
    """Choose something in `Manage`, and fill in what it asks."""
    service.jobs.settle()
    person.open_home().press("Manage")
    person.wait_modal("Your mentorship").press(label)
    if answers is not None:
        titles = {"Pause": "Pause this mentorship", "End": "End this mentorship"}
        form = person.wait_modal(titles.get(label, label))
        assert form.fill(answers).submit() == {}
        person.wait_no_modal()  # the list below would show how things stood before
    service.jobs.settle()


def home_shows(person: Person, *words: str, never: str = "") -> None:
    """Wait until the Home tab says this, and not that."""
    home = person.open_home()

    def look() -> bool:
        shown = home.text_all()
        return all(word in shown for word in words) and not (never and never in shown)

    person.sandbox.wait(look, f"{words or never} on the Home tab", None, home.text_all)


def test_a_mentorship_from_goals_over_a_pause_to_its_keepsake(service: Service) -> None:
    mia, kim = matched(service)
    card = mia.wait_for("What do you two want to reach", button="Set goals")
    card.press("Set goals")
    form = mia.wait_modal("Goals and cadence")
    assert form.labels() == ["Goals", "Meet every"]
    assert form.fill({"Goals": "   ", "Meet every": "month"}).submit() == {
        "Goals": "Please write what you want to reach, in a sentence or two."
    }
    assert form.fill(GOALS).submit() == {}
    kim.wait_for("Mia Tan proposes to meet every 2 weeks", button="Agree").press("Change")
    form = kim.wait_modal("Goals and cadence")
    assert form.fill({"Meet every": "3 weeks"}).submit() == {}
    asked = mia.wait_for("Kim Alder proposes to meet every 3 weeks", button="Agree")
    asked.press("Agree").wait_gone("Agree")
    service.jobs.settle()
    assert "have agreed to meet every 3 weeks" in card.text_all()
    for one in (mia, kim):
        home_shows(one, "You meet every 3 weeks", "Schedule a meeting", "Log a meeting", "Manage")

    manage(service, kim, "Pause", {"Pause for": "2 weeks"})
    first = mia.wait_for("your mentorship is paused until", button="Resume")
    home_shows(mia, "Paused until", "Resume")
    service.pass_time(days=15)
    service.jobs.settle()
    for one in (mia, kim):
        one.wait_for("your pause is over, and your mentorship goes on")
        assert "paused until" not in first.wait_gone("Resume").text_all()
        home_shows(one, never="Paused until")
    manage(service, mia, "Pause", {"Pause for": "1 month"})
    paused = kim.wait_for("your mentorship is paused until", button="Resume")
    paused.press("Resume")
    service.jobs.settle()
    mia.wait_for("your mentorship goes on. A time for the next meeting")
    assert "your mentorship goes on" in paused.wait_gone("Resume").text_all()
    paused.press_raw("Resume")
    kim.wait_for("This mentorship is not paused, so nothing was changed.")

    manage(service, mia, "Complete")
    mia.sandbox.wait(lambda: "Completed on" in mia.wait_modal("Your mentorship").text_all(), "the list as it is now")
    for one in (mia, kim):
        kept = one.wait_for("your mentorship is completed", button="Open the page to print")
        assert "A first job in drug discovery." in kept.text_all()
        home_shows(one, never="Manage")
    card.wait_gone("Change")
    assert card.buttons() == []
    kept.press("Open the page to print")
    told = kim.wait_for("to read or print")
    url = told.text_all().partition("<")[2].partition("|")[0]
    with httpx.Client(trust_env=False) as browser:
        page = visit(browser, url)
    assert page.heading == "Mia Tan and Kim Alder"
    assert "You agreed to meet every 3 weeks." in page.text


def test_an_end_names_nobody_and_another_mentor_is_found(service: Service) -> None:
    mia, kim = matched(service)
    lee, noor, _ = mentors(service, "Lee Birch", "Noor Cedar", "Ada Dorn")
    introduction = mia.wait_for(button="Log a meeting")
    manage(service, mia, "Find another mentor", {"Reason": "Not the right fit", "Note": "We did not get on."})
    for one in (mia, kim):
        told = one.wait_for("your mentorship has come to an end")
        assert "Thank you both for the time you gave each other" in told.text_all()
    introduction.wait_gone("Log a meeting")
    service.pass_time(minutes=1)
    mia.wait_for("Three mentors who fit you have been asked", button="Cancel request")
    home_shows(mia, WISH["What do you want from a mentor?"])
    assert offer(lee).person is lee
    service.jobs.settle()
    assert not [one for one in kim.inbox() if "Accept" in one.buttons()]
    for word in ("Not the right fit", "did not get on", "Reason"):
        assert not [one for one in kim.inbox() if word in one.text_all()]
        assert word not in kim.open_home().text_all()
    offer(noor).press("Accept")
    service.jobs.settle()
    home_shows(mia, "Your mentor", f"<@{noor.id}>")


def test_a_stale_end_is_told_so(service: Service) -> None:
    mia, kim = matched(service)
    service.jobs.settle()
    for one in (mia, kim):
        one.open_home().press("Manage")
        one.wait_modal("Your mentorship").press("End")
    forms = [one.wait_modal("End this mentorship") for one in (mia, kim)]
    assert forms[0].fill({"Reason": "Too little time"}).submit() == {}
    assert forms[1].fill({"Reason": "Other"}).submit() == {}
    assert "has already come to an end" in kim.wait_modal("Please note").text_all()
