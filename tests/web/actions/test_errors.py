"""What goes wrong on the way to a page is a page too: plain, with the right status, and of use."""

import logging
import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from core.config import Settings
from core.links import Links, Purpose
from core.models import Offer, User
from core.rules.roles import PersonState
from core.uow import SYSTEM, Units, connect
from tests.conftest import NOON
from tests.support.pages import Page, visit
from tests.support.queues import Recorded
from tests.support.servers import free_port
from tests.web.actions.conftest import LATER, Asked, Open, browser
from web.actions import limits, offers
from web.actions.sent import MOST_BYTES

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def url(links: Links, asked: Asked) -> str:
    return links.url(Purpose.OFFER_ACCEPT, asked.mentor.id, asked.offer(), LATER)


def test_an_expired_link_says_what_to_do(asked: Asked, go: Open) -> None:
    page = go(Purpose.OFFER_ACCEPT, asked.mentor.id, asked.offer(), NOON - timedelta(seconds=1))
    assert (page.status, page.heading) == (410, "The time of this link is over")
    assert "newer mail" in page.text
    assert "ithaca@localhost" in page.text
    assert "Mia" not in page.text


@pytest.mark.parametrize("change", [lambda url: url[:-1], lambda url: url + "x", lambda url: url[:-9] + "/" + url[-9:]])
def test_a_changed_link_says_what_to_do(client: TestClient, url: str, change: "type") -> None:
    page = visit(client, change(url))
    assert (page.status, page.heading) == (404, "This link does not work")


def test_no_link_at_all_is_a_page_too(client: TestClient) -> None:
    assert visit(client, "/a/").status == 404
    assert visit(client, "/a/%ff%00/..%2f").status == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_change_nothing(client: TestClient, url: str, asked: Asked, method: str) -> None:
    answer = client.request(method, url)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")
    assert asked.state() == "open"


@pytest.mark.parametrize(
    ("state", "heading"), [(PersonState.LEFT, "This account is closed"), (PersonState.ERASED, "You are erased")]
)
def test_a_closed_account_opens_nothing(
    client: TestClient, url: str, units: Units, asked: Asked, state: str, heading: str
) -> None:
    page = visit(client, url)
    with units.work(SYSTEM) as work:
        work.session.get_one(User, asked.mentor.id).state = PersonState(state)
    gone = visit(client, url)
    assert (gone.status, gone.heading) == (410, heading)
    assert "Mia" not in gone.text
    assert page.press("Accept").status == 410
    assert asked.state() == "open"


def test_an_unknown_person_is_as_good_as_gone(asked: Asked, go: Open) -> None:
    page = go(Purpose.OFFER_ACCEPT, asked.request_id, asked.offer())
    assert page.status == 410


