"""Configuration: what is wrong stops the start, all of it at once, with a sentence."""

import pytest

from core.config import ConfigurationError, read

GOOD = {
    "DATABASE_URL": "postgresql://owner:secret@db.example.org:5433/ithaca?sslmode=require",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "s",
    "ITHACA_SECRET_KEY": "a long enough secret key",
}


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(ConfigurationError) as error:
        read(environ)
    return str(error.value)


def test_everything_missing_is_named_at_once() -> None:
    told = refusal({})
    assert all(f"{name} is missing" in told for name in GOOD)


def test_a_misspelt_setting_is_not_overlooked() -> None:
    assert "ITHACA_PUBLC_URL is not a setting" in refusal(GOOD | {"ITHACA_PUBLC_URL": "x"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://x"),
        ("ITHACA_PUBLIC_URL", "somewhere"),
        ("SLACK_API_URL", "slack.com"),
        ("ITHACA_SECRET_KEY", "short"),
        ("SMTP_URL", "mail.example.org"),
        ("ITHACA_MAIL_FROM", "Ithaca"),
        ("ITHACA_MAIL_REPLY_TO", "staff@example.org\r\nBcc: x@example.org"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    assert f"{name} is wrong" in refusal(GOOD | {name: value})


def test_a_wrong_smtp_url_is_named_without_its_password() -> None:
    assert "hidden" not in refusal(GOOD | {"SMTP_URL": "smtp://ithaca:hidden@mail.example.org/box"})


def test_without_an_smtp_url_there_is_no_mail_server() -> None:
    assert read(GOOD).mail_server is None
    server = read(GOOD | {"SMTP_URL": "smtps://mail.example.org"}).mail_server
    assert server
    assert (server.host, server.port) == ("mail.example.org", 465)


def test_the_services_own_connection_is_derived_with_all_but_the_role() -> None:
    url = read(GOOD).service_database_url
    assert url.startswith("postgresql://ithaca_app:")
    assert url.endswith("@db.example.org:5433/ithaca?sslmode=require")
    assert "secret" not in url
    assert read(GOOD | {"DATABASE_APP_URL": "postgresql://other@db/x"}).service_database_url.startswith(
        "postgresql://other"
    )


def test_admins_may_stand_with_commas_or_spaces() -> None:
    assert read(GOOD | {"ITHACA_ADMINS": "U1, ada@example.org  U2"}).admins == {"U1", "ada@example.org", "U2"}


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = read(GOOD)
    assert "xoxb-1" not in repr(settings)
    assert GOOD["ITHACA_SECRET_KEY"] not in repr(settings)


def test_a_clock_that_is_ahead_is_for_a_sandbox_on_this_machine_alone() -> None:
    ahead = GOOD | {"ITHACA_CLOCK_FILE": "/tmp/ahead"}
    assert refusal(ahead).startswith("ITHACA_CLOCK_FILE sets the clock ahead, which is for the sandbox alone")
    assert "for the sandbox alone" in refusal(ahead | {"SLACK_API_URL": "https://127.0.0.1.example.org/api/"})
    assert read(ahead | {"SLACK_API_URL": "http://127.0.0.1:8001/api/"}).clock_file


@pytest.mark.parametrize(
    ("url", "encrypted"),
    [("https://a.example", True), ("HTTPS://a.example", True), ("http://a.example/https://", False)],
)
def test_whether_people_come_encrypted_is_told_by_the_scheme_alone(url: str, encrypted: bool) -> None:
    assert read(GOOD | {"ITHACA_PUBLIC_URL": url}).by_https is encrypted
