"""A whole intake: asked by students in Slack, matched, looked at, edited and published by staff on their pages."""

import re
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from core.rules.cohorts import PublishAs
from core.services.invariants import broken
from core.uow import SYSTEM
from tests.support.people import Person
from tests.support.service import Service
from tests.support.story import MENTOR, WISH, student, tell

pytestmark = pytest.mark.journey

LINK = re.compile(r"<(http[^|>]+/admin/sign-in/link[^|>]+)\|Open the dashboard>")
FIELD = re.compile(r'name="csrftoken" value="([^"]+)"')
ROW = re.compile(r'data-label="Student"><a [^>]*>([^<]+)</a>.*?data-label="Mentor"><a [^>]*>([^<]+)<', re.DOTALL)
OPTION = re.compile(r'name="mentor" value="([^"]*)".*?<strong>([^<]+)</strong>', re.DOTALL)
WHY = "The spring intake."


@dataclass
class Desk:
    """A member of staff at the admin pages."""

    browser: httpx.Client
    base: str
    token: str

    @classmethod
    def of(cls, service: Service, ada: Person, browser: httpx.Client) -> "Desk":
        """Sign in by the link from Slack."""
        ada.command("/mentor-admin", "dashboard")
        link = LINK.search(str(ada.wait_for("Open the dashboard").seen))
        assert link
        page = browser.get(link[1])
        field = FIELD.search(page.text)
        assert field
        key = page.url.params["key"]
        inside = browser.post(str(page.url.copy_with(query=None)), data={"csrftoken": field[1], "key": key})
        token = FIELD.search(inside.text)
        assert token
        return cls(browser, service.url, token[1])

    def see(self, path: str) -> str:
        """A page."""
        return self.browser.get(f"{self.base}{path}").text

    def press(self, path: str, **form: Any) -> httpx.Response:
        """Send a form; the page it leads to."""
        return self.browser.post(f"{self.base}{path}", data={"csrftoken": self.token, **form})


def ask(person: Person) -> None:
    person.command("/mentor", "request")
    assert person.wait_modal("Request a mentor").fill(WISH).submit() == {}
    person.wait_for(button="Cancel request")


def mentor(service: Service, name: str) -> Person:
    person = service.person(name, email=f"{name.split()[0].lower()}@example.org")
    return tell(person, MENTOR | {"Headline": f"I am {name}", "Mentees at a time": "1"})


def introductions(person: Person) -> int:
    return sum("you are student and mentor now" in message.text for message in person.inbox())


def offers(person: Person) -> int:
    return sum("Accept" in message.buttons() for message in person.inbox())


@pytest.mark.parametrize("how", list(PublishAs))
def test_an_intake_is_matched_edited_and_published_once(service: Service, how: PublishAs) -> None:
    ada = service.person("Ada Staff", email="ada@example.org", is_owner=True)
    today = service.clock().date().isoformat()
    with httpx.Client(follow_redirects=True) as browser:
        desk = Desk.of(service, ada, browser)
        cohort = desk.press("/admin/cohorts", name="Spring", first=today, last=today).url.path
        mia, lea = student(service, "Mia Tan"), student(service, "Lea Roth")
        for one in (mia, lea):
            ask(one)
        service.jobs.settle()
        kim, sam = mentor(service, "Kim Alder"), mentor(service, "Sam Birch")
        service.sweep()
        assert "Mia Tan" in desk.see(cohort).partition("Open requests in this cohort")[2]
        asked = desk.press(
            "/admin/cohorts/match", cohort=cohort.rpartition("/")[2], include_offered="1", why=WHY
        ).url.path
        service.jobs.settle()
        plan = desk.see(asked)
        chosen = dict(ROW.findall(plan))
        assert {*chosen, *chosen.values()} == {"Mia Tan", "Lea Roth", "Kim Alder", "Sam Birch"}
        exchange(desk, plan, chosen)
        before = [introductions(one) for one in (mia, lea, kim, sam)]
        assert before == [0, 0, 0, 0]
        for _ in range(2):  # pressed twice
            desk.press(asked, deed=how.value, why=WHY)
        service.sweep()
        now_with = dict(zip(chosen, reversed(chosen.values()), strict=True))
        if how is PublishAs.OFFERS:
            assert [offers(one) for one in (kim, sam)] == [1, 1]
            for one in (kim, sam):
                one.wait_for(button="Accept").press("Accept")
            service.sweep()
        for one in (mia, lea, kim, sam):
            one.wait_for("you are student and mentor now")
        assert [introductions(one) for one in (mia, lea, kim, sam)] == [1, 1, 1, 1]
        matches = desk.see("/admin/matches/list")
        for mentee, name in now_with.items():
            assert re.search(rf"{mentee}.*?{name}", matches, re.DOTALL)
        done = "Introduced: 2 of 2" if how is PublishAs.MATCHES else "Asked: 2 of 2"
        assert done in desk.see(asked)
        assert WHY in desk.see("/admin/audit/list")
    with service.units.read(SYSTEM) as reading:
        assert broken(reading) == ()


def exchange(desk: Desk, plan: str, chosen: dict[str, str]) -> None:
    """Let the two students have each other's mentor: one gets nobody first, as both mentors have one place."""
    pages = dict(re.findall(r'href="([^"]+/student/[^"]+)" aria-label="Reasons for ([^,"]+)', plan))
    by_name = {name: page for page, name in pages.items()}
    (first, her_mentor), (second, other) = chosen.items()
    refused = pick(desk, by_name[first], other)
    assert f"taken in this plan by {second}" in refused
    pick(desk, by_name[second], "")
    pick(desk, by_name[first], other)
    pick(desk, by_name[second], her_mentor)


def pick(desk: Desk, page: str, name: str) -> str:
    """Choose this mentor, or nobody, on a student's page."""
    path = page.partition(desk.base)[2] or page
    options = {shown: id_ for id_, shown in OPTION.findall(desk.see(path))}
    return desk.press(path, mentor=options[name] if name else "", why="They know each other's field.").text
