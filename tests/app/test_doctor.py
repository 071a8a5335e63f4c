"""The doctor names what is wrong, and what to do about it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.doctor import database, others
from app.doctor.finding import Finding, Verdict
from bot.context import Bot
from bot.gateway import Gateway
from bot.manifest import manifest
from core.config import Settings
from core.uow import Units
from tests.support import factories as make
from tests.support.sandboxes import served, settings_for
from tests.support.servers import free_port, redis


def verdicts(found: Iterator[Finding]) -> dict[str, Verdict]:
    return {one.what: one.verdict for one in found}


def only(found: Iterator[Finding]) -> Finding:
    (one,) = found
    assert one.verdict is Verdict.OK or one.do
    return one


def test_a_migrated_database_is_well(settings: Settings) -> None:
    assert verdicts(database.database(settings)) == {"database": Verdict.OK, "row security": Verdict.OK}


def test_a_database_that_is_not_there_is_named_without_its_password(settings: Settings) -> None:
    gone = settings.model_copy(update={"database_app_url": f"postgresql://me:secret@127.0.0.1:{free_port()}/x"})
    found = only(database.database(gone))
    assert found.verdict is Verdict.FAILED
    assert "secret" not in found.says


def test_an_old_revision_says_migrate(settings: Settings, owner: Engine) -> None:
    with owner.begin() as connection:
        before = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("GRANT SELECT ON alembic_version TO ithaca_app"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        found = next(database.database(settings))
    finally:
        with owner.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": before})
    assert found.verdict is Verdict.FAILED
    assert "migrate up" in found.do


def test_broken_data_is_named_by_its_id(units: Units, owner: Engine) -> None:
    make.mentor(units)
    assert verdicts(database.data(units)) == {"data": Verdict.OK}
    with owner.begin() as connection:
        profile_id = connection.execute(
            text("UPDATE mentorship_profiles SET current_mentees = 1 RETURNING id")
        ).scalar_one()
    found = next(database.data(units))
    assert found.verdict is Verdict.FAILED
    assert str(profile_id) in found.do


def test_a_broker_without_workers(settings: Settings) -> None:
    with redis() as url:
        found = list(others.broker(settings.model_copy(update={"redis_url": url})))
    assert [one.verdict for one in found] == [Verdict.OK, Verdict.FAILED]
    assert "worker --queues default,delivery,matching" in found[1].do
    assert only(others.broker(settings)).verdict is Verdict.FAILED


def test_slack_its_scopes_and_channels(settings: Settings, units: Units, tmp_path: Path) -> None:
    with served(settings_for(tmp_path, "http://127.0.0.1:1/", manifest(settings))) as sandbox:
        there = settings.model_copy(update={"slack_api_url": f"{sandbox.url}/api/", "question_channel": "gone"})
        found = list(others.slack(Bot(there, units, Gateway(there))))
    assert [(one.what, one.verdict) for one in found] == [
        ("Slack", Verdict.OK),
        ("scopes", Verdict.OK),
        ("channel", Verdict.FAILED),
        ("channel", Verdict.OK),
    ]
    assert only(others.slack(Bot(there, units, Gateway(there)))).verdict is Verdict.FAILED


@pytest.mark.parametrize(
    ("url", "verdict"), [("", Verdict.LOOK), ("smtp://127.0.0.1:{port}?tls=never", Verdict.FAILED)]
)
def test_mail_that_is_not_set_up_or_not_there(settings: Settings, url: str, verdict: Verdict) -> None:
    changed = Settings.model_validate({**settings.model_dump(by_alias=True), "SMTP_URL": url.format(port=free_port())})
    assert only(others.mail(changed)).verdict is verdict


def test_an_address_where_nobody_listens(settings: Settings) -> None:
    away = settings.model_copy(update={"public_url": f"http://127.0.0.1:{free_port()}"})
    assert only(others.web(away)).verdict is Verdict.FAILED


def test_a_model_that_is_not_there(settings: Settings, tmp_path: Path) -> None:
    assert only(others.model(settings.model_copy(update={"model": str(tmp_path)}))).verdict is Verdict.FAILED
