"""Signing in on the web: a link shows a button, the button opens a session, and nothing else does."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, text

from core.config import Settings
from core.models import StaffSession
from core.rules.sign_ins import IDLE
from core.services.people import Person
from core.uow import SYSTEM, Units
from tests.conftest import NOON, later
from tests.support import factories as make
from tests.support.staff import FIELD, browser, link, press_sign_in, signed_in


@pytest.fixture
def ada(units: Units) -> Person:
    return make.person(units, "Ada Staff", is_admin=True)


def sessions(units: Units) -> int:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(func.count()).select_from(StaffSession)).one()


def test_the_link_shows_a_button_and_the_button_signs_in(settings: Settings, units: Units, ada: Person) -> None:
    client = browser(settings, units)
    url = link(settings, units, ada)
    page = client.get(url)
    assert page.status_code == 200
    assert "Welcome, Ada Staff" in page.text
    answer = press_sign_in(client, url)
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_opening_links_signs_nobody_in(settings: Settings, units: Units, ada: Person) -> None:
    url = link(settings, units, ada)
    for method in ("GET", "HEAD", "GET"):
        assert browser(settings, units).request(method, url).status_code == 200
    assert sessions(units) == 0
    assert press_sign_in(browser(settings, units), url).status_code == 303


def test_a_link_opens_one_session_however_often_it_is_pressed(settings: Settings, units: Units, ada: Person) -> None:
    url = link(settings, units, ada)
    client = browser(settings, units)
    found = FIELD.search(client.get(url).text)
    assert found
    data = {"csrftoken": found[1], "key": url.partition("key=")[2]}
    cookies = dict(client.cookies)

    def press(_: int) -> int:
        one = TestClient(client.app, base_url=settings.public_url, follow_redirects=False, cookies=cookies)
        return one.post("/admin/sign-in/link", data=data).status_code

    with ThreadPoolExecutor(10) as pool:
        assert sorted(pool.map(press, range(50))) == [303] + [410] * 49
    assert sessions(units) == 1


def test_who_presses_again_in_the_same_browser_is_simply_in(settings: Settings, units: Units, ada: Person) -> None:
    client, url = browser(settings, units), link(settings, units, ada)
    press_sign_in(client, url)
    assert client.get(url).headers["location"] == "/admin/"
    assert client.get("/admin/sign-in").headers["location"] == "/admin/"


def press_towards(client: TestClient, url: str, to: str) -> str:
    """Open a link that goes on to a page, press its button, and see where one comes to."""
    page = client.get(f"{url}&{urlencode({'to': to})}")
    form = dict(re.findall(r'name="(csrftoken|key|to)" value="([^"]*)"', page.text))
    return str(client.post("/admin/sign-in/link", data=form).headers["location"])


@pytest.mark.parametrize("to", ["matches/export/csv", "matches/list", "import"])
def test_a_link_may_go_on_to_a_page(settings: Settings, units: Units, ada: Person, to: str) -> None:
    client, url = browser(settings, units), link(settings, units, ada)
    assert press_towards(client, url, to) == f"/admin/{to}"
    assert client.get(f"{url}&to={to}").headers["location"] == f"/admin/{to}"  # once more, in the same browser


@pytest.mark.parametrize(
    "to",
    ["//evil.example", "https://evil.example", "/\\evil.example", "../evil", "a/../../evil", "a?b=c",
     "x\r\nSet-Cookie: a", "matches/list#x", "a/b/c/d", "%2e%2e", "a\n", "@evil.example", "matches//list"],
)  # fmt: skip
def test_a_link_never_goes_on_to_anywhere_else(settings: Settings, units: Units, ada: Person, to: str) -> None:
    client, url = browser(settings, units), link(settings, units, ada)
    assert press_towards(client, url, to) == "/admin/"
    forged = {"csrftoken": FIELD.findall(client.get("/admin/").text)[0], "key": url.partition("key=")[2], "to": to}
    assert client.post("/admin/sign-in/link", data=forged).headers["location"] == "/admin/"


@pytest.mark.parametrize("moment", [timedelta(minutes=10), timedelta(days=9)])
def test_late_links_say_how_to_get_another(settings: Settings, units: Units, ada: Person, moment: timedelta) -> None:
    url = link(settings, units, ada)
    page = browser(settings, later(units, NOON + moment)).get(url)
    assert page.status_code == 410
    assert "/mentor-admin dashboard" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/people/list",
        "/admin/people/detail?pk=1",
        "/admin/audit/list?q=Ada",
        "/admin/nothing-here",
        "/admin/_api/people/action?name=export",
    ],
)
def test_without_a_session_there_is_the_way_to_sign_in(settings: Settings, units: Units, path: str) -> None:
    client = browser(settings, units)
    client.cookies.set("ithaca-staff", "made up")
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].partition("?")[0].endswith("/admin/sign-in")
    assert "/mentor-admin dashboard" in client.get("/admin/sign-in").text


def test_the_cookie_is_out_of_reach(settings: Settings, units: Units, ada: Person) -> None:
    safe = settings.model_copy(update={"public_url": "https://ithaca.example"})
    answer = press_sign_in(browser(safe, units), link(safe, units, ada))
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-ithaca-staff=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_behind_a_proxy_that_speaks_plain_all_addresses_are_https(settings: Settings, units: Units) -> None:
    safe = settings.model_copy(update={"public_url": "https://ithaca.example"})
    client = browser(safe, units)
    answer = client.get("/admin/", headers={"host": "ithaca.example"}, follow_redirects=False)
    assert answer.headers["location"].startswith("https://ithaca.example/admin/sign-in")
    page = client.get("http://ithaca.example/admin/sign-in")
    assert "http://ithaca.example" not in page.text
    assert "Secure" in page.headers["set-cookie"]


def test_the_session_changes_hands_at_each_sign_in(settings: Settings, units: Units, ada: Person) -> None:
    client = signed_in(settings, units, ada)
    before = client.cookies["ithaca-staff"]
    press_sign_in(client, link(settings, units, ada))
    after = client.cookies["ithaca-staff"]
    assert after != before
    stale = browser(settings, units)
    stale.cookies.set("ithaca-staff", before)
    assert stale.get("/admin/").status_code == 303


def test_signing_out_ends_it_for_every_copy_of_the_cookie(settings: Settings, units: Units, ada: Person) -> None:
    client = signed_in(settings, units, ada)
    copy = client.cookies["ithaca-staff"]
    found = FIELD.search(client.get("/admin/").text)
    assert found
    assert client.post("/admin/sign-out").status_code == 403  # not without the page's token
    assert client.post("/admin/sign-out", data={"csrftoken": found[1]}).status_code == 303
    client.cookies.set("ithaca-staff", copy)
    assert client.get("/admin/").status_code == 303


@pytest.mark.parametrize("change", ["roles = '{student}'", "state = 'left'", "state = 'erased', email = NULL"])
def test_who_is_not_on_staff_any_more_is_out_at_once(
    settings: Settings, units: Units, ada: Person, change: str
) -> None:
    client = signed_in(settings, units, ada)
    assert client.get("/admin/").status_code == 200
    with units.work(SYSTEM) as work:
        work.session.execute(text(f"UPDATE users SET {change} WHERE id = :id"), {"id": ada.id})
    assert client.get("/admin/").status_code == 303


def test_a_session_that_nobody_uses_ends(settings: Settings, units: Units, ada: Person) -> None:
    key = signed_in(settings, units, ada).cookies["ithaca-staff"]
    client = browser(settings, later(units, NOON + IDLE))
    client.cookies.set("ithaca-staff", key)
    assert client.get("/admin/").status_code == 303


def test_guessing_gets_nowhere_and_is_slowed_down(settings: Settings, units: Units) -> None:
    client = browser(settings, units)
    answers = [client.get("/admin/sign-in/link?key=guess").status_code for _ in range(25)]
    assert answers[:20] == [404] * 20
    assert answers[-1] == 429


def test_a_post_without_the_pages_token_is_refused(settings: Settings, units: Units, ada: Person) -> None:
    url = link(settings, units, ada)
    answer = browser(settings, units).post("/admin/sign-in/link", data={"key": url.partition("key=")[2]})
    assert answer.status_code == 403
    assert sessions(units) == 0


def test_headers_let_nothing_in_from_elsewhere(settings: Settings, units: Units) -> None:
    page = browser(settings, units).get("/admin/sign-in")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert page.text.count("<script") == page.text.count(f'<script nonce="{nonce}"') > 0
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-frame-options"] == "DENY"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "https://" not in page.text  # nothing is loaded from elsewhere
