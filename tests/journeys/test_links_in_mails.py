"""Links in mails, over real HTTP and beside Slack: looking changes nothing, and a deed is done once."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import Engine, select

from core.links import Links, Purpose
from core.models import Match, Meeting, Notification, Offer, OfferQuestion, Profile, User
from core.notifications import Kind
from core.services.people import Person as Known
from core.services.people import by_slack
from core.uow import SYSTEM
from tests.support.pages import Page, visit
from tests.support.people import Person
from tests.support.service import Service
from tests.support.snapshots import snapshot
from tests.support.story import ask, mentors, offer, student

pytestmark = pytest.mark.journey

CROWD, FEW = 50, 5
BUSY = 503  # waited too long for the others: an honest answer on a busy machine, and never a second deed
UNTIL = datetime.now(UTC) + timedelta(days=30)


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    limits = httpx.Limits(max_connections=CROWD)
    with httpx.Client(timeout=60, limits=limits, trust_env=False) as client:
        yield client


def known(service: Service, person: Person) -> Known:
    with service.units.read(SYSTEM) as reading:
        found = by_slack(reading, str(person.user["team_id"]), person.id)
    assert found
    return found


def link(service: Service, purpose: Purpose, person: Person, subject: UUID) -> str:
    links = Links.of(service.runtime.bot.settings)
    return links.url(purpose, known(service, person).id, subject, UNTIL)


def offer_of(service: Service, mentor: Person) -> UUID:
    with service.units.read(SYSTEM) as reading:
        return reading.session.scalars(select(Offer.id).where(Offer.mentor_id == known(service, mentor).id)).one()


def ids(service: Service, what: type[Match | Meeting | OfferQuestion]) -> list[UUID]:
    with service.units.read(SYSTEM) as reading:
        return list(reading.session.scalars(select(what.id)))


def press_at_once(browser: httpx.Client, page: Page, button: str, answers: dict[str, str] | None = None) -> None:
    """The same press from many windows. All of them come to see how things stand."""
    url, data = str(page.response.url), page.data(button, answers)
    with ThreadPoolExecutor(CROWD) as pool:
        statuses = Counter(pool.map(lambda _: browser.post(url, data=data).status_code, range(CROWD)))
    assert statuses[303] >= 1
    assert set(statuses) <= {303, BUSY}


def ask_by_mail(service: Service, browser: httpx.Client, mentor: Person, question: str) -> UUID:
    """A mentor asks before deciding. The question's id."""
    page = visit(browser, link(service, Purpose.OFFER_ASK, mentor, offer_of(service, mentor)))
    page.press("Send", {"Your question": question})
    return ids(service, OfferQuestion)[-1]


def test_fetching_every_link_changes_nothing(service: Service, browser: httpx.Client, owner: Engine) -> None:
    mia, (kim, lee, noor) = student(service), mentors(service, "Kim Alder", "Lee Birch", "Noor Cedar")
    ask(mia)
    cards = [offer(one) for one in (kim, lee, noor)]
    question_id = ask_by_mail(service, browser, kim, "Which data?")

    def look() -> None:
        service.jobs.settle()
        urls = [
            link(service, purpose, person, subject)
            for purpose in Purpose
            for person in (mia, kim, lee)
            for subject in (
                question_id,
                offer_of(service, kim),
                offer_of(service, lee),
                *ids(service, Match),
                known(service, mia).id,
            )
        ]
        before = snapshot(owner)
        seen = {url: browser.get(url).status_code for url in urls}
        statuses = Counter(seen.values())
        nowhere = [url for url in seen if seen[url] == 404]
        for url in [*(url for url in seen if seen[url] != 404), *nowhere[:FEW]]:
            head = browser.head(url)
            assert (head.status_code, head.content) == (seen[url], b"")
        assert set(statuses) <= {200, 404, 409}
        assert statuses[200] > 20
        assert snapshot(owner) == before

    look()
    cards[0].press("Accept").wait_gone("Accept")
    look()


