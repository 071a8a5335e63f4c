"""What `./ithaca up` is going to run, decided from the environment before anything is started."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app import environment
from app.embedded import account, secrets
from app.embedded.postgres import Cluster
from app.embedded.redis import Broker
from app.errors import CommandError
from app.stack import ports
from core import config
from core.config import LOCAL_NAMES, ConfigurationError

SLACK = ("SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")
WEB_PORT, SANDBOX_PORT = 8000, 8001


@dataclass(frozen=True)
class Choices:
    """What was asked for on the command line."""

    seed: bool = True
    port: int | None = None
    sandbox_port: int = SANDBOX_PORT
    socket_mode: bool = False


@dataclass(frozen=True)
class Plan:
    """One stack. A server that is None is somebody else's; `mailboxes`: the sandbox takes mail too."""

    data: Path
    variables: Mapping[str, str]
    host: str
    port: int
    public_url: str
    cluster: Cluster | None
    broker: Broker | None
    sandbox_port: int | None
    socket_mode: bool
    mailboxes: bool
    seed: bool

    @property
    def sandbox_url(self) -> str:
        """Where the sandbox's page is found."""
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def web_url(self) -> str:
        """Where the web process answers on this machine."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def connections(self) -> dict[str, str]:
        """What other commands need to work on this stack."""
        given = ((name, self.variables.get(name)) for name in sorted(environment.NAMES))
        return {name: value for name, value in given if value}


def make(environ: Mapping[str, str], data: Path, choices: Choices) -> Plan:
    """Decide. Raises `ConfigurationError` if what is set does not make a service."""
    kept = secrets.load(data)
    given = without_own(environ, kept)
    real_slack = any(given.get(name) for name in SLACK)
    real_database = bool(given.get("DATABASE_URL"))
    if real_database and not given.get("ITHACA_SECRET_KEY"):
        raise ConfigurationError(
            "ITHACA_SECRET_KEY is missing: with your own DATABASE_URL, set a long random text, and keep it"
        )
    public_url = _public_url(given.get("ITHACA_PUBLIC_URL"), choices.port)
    cluster = None if real_database else _cluster(data, kept)
    broker = None if given.get("REDIS_URL") else _broker(data, kept)
    offered = {"ITHACA_SECRET_KEY": kept.secret_key, "ITHACA_PUBLIC_URL": public_url}
    if cluster:
        offered["DATABASE_URL"] = cluster.url
    if broker:
        offered["REDIS_URL"] = broker.url
    if not real_slack:
        offered |= {
            "SLACK_API_URL": f"http://127.0.0.1:{choices.sandbox_port}/api/",
            "SLACK_BOT_TOKEN": kept.slack_bot_token,
            "SLACK_SIGNING_SECRET": kept.slack_signing_secret,
            "ITHACA_CLOCK_FILE": str(data / "clock"),
        }
        if choices.socket_mode:
            offered["SLACK_APP_TOKEN"] = kept.slack_app_token
    mailboxes = not real_slack and not given.get("SMTP_URL")
    if mailboxes:
        port = ports.remembered(data, "mail")
        offered["SMTP_URL"] = f"smtp://ithaca:{kept.smtp_password}@127.0.0.1:{port}?tls=never"
    variables = environment.complete(given, offered)
    variables |= {"ITHACA_DATA": str(data), "ITHACA_PUBLIC_URL": public_url}
    settings = config.read(variables)
    variables["DATABASE_APP_URL"] = settings.service_database_url
    host, port = address(public_url)
    return Plan(
        data=data,
        variables=variables,
        host=host,
        port=choices.port or port,
        public_url=public_url,
        cluster=cluster,
        broker=broker,
        sandbox_port=None if real_slack else choices.sandbox_port,
        socket_mode=bool(settings.slack_app_token.get_secret_value()),
        mailboxes=mailboxes,
        seed=choices.seed and not real_slack,
    )


def without_own(environ: Mapping[str, str], kept: secrets.Secrets) -> dict[str, str]:
    """The environment without what `./ithaca env` exported of this same stack, told by its secrets.

    Otherwise a shell that was given the stack's connections could not start the stack again.
    """
    own = tuple(value for name, value in asdict(kept).items() if name != "secret_key")
    exported = {name for name, value in environ.items() if any(secret in value for secret in own)}
    groups = [group for group in environment.GROUPS if exported.intersection(group)]
    dropped = {name for group in groups for name in group}
    return {name: value for name, value in environ.items() if name not in dropped}


def _public_url(given: str | None, port: int | None) -> str:
    """As given, unless a port was asked for and the address is of this machine, which then has that port."""
    if given and not (port and urlsplit(given).hostname in LOCAL_NAMES):
        return given
    return f"http://127.0.0.1:{port or WEB_PORT}"


def address(public_url: str) -> tuple[str, int]:
    """Where the web process listens so that people reach it at this address.

    An encrypted address without a port is served by a proxy in front: then we listen on 8000, behind it.
    """
    place = urlsplit(public_url)
    host = "127.0.0.1" if place.hostname in LOCAL_NAMES else "0.0.0.0"  # noqa: S104 - it is meant to be reached
    return host, place.port or (WEB_PORT if place.scheme == "https" else 80)


def check_ports(plan: Plan) -> None:
    """Raise `CommandError` unless the ports that people know can be had."""
    ports.demand(plan.port, plan.host, "Ithaca", "--port")
    if plan.sandbox_port:
        ports.demand(plan.sandbox_port, ports.LOOPBACK, "The sandbox", "--sandbox-port")


def folder(environ: Mapping[str, str]) -> Path:
    """The data folder, made if it is missing, for its owner alone; PostgreSQL's account may pass through."""
    data = environment.data_folder(environ)
    try:
        data.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"The data folder {data} cannot be made: {error.strerror}.") from None
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        raise CommandError(f"The data folder {data} is somebody else's: choose another with ITHACA_DATA.")
    return data.resolve()


def _cluster(data: Path, kept: secrets.Secrets) -> Cluster:
    place, port = data / "postgres", ports.remembered(data, "postgres")
    return Cluster(place, port, kept.database_password, account.needed(place))


def _broker(data: Path, kept: secrets.Secrets) -> Broker:
    return Broker(data / "redis", ports.remembered(data, "redis"), kept.redis_password)
