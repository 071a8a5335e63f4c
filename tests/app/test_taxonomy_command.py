"""`./ithaca taxonomy` as staff use it."""

from pathlib import Path

import pytest

from app import taxonomy_file
from app.cli import main
from app.errors import CommandError
from core.config import Settings
from core.taxonomy import OwnTerm, TagKind


@pytest.fixture
def staff(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_SIGNING_SECRET": "test-signing-secret",
        "ITHACA_SECRET_KEY": "a secret key that only tests use",
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "terms.csv"


@pytest.mark.usefixtures("staff", "units")
def test_terms_are_added_listed_and_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["taxonomy", "add", "Rust", "--kind", "skill", "--synonym", "Rost"]) == 0
    assert main(["taxonomy", "list"]) == 0
    said = capsys.readouterr().out
    assert "version 1 of the taxonomy, with 1 term of your own" in said
    assert "skill     Rust: Rost" in said
    assert main(["taxonomy", "list", "--all", "--kind", "skill"]) == 0
    assert "skill     Rust: Rust lang; Rust programming; Rost" in capsys.readouterr().out
    assert main(["taxonomy", "remove", "rust", "--kind", "skill"]) == 0
    assert main(["taxonomy", "remove", "rust", "--kind", "skill"]) == 1
    assert "rust is no skill that was added here" in capsys.readouterr().err


@pytest.mark.usefixtures("staff", "units")
def test_a_term_that_means_something_else_is_refused_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["taxonomy", "add", "Golang", "--kind", "skill"]) == 1
    assert capsys.readouterr().err == "“Golang” means Go already.\n"


@pytest.mark.usefixtures("staff", "units")
def test_a_file_is_taken_in_whole_or_not_at_all(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("kind,label,synonyms\nskill,Weaving,Weben; Tissage\n\nskill,Golang,\n", "utf-8")
    assert main(["taxonomy", "import", str(file)]) == 1
    assert "line 4: “Golang” means Go already." in capsys.readouterr().err
    file.write_text("\ufeffkind,label,synonyms\nSkill,Weaving,Weben; Tissage\nindustry,Textiles craft,\n", "utf-8")
    assert main(["taxonomy", "import", str(file)]) == 0
    assert main(["taxonomy", "list"]) == 0
    assert "skill     Weaving: Weben; Tissage\nindustry  Textiles craft\n" in capsys.readouterr().out


def test_a_file_is_read_line_by_line(file: Path) -> None:
    file.write_text('label,kind,synonyms\n"Weaving, by hand",skill,"Weben;;  Tissage ;"\n', "utf-8")
    assert taxonomy_file.read(file) == {2: OwnTerm(TagKind.SKILL, "Weaving, by hand", ("Weben", "Tissage"))}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kind,label\n", "no column 'synonyms'"),
        ("", "no column 'kind'"),
        ("kind,label,synonyms\ncolour,Red,\n,Blue,\n", "line 2: 'colour' is no kind"),
        ('kind,label,synonyms\nskill,"Weaving\n', "unexpected end of data"),
    ],
)
def test_what_cannot_be_read_is_told(file: Path, text: str, problem: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(CommandError, match=problem):
        taxonomy_file.read(file)


def test_a_file_that_is_not_there_is_told(file: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        taxonomy_file.read(file)
