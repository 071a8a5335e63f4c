"""Fault 19: a sign-in link that is opened by a program, used twice, or handed on."""

import re

import httpx
import pytest

from tests.faults.scene import Scene
from tests.support.faults import Seen
from tests.support.staff import FIELD

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]
LINK = re.compile(r"https?://[^\s|>\"]+/admin/sign-in/link\?key=[^\s|>\"]+")


def browser(scene: Scene) -> httpx.Client:
    return httpx.Client(base_url=scene.settings.public_url, trust_env=False, timeout=30)


def pressed(browser: httpx.Client, link: str) -> httpx.Response:
    found = FIELD.search(browser.get(link).text)
    assert found
    return browser.post("/admin/sign-in/link", data={"csrftoken": found[1], "key": link.partition("key=")[2]})


@pytest.mark.fault(19)
def test_a_link_opens_one_session_in_one_browser(scene: Scene, seen: Seen) -> None:
    ada = scene.person("Ada Staff", is_admin=True)
    ada.seen.command("/mentor-admin", "dashboard")
    message = ada.seen.wait_for("Open the dashboard", timeout=60)
    found = LINK.search(str(message.raw))
    assert found
    link, sessions = found[0].replace("&amp;", "&"), "SELECT count(*) FROM staff_sessions"
    with browser(scene) as program, browser(scene) as own, browser(scene) as other:
        for _ in range(3):
            assert program.get(link).status_code == 200
            assert program.head(link).status_code in (200, 405)
        assert scene.value(sessions) == 0
        other.get(link)
        assert pressed(own, link).status_code == 303
        assert scene.value(sessions) == 1
        again = other.post("/admin/sign-in/link", data={"csrftoken": _token(other), "key": link.partition("key=")[2]})
        assert again.status_code != 303
        assert other.get("/admin/").status_code in (302, 303)
        assert own.get("/admin/").status_code == 200
    assert scene.value(sessions) == 1
    logged = scene.value("SELECT count(*) FROM audit_log WHERE action LIKE 'signed_in%' OR action LIKE 'sign_in%'")
    assert logged >= 1
    assert link.partition("key=")[2] not in scene.logs()
    seen(f"opened by a program: no session; pressed in two browsers: 1 session, {logged} line(s) in the audit log")


def _token(browser: httpx.Client) -> str:
    found = FIELD.search(browser.get("/admin/sign-in").text)
    return found[1] if found else ""
