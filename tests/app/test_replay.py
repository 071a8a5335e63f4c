"""`./ithaca replay` as staff read it."""

from argparse import Namespace
from uuid import UUID

import pytest
from sqlalchemy import select, update

from app.commands import replay
from app.errors import CommandError
from core.config import Settings
from core.models import Batch
from core.services.waves import open_wave
from core.uow import SYSTEM, Units
from matching.service import Matcher
from tests.support import factories
from tests.support.encoder import HashEncoder


@pytest.fixture
def environ(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setattr(replay, "load", lambda _: HashEncoder())
    return {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_SIGNING_SECRET": "test-signing-secret",
        "ITHACA_SECRET_KEY": "a secret key that only tests use",
    }


@pytest.fixture
def batch_id(units: Units) -> UUID:
    factories.mentor(units, "Kim Alder")
    request = factories.request(units, factories.student(units))
    found = Matcher(units, HashEncoder()).find(request)
    with units.work(SYSTEM) as work:
        assert open_wave(work, request, found.proposals, found.provenance)
        return work.session.scalars(select(Batch.id)).one()


def test_a_wave_of_a_moment_ago_is_the_same(
    environ: dict[str, str], batch_id: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay.run(Namespace(batch=str(batch_id)), environ) == 0
    *_, mentor, verdict = capsys.readouterr().out.splitlines()
    assert "Kim Alder" in mentor
    assert verdict == "same"


def test_a_difference_is_told_part_by_part(
    environ: dict[str, str], batch_id: UUID, units: Units, capsys: pytest.CaptureFixture[str]
) -> None:
    with units.work(SYSTEM) as work:
        inputs = work.session.scalars(select(Batch.inputs)).one()
        inputs = inputs | {"mentors": [inputs["mentors"][0] | {"skills": ["Sewing"]}]}
        work.session.execute(update(Batch).values(inputs=inputs))
    assert replay.run(Namespace(batch=str(batch_id)), environ) == 1
    *_, mentor, part, verdict = capsys.readouterr().out.splitlines()
    assert mentor.endswith("different")
    assert part.strip().startswith("technical skills: stored 15.00 of 15.00 ('Machine learning, Python'")
    assert verdict == "different"


@pytest.mark.parametrize(
    ("given", "sentence"), [("the-last-one", "no id of a batch"), (str(UUID(int=1)), "There is no batch")]
)
def test_an_unknown_batch_is_told_in_a_sentence(environ: dict[str, str], given: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        replay.run(Namespace(batch=given), environ)


def test_an_erased_batch_is_told_in_a_sentence(environ: dict[str, str], batch_id: UUID, units: Units) -> None:
    with units.work(SYSTEM) as work:
        work.session.execute(update(Batch).values(inputs={}))
    with pytest.raises(CommandError, match="has been erased"):
        replay.run(Namespace(batch=str(batch_id)), environ)


def test_a_model_that_is_not_here_is_named(environ: dict[str, str], batch_id: UUID, units: Units) -> None:
    with units.work(SYSTEM) as work:
        work.session.execute(update(Batch).values(model="another@1234"))
    with pytest.raises(CommandError, match="another@1234: set ITHACA_MODEL"):
        replay.run(Namespace(batch=str(batch_id)), environ)
