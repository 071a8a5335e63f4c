"""Staff bring people in from a file, and the programme goes on with them: in Slack, or by e-mail alone."""

import html
import re

import httpx
import pytest

from tests.support.import_files import file_of, row
from tests.support.mailbox import Mailbox
from tests.support.people import Person
from tests.support.service import Service
from tests.support.story import ask, offer, student

pytestmark = pytest.mark.journey

LINK = re.compile(r"<(http[^|>]+/admin/sign-in/link[^|>]+)\|Open the dashboard>")
FORM = re.compile(r'name="(csrftoken|key|packed|fingerprint)" value="([^"]*)"')


def sign_in(ada: Person, browser: httpx.Client) -> None:
    ada.command("/mentor-admin", "dashboard")
    link = LINK.search(str(ada.wait_for("Open the dashboard").seen))
    assert link
    page = browser.get(html.unescape(link[1]))
    browser.post(str(page.url.copy_with(query=None)), data=dict(FORM.findall(page.text)))


def test_imported_mentors_are_asked_in_slack_or_by_mail(service: Service) -> None:
    ada = service.person("Ada Staff", email="ada@example.org", is_owner=True)
    kim = service.person("Kim Alder", email="kim@example.org")
    rows = [
        row(1, name="Kim Alder", email="kim@example.org", role="mentor", mentees="2"),
        row(2, name="Lee Birch", email="lee@example.org", role="mentor"),
    ]
    with httpx.Client(follow_redirects=True) as browser:
        sign_in(ada, browser)
        form = dict(FORM.findall(browser.get(f"{service.url}/admin/import").text))
        files = {"file": ("people.csv", file_of(rows), "text/csv")}
        page = browser.post(f"{service.url}/admin/import/look", data=form, files=files)
        assert "Import 2 people" in page.text
        done = browser.post(f"{service.url}/admin/import/people", data=dict(FORM.findall(page.text)))
        assert "People imported: 2 added, 0 updated." in done.text
    service.jobs.settle()
    lees = Mailbox(service.sandbox, "lee@example.org")
    assert not kim.inbox()
    assert not lees.mails()

    ask(student(service))
    assert "Mia Tan" in offer(kim).text
    assert "Accept" in lees.wait_for("Mia Tan").text
