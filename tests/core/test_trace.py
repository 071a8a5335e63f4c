"""The id that follows what somebody did: into messages, and into the log."""

import json
import logging
from uuid import uuid4

from sqlalchemy import select

from app.stack.log import JsonLines, worth_reading
from core.models import Notification
from core.notifications import Kind, notify, to_person
from core.trace import current, following, mark
from core.uow import SYSTEM, Units
from tests.support import factories as make


def test_it_lasts_for_a_block_and_inner_ones_have_their_own() -> None:
    assert current() == ""
    with following() as outer:
        with following("given") as inner:
            assert current() == inner == "given"
        assert current() == outer != ""
    assert current() == ""


def test_a_message_keeps_what_caused_it(units: Units) -> None:
    person = make.person(units)
    with following() as trace, units.work(SYSTEM) as work:
        notify(work, to_person(person.id), Kind.OFFER, uuid4())
    with units.read(SYSTEM) as reading:
        assert reading.session.scalars(select(Notification.trace)).all() == [trace]


def test_a_line_of_json_tells_all_and_can_be_read_back() -> None:
    record = logging.LogRecord("tasks.delivery", logging.WARNING, __file__, 1, "no e-mail for %s", ("x",), None)
    with following("a1b2"):
        mark(record)
    line = JsonLines().format(record)
    told = json.loads(line)
    assert (told["level"], told["logger"], told["trace"]) == ("WARNING", "tasks.delivery", "a1b2")
    assert told["message"] == "no e-mail for x"
    event = worth_reading(line)
    assert event is not None
    assert (event.level, event.text) == ("WARNING", "no e-mail for x")


def test_lines_of_others_are_no_events() -> None:
    assert worth_reading('{"some": "json"}') is None
    assert worth_reading("Listening on port 1") is None
    event = worth_reading("2030-03-01 12:00:00.000 INFO [-] app.commands.worker: ready for work")
    assert event is not None
    assert event.text == "ready for work"
    assert worth_reading("2030-03-01 12:00:00.000 INFO [a1b2] deeds: profile took 3 ms") is None
