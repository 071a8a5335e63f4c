"""A tick: what falls due at a moment of one's choice, for real and rehearsed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Engine, text

from app.commands.tick import told
from bot.gateway import Gateway
from core.clock import AheadClock, stopped_at
from core.config import Settings
from core.models import Base
from core.uow import Units
from matching.service import Matcher
from tasks.tick.report import Report
from tasks.tick.running import rehearse, tick
from tasks.tick.ticking import Moment, moments
from tests.conftest import NOON
from tests.support import factories as make
from tests.support.encoder import HashEncoder
from tests.support.slack import ScriptedSlack

HOUR = timedelta(hours=1)


class Scene:
    """A student whose three mentors have been asked and told, and four more who have room."""

    def __init__(self, settings: Settings, units: Units) -> None:
        self.settings, self.units, self.slack = settings, units, ScriptedSlack()
        self.student = make.student(units, "Bo Student")
        self.asked = [make.mentor(units, f"Asked {n}") for n in range(3)]
        self.others = [make.mentor(units, f"Other {n}") for n in range(4)]
        self.request_id = make.request(units, self.student)
        make.wave(units, self.request_id, *self.asked)
        self.go(NOON)

    def go(self, *at: datetime) -> list[Moment]:
        gateway = cast("Gateway", self.slack)
        return list(tick(self.settings, self.units, at, lambda units: Matcher(units, HashEncoder()), gateway))

    def rehearse(self, *at: datetime) -> list[Moment]:
        return rehearse(self.settings, self.units, at, HashEncoder, cast("Gateway", self.slack))

    def lines(self, done: list[Moment]) -> list[str]:
        return [line for moment in done for line in Report(self.units).lines(moment)]


@pytest.fixture
def scene(settings: Settings, units: Units) -> Scene:
    return Scene(settings, units)


def everything(owner: Engine) -> dict[str, list[str]]:
    """Every row of every table, versions and all."""
    with owner.connect() as link:
        return {
            table: list(link.scalars(text(f"SELECT xmin::text || t::text FROM {table} t ORDER BY id")))
            for table in Base.metadata.tables
        }


def test_at_72_hours_the_next_three_are_asked_and_told(scene: Scene) -> None:
    before = len(scene.slack.posted())
    (done,) = scene.go(NOON + 73 * HOUR)
    lines = scene.lines([done])
    assert lines[0] == "Mon 04 Mar 2030, 13:00 UTC"
    sent = next(line for line in lines if line.strip().startswith("sent by slack: offer"))
    assert sent.count("Other") == 3
    assert "Asked" not in sent
    assert any("match batches: open → failed" in line and "Bo Student" in line for line in lines)
    assert any("match offers: open → expired" in line and "Asked 0" in line for line in lines)
    assert len(scene.slack.posted()) == before + 3
    assert not done.failures


def test_a_rehearsal_says_the_same_and_changes_nothing(scene: Scene, owner: Engine) -> None:
    calls, rows = list(scene.slack.calls), everything(owner)
    rehearsed = scene.lines(scene.rehearse(NOON + 73 * HOUR))
    assert everything(owner) == rows
    assert scene.slack.calls == calls
    told = [line for line in scene.lines(scene.go(NOON + 73 * HOUR)) if "profiles encoded" not in line]
    assert [line for line in rehearsed if "sent" in line] == [line for line in told if "sent" in line]
    assert {line.split("  ")[1] for line in rehearsed[1:]} == {line.split("  ")[1] for line in told[1:]}


def test_where_nothing_falls_due_nothing_is_said(scene: Scene) -> None:
    assert scene.lines(scene.go(NOON + HOUR)) == []
    assert scene.lines(scene.rehearse(NOON + HOUR)) == []


def test_a_walk_goes_through_the_moments_in_order(scene: Scene) -> None:
    walk = list(moments(NOON, NOON + timedelta(days=13), 48 * HOUR))
    assert walk[0] == NOON
    assert walk[-1] == NOON + timedelta(days=13)
    said = [line for line in scene.lines(scene.go(*walk)) if line.endswith("UTC")]
    assert said[0] == "Sun 03 Mar 2030, 12:00 UTC"  # the reminder after 48 hours
    assert said == sorted(said, key=lambda line: datetime.strptime(line, "%a %d %b %Y, %H:%M UTC").astimezone(UTC))


def test_a_rehearsed_walk_sees_what_it_did_before(scene: Scene, owner: Engine) -> None:
    rows = everything(owner)
    walk = list(moments(NOON, NOON + timedelta(days=13), 48 * HOUR))
    rehearsed = scene.lines(scene.rehearse(*walk))
    assert everything(owner) == rows
    real = [line for line in scene.lines(scene.go(*walk)) if "profiles encoded" not in line]
    assert [line for line in rehearsed if line.endswith("UTC")] == [line for line in real if line.endswith("UTC")]


def test_what_fails_is_told_and_keeps_nothing_else_from_happening(scene: Scene) -> None:
    def broken(_: Units) -> Matcher:
        raise RuntimeError("no model here")

    (done,) = tick(scene.settings, scene.units, [NOON + 73 * HOUR], broken, cast("Gateway", scene.slack))
    lines = scene.lines([done])
    assert any("FAILED" in line and "no model here" in line for line in lines)
    assert any("open → expired" in line for line in lines)


def test_a_row_that_somebody_holds_is_left_out_of_a_rehearsal(scene: Scene, owner: Engine) -> None:
    with owner.connect() as other:
        other.execute(text("SELECT id FROM mentorship_requests FOR UPDATE"))
        (done,) = scene.rehearse(NOON + 73 * HOUR)
    assert done.failures
    assert "lock timeout" in "\n".join(scene.lines([done]))


def test_the_clock_of_a_stack_is_moved_along(scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.clock.system_clock", stopped_at(NOON))
    clock = AheadClock(tmp_path / "ahead")
    walk = [NOON + HOUR, NOON + 2 * HOUR]
    steps = tick(scene.settings, scene.units, walk, _none, cast("Gateway", scene.slack), clock)
    seen = [(moment.at, AheadClock(tmp_path / "ahead")()) for moment in steps]
    assert seen == [(at, at) for at in walk]


def test_the_end_says_whether_anything_failed(scene: Scene, capsys: pytest.CaptureFixture[str], units: Units) -> None:
    assert told(Report(units), scene.go(NOON + HOUR)) == 0
    assert capsys.readouterr().out == "Nothing falls due.\n"
    failing = tick(scene.settings, units, [NOON + 73 * HOUR], _none, cast("Gateway", scene.slack))
    assert told(Report(units), failing) == 1
    assert "FAILED" in capsys.readouterr().out


def _none(_: Units) -> Matcher:
    raise RuntimeError("no search was expected")
