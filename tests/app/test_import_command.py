"""`./ithaca import` as staff use it."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.cli import main
from core.config import Settings
from core.models import User
from core.uow import SYSTEM, Units
from tests.support.import_files import file_of, row


@pytest.fixture
def file(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    environ = {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_SIGNING_SECRET": "test-signing-secret",
        "ITHACA_SECRET_KEY": "a secret key that only tests use",
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    made = tmp_path / "people.csv"
    made.write_bytes(file_of([row(1), row(2, email="nonsense")]))
    return made


def people(units: Units) -> int:
    with units.read(SYSTEM) as reading:
        return reading.session.scalars(select(func.count()).select_from(User)).one()


def test_faulty_rows_block_the_file_until_they_are_left_out(
    file: Path, units: Units, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(file)]) == 1
    said = capsys.readouterr().out
    assert "row 3, email: Please give an address" in said
    assert "1 new, 0 updated, 0 unchanged, 1 faulty\n" in said
    assert main(["import", str(file), "--leave-out-faulty", "--dry-run"]) == 0
    assert people(units) == 0
    assert main(["import", str(file), "--leave-out-faulty"]) == 0
    assert "Imported one person." in capsys.readouterr().out
    assert people(units) == 1


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(tmp_path / "missing.csv")]) == 1
    assert "missing.csv: No such file" in capsys.readouterr().err
    file.write_bytes(b"")
    assert main(["import", str(file)]) == 1
    assert "The first row is empty" in capsys.readouterr().err
