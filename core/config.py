"""Configuration: read once from the environment; a wrong or missing value stops the start with a sentence."""

import hashlib
import hmac
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import quote, urlsplit, urlunsplit

from pydantic import (
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from core.mailbox import Mailbox
from core.mailserver import MailServer

APP_ROLE = "ithaca_app"
OURS = "ITHACA_"
LOG_FORMAT = "ITHACA_LOG_FORMAT"
LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")


class ConfigurationError(Exception):
    """The environment does not describe a service that could run; the message says what to change."""


class Settings(BaseModel):
    """All the service may be told from outside. Field aliases are the names of the environment variables."""

    model_config = ConfigDict(frozen=True)

    database_url: str = Field(alias="DATABASE_URL")
    database_app_url: str = Field("", alias="DATABASE_APP_URL")
    redis_url: str = Field(alias="REDIS_URL")
    slack_bot_token: SecretStr = Field(alias="SLACK_BOT_TOKEN")
    slack_signing_secret: SecretStr = Field(alias="SLACK_SIGNING_SECRET")
    slack_app_token: SecretStr = Field(SecretStr(""), alias="SLACK_APP_TOKEN")
    slack_api_url: str = Field("https://slack.com/api/", alias="SLACK_API_URL")
    slack_client_id: str = Field("", alias="SLACK_CLIENT_ID")
    slack_client_secret: SecretStr = Field(SecretStr(""), alias="SLACK_CLIENT_SECRET")
    smtp_url: SecretStr = Field(SecretStr(""), alias="SMTP_URL")
    public_url: str = Field("http://127.0.0.1:8000", alias="ITHACA_PUBLIC_URL")
    secret_key: SecretStr = Field(alias="ITHACA_SECRET_KEY", min_length=16)
    question_channel: str = Field("quick-questions", alias="ITHACA_QUESTION_CHANNEL")
    admin_channel: str = Field("mentorship-admins", alias="ITHACA_ADMIN_CHANNEL")
    admins: frozenset[str] = Field(frozenset(), alias="ITHACA_ADMINS")
    mail_from: str = Field("Ithaca <ithaca@localhost>", alias="ITHACA_MAIL_FROM")
    mail_reply_to: str = Field("", alias="ITHACA_MAIL_REPLY_TO")
    data: Path = Field(Path(".ithaca"), alias="ITHACA_DATA")
    model: str = Field("all-MiniLM-L6-v2", alias="ITHACA_MODEL")
    model_before: str = Field("", alias="ITHACA_MODEL_BEFORE")
    clock_file: Path | None = Field(None, alias="ITHACA_CLOCK_FILE")
    log_format: Literal["text", "json"] = Field("text", alias="ITHACA_LOG_FORMAT")

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return frozenset(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("database_url", "database_app_url")
    @classmethod
    def _postgres(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("postgresql", "postgres"):
            raise ValueError("must begin with postgresql://")
        return value

    @field_validator("slack_api_url", "public_url")
    @classmethod
    def _http(cls, value: str) -> str:
        TypeAdapter(AnyHttpUrl).validate_python(value)
        return value

    @field_validator("smtp_url")
    @classmethod
    def _smtp(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value():
            MailServer.parse(value.get_secret_value())
        return value

    @field_validator("mail_from", "mail_reply_to")
    @classmethod
    def _mailbox(cls, value: str) -> str:
        if value:
            Mailbox.parse(value)
        return value

    @model_validator(mode="after")
    def _only_a_sandbox_has_another_time(self) -> Self:
        if self.clock_file and urlsplit(self.slack_api_url).hostname not in LOCAL_NAMES:
            raise ValueError(
                "ITHACA_CLOCK_FILE sets the clock ahead, which is for the sandbox alone: remove it, "
                "or let SLACK_API_URL name a sandbox on this machine"
            )
        return self

    @property
    def by_https(self) -> bool:
        """Whether people reach us encrypted."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def mail_server(self) -> MailServer | None:
        """Where letters are handed over; None: e-mail is not set up."""
        url = self.smtp_url.get_secret_value()
        return MailServer.parse(url) if url else None

    @property
    def app_password(self) -> str:
        """The password of the service's own database role: derived, so that nobody has to keep it."""
        key = self.secret_key.get_secret_value().encode()
        return hmac.new(key, b"database role " + APP_ROLE.encode(), hashlib.sha256).hexdigest()

    @property
    def service_database_url(self) -> str:
        """The connection of the service's own role, which cannot bypass row security."""
        if self.database_app_url:
            return self.database_app_url
        place = urlsplit(self.database_url)
        host = place.netloc.rpartition("@")[2]
        return urlunsplit(place._replace(netloc=f"{APP_ROLE}:{quote(self.app_password, safe='')}@{host}"))


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment. Raises `ConfigurationError` with all that is wrong at once."""
    environ = os.environ if environ is None else environ
    known = {str(field.alias) for field in Settings.model_fields.values()}
    unknown = sorted(name for name in environ if name.startswith(OURS) and name not in known)
    problems = [f"{name} is not a setting of Ithaca: remove it, or mend its spelling" for name in unknown]
    given = {name: environ[name] for name in known if environ.get(name)}
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        problems += [_sentence(problem["loc"], problem["msg"], problem["type"]) for problem in error.errors()]
        raise ConfigurationError("\n".join(problems)) from None
    if problems:
        raise ConfigurationError("\n".join(problems))
    return settings


def _sentence(place: tuple[int | str, ...], message: str, kind: str) -> str:
    if not place:
        return message.removeprefix("Value error, ")
    name = str(place[0])
    if kind == "missing":
        return f"{name} is missing: set it, or run `./ithaca up`, which brings its own"
    return f"{name} is wrong: {message.removeprefix('Value error, ')}"


def sqlalchemy_url(url: str) -> str:
    """The same address with the driver we use named."""
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url
