"""Whatever is sent to a page, it answers with a page: never a traceback, and nothing half done."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import strategies as some

from core.links import Links, Purpose
from core.rules.matches import MatchState
from core.services.offer_questions import ask_before_deciding
from core.services.offers import accept_offer
from core.uow import Units, member
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.examples import few
from tests.support.pages import Page
from tests.web.actions.conftest import LATER, Asked, held, proposed, suggested
from web.actions.table import PAGES

EXPECTED = {200, 303, 403, 404, 409, 422}  # 404: a deed of the other side
FORM = b"application/x-www-form-urlencoded"
NAMES = (
    "token",
    "deed",
    "reason",
    "pause",
    "note",
    "span",
    "held_on",
    "minutes",
    "kind",
    "notes",
    "action_items",
    "first_time",
    "second_time",
    "third_time",
    "agenda",
    "time",
    "question",
    "answer",
    "ask",
    "rating",
    "comment",
    "shared",
    "what",
    "apart",
    "goals",
    "cadence",
    "version",
    "summary",
    "may_be_read",
    "thanks",
    "word",
    "List-Unsubscribe",
)
ASKED = (Purpose.CHECK_IN_WELL, Purpose.CHECK_IN_BETTER, Purpose.CHECK_IN_NOT_MET, Purpose.ASK_RATE)
DEEDS = sorted({deed for page in PAGES.values() for deed in page.deeds})
words = (
    some.text(max_size=30)
    | some.text(min_size=3_001, max_size=3_010)
    | some.sampled_from(
        [
            "",
            "Other",
            "No",
            "Video",
            "2030-02-28",
            "2030-03-05T14:00",
            "2030-03-06T14:00",
            "2030-03-07T14:00",
            "0001-01-01T00:00",
            "9999-12-31T23:59",
            "1",
            "-1",
            "1e9",
            "½",
            "\0",
            "\x1b[2J",
            "One-Click",
            "1 month",
            "2 weeks",
            "Too little time",
            "٣",
            "<b>",
        ]
    )
)
Send = Callable[[Purpose, bytes, bytes], int]


@pytest.fixture
def send(client: TestClient, links: Links, asked: Asked, units: Units) -> Send:
    """POST to a page of somebody whom it is for, and look at the page that comes back."""
    matched = Asked(units)
    with units.work(member(matched.mentor.id)) as work:
        match_id = accept_offer(work, matched.offer())
    kept_id = make.match(units, matched.student, matched.mentor, state=MatchState.COMPLETED, ended_at=NOON)
    with units.work(member(asked.mentor.id)) as work:
        question_id = ask_before_deciding(work, asked.offer(), "Which data?")
    ask_id = make.ask(units, match_id, matched.mentor)
    held_id, item_id = held(units, matched.mentor, match_id)
    others = {
        Purpose.MATCH_LOG: (matched.mentor, match_id),
        Purpose.FEEDBACK: (matched.mentor, match_id),
        Purpose.HELP: (matched.mentor, match_id),
        **dict.fromkeys(ASKED, (matched.mentor, ask_id)),
        Purpose.MEETING_SCHEDULE: (matched.mentor, match_id),
        Purpose.MEETING_PICK: (matched.student, proposed(units, matched.mentor, match_id)),
        Purpose.MEETING: (matched.student, held_id),
        Purpose.ITEM: (matched.student, item_id),
        Purpose.MATCH: (matched.student, match_id),
        Purpose.KEEPSAKE: (matched.mentor, kept_id),
        Purpose.OFFER_QUESTION_ANSWER: (asked.student, question_id),
        Purpose.QUESTION: (asked.mentor, make.question(units, asked.student)),
        Purpose.OPEN_QUESTIONS: (asked.mentor, asked.mentor.id),
        Purpose.SUGGESTION: (asked.student, suggested(units, asked.student, asked.other)),
    }

    def send(purpose: Purpose, body: bytes, kind: bytes) -> int:
        person, subject = others.get(purpose, (asked.mentor, asked.offer()))
        url = links.url(purpose, person.id, subject, LATER)
        sent = body.replace(b"TOKEN", url.rpartition("/")[2].encode())
        answer = client.post(url, content=sent, headers={b"Content-Type": kind}, follow_redirects=False)
        if answer.status_code != 303:
            assert Page(client, answer).heading
        return answer.status_code

    return send


anything = few(60, [HealthCheck.function_scoped_fixture])


@anything
@given(some.sampled_from(sorted(PAGES)), some.dictionaries(some.sampled_from(NAMES), words), some.sampled_from(DEEDS))
def test_any_answers(send: Send, purpose: Purpose, answers: dict[str, str], deed: str) -> None:
    encodable = {name: value.encode("utf-8", "surrogatepass") for name, value in answers.items()}
    body = urlencode({"deed": deed, **encodable}).encode() + b"&token=TOKEN"
    assert send(purpose, body, FORM) in EXPECTED


@anything
@given(
    some.sampled_from(sorted(PAGES)),
    some.binary(max_size=200) | some.text(max_size=100).map(str.encode),
    some.sampled_from(
        [
            FORM,
            b"multipart/form-data; boundary=x",
            b"multipart/form-data",
            b"multipart/form-data; boundary=",
            b"",
            b"\xe9",
        ]
    ),
    some.booleans(),
)
def test_any_bytes(send: Send, purpose: Purpose, body: bytes, kind: bytes, with_token: bool) -> None:
    start = b"token=TOKEN&deed=decline&" if with_token else b"--x\r\n"
    assert send(purpose, start + body, kind) in EXPECTED