def test_a_crowd_of_presses_makes_one_match(service: Service, browser: httpx.Client) -> None:
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    ask(mia)
    card = offer(kim)
    page = visit(browser, link(service, Purpose.OFFER_ACCEPT, kim, offer_of(service, kim)))
    press_at_once(browser, page, "Accept")
    card.wait_gone("Accept")
    mia.wait_for(button="Schedule a meeting")
    assert len(ids(service, Match)) == 1
    with service.units.read(SYSTEM) as reading:
        told = reading.session.scalars(select(Notification.id).where(Notification.kind == Kind.INTRODUCTION)).all()
    assert len(told) == 1
    assert visit(browser, str(page.response.url)).heading == "You are Mia Tan's mentor now"


def test_a_crowd_logs_one_meeting(service: Service, browser: httpx.Client) -> None:
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    ask(mia)
    offer(kim).press("Accept")
    mia.wait_for(button="Log a meeting")
    page = visit(browser, link(service, Purpose.MATCH_LOG, mia, ids(service, Match)[0]))
    press_at_once(browser, page, "Save", {"Kind": "Video"})
    assert len(ids(service, Meeting)) == 1
    kim.wait_for("noted a meeting")


def test_yes_by_mail_and_yes_in_slack_at_the_same_moment_make_one_match(
    service: Service, browser: httpx.Client
) -> None:
    mia, three = student(service), mentors(service, "Kim Alder", "Lee Birch", "Noor Cedar")
    ask(mia)
    cards = [offer(one) for one in three]
    pages = [visit(browser, link(service, Purpose.OFFER_ACCEPT, one, offer_of(service, one))) for one in three]
    with ThreadPoolExecutor(24) as pool:
        clicks = [pool.submit(card.press_raw, "Accept") for card in cards for _ in range(4)]
        posts = [pool.submit(page.press, "Accept") for page in pages for _ in range(4)]
        assert all(click.result()["ok"] for click in clicks)
        assert {post.result().status for post in posts} <= {200, 409, BUSY}
    assert len(ids(service, Match)) == 1
    for card in cards:
        card.wait_gone("Accept")
    now = Counter(visit(browser, str(page.response.url)).heading for page in pages)
    assert now == {"You are Mia Tan's mentor now": 1, "Mia Tan has found a mentor": 2}
    mia.wait_for(button="Schedule a meeting")
    service.jobs.settle()
    assert len([one for one in three if any("Schedule a meeting" in m.buttons() for m in one.inbox())]) == 1


def test_a_question_goes_by_mail_and_its_answer_by_slack(service: Service, browser: httpx.Client) -> None:
    mia, (kim,) = student(service), mentors(service, "Kim Alder")
    ask(mia)
    offer(kim)
    page = visit(browser, link(service, Purpose.OFFER_ASK, kim, offer_of(service, kim)))
    press_at_once(browser, page, "Send", {"Your question": "Which data?"})
    (question_id,) = ids(service, OfferQuestion)
    mia.wait_for("Which data?", button="Answer")
    answering = visit(browser, link(service, Purpose.OFFER_QUESTION_ANSWER, mia, question_id))
    press_at_once(browser, answering, "Send", {"Your answer": "Sequences."})
    kim.wait_for("Sequences.", button="Accept")


def test_declining_by_mail_is_declining_in_slack(service: Service, browser: httpx.Client) -> None:
    mia, (kim, lee) = student(service), mentors(service, "Kim Alder", "Lee Birch")
    ask(mia)
    cards = [offer(kim), offer(lee)]
    page = visit(browser, link(service, Purpose.OFFER_DECLINE, kim, offer_of(service, kim)))
    after = page.press("Decline this student", {"Reason": "No time now", "Pause new students": "1 month"})
    assert after.heading == "You declined Mia Tan"
    cards[0].wait_gone("Accept")
    assert "Accept" in cards[1].buttons()
    with service.units.read(SYSTEM) as reading:
        paused = select(Profile.user_id).where(Profile.paused_until.is_not(None))
        assert reading.session.scalars(paused).all() == [known(service, kim).id]


def test_a_mail_program_unsubscribes_for_the_person(service: Service, browser: httpx.Client) -> None:
    mia = student(service)
    url = link(service, Purpose.UNSUBSCRIBE, mia, known(service, mia).id)
    answer = browser.post(url, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, len(answer.history)) == (200, 0)
    assert "set-cookie" not in answer.headers
    with service.units.read(SYSTEM) as reading:
        assert reading.session.get_one(User, known(service, mia).id).preferences == {"muted": True}
