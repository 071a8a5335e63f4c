"""Staff come to their pages from Slack."""

import html
import re

import httpx
import pytest

from tests.support.service import Service

pytestmark = pytest.mark.journey

LINK = re.compile(r"<(http[^|>]+/admin/sign-in/link[^|>]+)\|Open the dashboard>")
FIELD = re.compile(r'name="csrftoken" value="([^"]+)"')


def test_from_a_slash_command_to_the_overview(service: Service) -> None:
    ada = service.person("Ada Staff", email="ada@example.org", is_owner=True)
    ada.command("/mentor-admin", "dashboard")
    link = LINK.search(str(ada.wait_for("Open the dashboard").seen))
    assert link
    with httpx.Client(follow_redirects=True) as browser:
        page = browser.get(link[1])
        assert "Welcome, Ada Staff" in page.text
        field = FIELD.search(page.text)
        assert field
        key = page.url.params["key"]
        overview = browser.post(str(page.url.copy_with(query=None)), data={"csrftoken": field[1], "key": key})
        assert overview.url.path == "/admin/"
        assert "Ada Staff" in overview.text
        assert browser.get(link[1]).url.path == "/admin/"  # it is used, and so is this browser


def test_from_a_slash_command_to_a_file_of_matches(service: Service) -> None:
    ada = service.person("Ada Staff", email="ada@example.org", is_owner=True)
    ada.command("/mentor-admin", "export")
    seen = str(ada.wait_for("Everything as files").seen)
    link = html.unescape(re.findall(r"<(http[^|>]+/sign-in/link[^|>]+matches/export/csv)\|CSV>", seen)[0])
    with httpx.Client(follow_redirects=True) as browser:
        page = browser.get(link)
        form = dict(re.findall(r'name="(csrftoken|key|to)" value="([^"]*)"', page.text))
        file = browser.post(str(page.url.copy_with(query=None)), data=form)
    assert file.headers["content-disposition"] == 'attachment; filename="ithaca-matches.csv"'
    assert file.text.startswith("Student,Mentor,State,")


def test_others_get_no_link(service: Service) -> None:
    mia = service.person("Mia Tan", email="mia@example.org")
    mia.command("/mentor-admin", "dashboard")
    mia.wait_for("for the programme's staff alone")