def test_without_the_database_it_says_try_again(settings: Settings, url: str) -> None:
    engine = connect(f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
    away = browser(settings, Units(engine, Recorded(), lambda: NOON))
    for answer in (away.get(url), away.post(url, data={"token": url.rpartition("/")[2], "deed": "accept"})):
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "60"
        assert "try again in a minute" in answer.text
    engine.dispose()


def test_what_was_typed_is_there_to_be_sent_again_after_a_failure_of_ours(
    client: TestClient, url: str, units: Units, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("something nobody thought of")

    page = visit(client, url)
    with monkeypatch.context() as failing:
        failing.setattr(offers, "decline_offer", broken)
        failed = page.press("Decline this student", {"Reason": "Other", "Note": 'On "leave" until <June>'})
    assert failed.status == 500
    assert failed.press("Send it again").status == 200
    with units.read(SYSTEM) as reading:
        offer = reading.session.get_one(Offer, asked.offer())
    assert (offer.state, offer.decline_note) == ("declined", 'On "leave" until <June>')


def test_an_unexpected_error_has_a_reference_that_finds_the_log_line(
    client: TestClient, url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("something nobody thought of")

    monkeypatch.setattr(offers, "own_offer_card", broken)
    page = visit(client, url)
    assert (page.status, page.heading) == (500, "Something went wrong on our side")
    assert "nobody thought of" not in page.response.text
    reference = re.search(r"this reference: ([0-9a-f]{8})", page.text)
    assert reference
    assert f"failed, reference {reference[1]}" in caplog.text


def test_a_body_that_is_too_large_is_refused(client: TestClient, url: str, asked: Asked) -> None:
    answer = client.post(url, data={"token": url.rpartition("/")[2], "deed": "accept", "note": "x" * MOST_BYTES})
    assert answer.status_code == 413
    assert asked.state() == "open"


def test_a_form_with_too_many_fields_is_refused(client: TestClient, url: str, asked: Asked) -> None:
    token = url.rpartition("/")[2]
    answer = client.post(url, content=f"token={token}&deed=accept" + "&x=1" * 50, headers={"Content-Type": FORM})
    assert answer.status_code == 403
    assert asked.state() == "open"


@pytest.mark.parametrize(
    "body",
    [
        "deed=accept",  # without the token
        "token=x&deed=accept",
        "token={token}",
        "token={token}&deed=unsubscribe",
        "token={token}&deed=",
    ],
)
def test_a_form_that_is_not_of_this_page_does_nothing(client: TestClient, url: str, asked: Asked, body: str) -> None:
    sent = body.format(token=url.rpartition("/")[2])
    assert client.post(url, content=sent, headers={"Content-Type": FORM}).status_code == 403
    assert client.post(url, content=sent, headers={"Content-Type": "text/plain"}).status_code == 403
    assert client.post(url, content=sent).status_code == 403
    assert asked.state() == "open"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_cannot_press_a_button(
    client: TestClient, url: str, asked: Asked, headers: dict[str, str]
) -> None:
    form = visit(client, url).data("Accept")
    assert client.post(url, data=form, headers=headers).status_code == 403
    assert asked.state() == "open"


@pytest.mark.parametrize("headers", [{"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {}])
def test_the_page_itself_can(
    client: TestClient, url: str, asked: Asked, headers: dict[str, str], settings: Settings
) -> None:
    form = visit(client, url).data("Accept")
    given = headers or {"Origin": settings.public_url}
    answer = client.post(url, data=form, headers=given, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, url.rpartition("/")[2])
    assert asked.state() == "accepted"


def test_text_in_another_encoding_stays_visible_and_is_said_at_its_field(
    client: TestClient, url: str, asked: Asked
) -> None:
    token = url.rpartition("/")[2].encode()
    sent = b"token=" + token + b"&deed=decline&reason=Other&note=caf%E9 na\xefve"
    page = Page(client, client.post(url, content=sent, headers={"Content-Type": FORM}))
    assert page.status == 422
    assert page.problem("Note").startswith("Some characters here could not be read.")
    assert page.control("Note").value.strip() == "caf\ufffd na\ufffdve"
    assert asked.state() == "open"


def test_headers_keep_everything_in_and_everybody_out(client: TestClient, url: str) -> None:
    for answer in (client.get(url), client.head(url), client.get(url + "x"), client.put(url)):
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert answer.headers["x-content-type-options"] == "nosniff"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
    style = client.get(re.search(r'href="\.\.(/assets/[^"]+)"', client.get(url).text)[1])  # type: ignore[index]
    assert (style.status_code, style.headers["content-type"]) == (200, "text/css; charset=utf-8")


def test_bad_links_are_counted_by_address_and_good_ones_never_held_up(client: TestClient, url: str) -> None:
    answers = [client.get(f"/a/{number}").status_code for number in range(limits.MOST + 5)]
    assert answers == [404] * limits.MOST + [429] * 5
    assert client.get(url).status_code == 200


def test_no_link_stands_in_the_log(client: TestClient, url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    page = visit(client, url)
    page.press("Accept")
    page.press("Accept")
    visit(client, url + "x")
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]  # the test's own browser
    said = "\n".join(record.getMessage() for record in ours)
    assert "was used again for accept: nothing changed" in said
    for private in (url.rpartition("/")[2], "Mia", "Kim", "example.org"):
        assert private not in said
