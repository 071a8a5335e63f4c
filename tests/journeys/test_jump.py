"""A jump of three days on the whole stack: what falls due on the way happens at its own hour, for every process."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.people import Person
from tests.support.sandbox_client import Json, SandboxClient
from tests.support.stacks import running

pytestmark = [pytest.mark.journey, pytest.mark.timeout(400)]

BUSY = 180.0  # seconds, for a machine that does much else
THREE_DAYS = 3 * 86400
EXPECTED = {  # hours after the request; reminders wait for the mentor's day
    "match offers: reminded at": range(48, 49),
    "sent by slack: offer reminder": range(48, 72),
    "match offers: open → expired": range(72, 73),
}


def test_mentors_who_say_nothing_are_reminded_and_then_others_are_asked(tmp_path: Path) -> None:
    with running(tmp_path / "data") as stack, SandboxClient(stack.sandbox_url) as sandbox:
        student = ask(sandbox)
        before = sandbox.get("clock")["now"]
        clock = jump(sandbox, THREE_DAYS)
        assert clock["jump"]["code"] == 0, clock
        found = happened(clock)
        for what, hours in EXPECTED.items():
            if what in found:  # else the stack's own sweep, which sees the same time, came first
                assert hours_after(before, found[what]) in hours
        sandbox.wait(lambda: edited(student) >= before + THREE_DAYS, "the next three to be asked", BUSY)
        assert sandbox.get("clock")["now"] >= before + THREE_DAYS


def edited(student: Person) -> float:
    """When the student's status was last drawn again."""
    return float(student.wait_for("Three mentors").raw.get("edited", {}).get("ts", 0))


def ask(sandbox: SandboxClient) -> Person:
    """A sample student asks for a mentor, and three are asked."""
    users = sandbox.get("boot")["users"]
    user = next(one for one in users if one["profile"]["title"].startswith("Student"))
    student = Person(sandbox, user)
    student.command("/mentor", "request")
    form = student.wait_modal("Request a mentor")
    assert form.fill({"What do you want from a mentor?": "A plan for the next two years."}).submit() == {}
    student.wait_for("Three mentors", timeout=BUSY)
    return student


def jump(sandbox: SandboxClient, seconds: float) -> Json:
    """Jump, and wait for the end. Returns the clock."""
    sandbox.post("jump", seconds=seconds)

    def over() -> Json | None:
        clock = sandbox.get("clock")
        return None if clock["jump"]["code"] is None else clock

    return sandbox.wait(over, "the end of the jump", BUSY, lambda: sandbox.get("clock"))


def happened(clock: Json) -> dict[str, datetime]:
    """When each thing happened for the first time, by what the walk said."""
    found: dict[str, datetime] = {}
    at = datetime.fromtimestamp(0, UTC)
    for line in clock["jump"]["said"]:
        if line.startswith(" "):
            found.setdefault(line[2:].partition("  ")[0], at)
        else:
            at = datetime.strptime(line, "%a %d %b %Y, %H:%M UTC").replace(tzinfo=UTC)
    return found


def hours_after(start: float, at: datetime) -> int:
    """How many hours lie between, to the nearest whole one."""
    return round((at - datetime.fromtimestamp(start, UTC)) / timedelta(hours=1))
