"""What the service speaks to: Redis and its workers, Slack, the mail server, itself; and the model."""

from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import urlopen

import redis
from celery import Celery
from redis.exceptions import RedisError

from app.doctor.finding import Finding, failed, look, ok
from bot.context import Bot
from bot.gateway import Failure
from bot.manifest import SCOPES
from core.config import Settings
from core.notifications import ChannelName
from core.queue import Job, producer
from embeddings.encoder import ModelError, load
from mail.failures import Failure as MailFailure
from mail.smtp import Postman
from tasks.places import channel_id

SECONDS = 5.0
QUEUES = frozenset(job.queue for job in Job)


def broker(settings: Settings) -> Iterator[Finding]:
    """Redis, and whether every queue has a worker."""
    client = redis.Redis.from_url(settings.redis_url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
    try:
        version = client.info("server")["redis_version"]
    except (RedisError, ValueError) as error:
        yield failed("broker", f"not reached: {error}", "Check REDIS_URL. Without it everything takes up to a minute.")
        return
    finally:
        client.close()
    yield ok("broker", f"Redis {version}")
    heard = _heard(producer(settings.redis_url))
    if missing := sorted(QUEUES - heard):
        names = ",".join(missing)
        yield failed(
            "workers", f"none for {names}", f"Run `./ithaca worker --queues {names}`; a new one takes some seconds."
        )
    else:
        yield ok("workers", "one or more for each queue")


def _heard(app: Celery) -> set[str]:
    """The queues that some worker takes from."""
    answers = app.control.inspect(timeout=1.0).active_queues() or {}
    return {str(queue["name"]) for queues in answers.values() for queue in queues}


def slack(bot: Bot) -> Iterator[Finding]:
    """The token, its scopes, and the two channels."""
    try:
        answer = bot.slack.client.api_call("auth.test")
        name = bot.identity.user_id
    except Exception as error:  # noqa: BLE001 - whatever it is, the reader is told
        yield failed("Slack", f"refuses us: {_reason(error)}", "Check SLACK_BOT_TOKEN: install the app anew.")
        return
    yield ok("Slack", f"knows us as {name} in {answer.get('team') or bot.identity.team_id}")
    granted = {scope.strip() for scope in str(answer.headers.get("x-oauth-scopes") or "").split(",")} - {""}
    if missing := sorted(set(SCOPES) - granted):
        if granted:
            yield failed("scopes", f"missing: {', '.join(missing)}", "Install the app anew from its manifest.")
        else:
            yield look("scopes", "Slack does not say which we have", "A real workspace does; a sandbox may not.")
    else:
        yield ok("scopes", f"all {len(SCOPES)}")
    names = {ChannelName.QUESTIONS: bot.settings.question_channel, ChannelName.ADMINS: bot.settings.admin_channel}
    for channel, shown in names.items():
        try:
            channel_id(bot, channel)
        except Failure as failure:
            yield failed("channel", f"#{shown}: {failure.code}", "Make it; if it is private, invite the app.")
        else:
            yield ok("channel", f"#{shown}")


def _reason(error: Exception) -> str:
    return error.code if isinstance(error, Failure) else str(getattr(error, "response", {}).get("error") or error)


def mail(settings: Settings) -> Iterator[Finding]:
    """The mail server: greeted, and nothing sent."""
    if settings.mail_server is None:
        yield look("mail", "SMTP_URL is not set", "Without it, people without Slack cannot be reached.")
        return
    try:
        Postman(settings).greet()
    except MailFailure as failure:
        yield failed("mail", f"{settings.mail_server.host}: {failure.code}", "Check SMTP_URL, user and password.")
    else:
        yield ok("mail", f"{settings.mail_server.host} lets us in, letters come from {settings.mail_from}")


def web(settings: Settings) -> Iterator[Finding]:
    """The address that people and Slack reach us at."""
    address = f"{settings.public_url.rstrip('/')}/healthz"
    try:
        with urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - the configuration allows http(s) alone
            status = answer.status
    except (URLError, OSError, ValueError) as error:
        says = f"{address}: {getattr(error, 'reason', error)}"
        yield failed("web", says, "Run `./ithaca web`, and let ITHACA_PUBLIC_URL lead to it from outside.")
    else:
        yield ok("web", f"{address} answers {status}")


def model(settings: Settings) -> Iterator[Finding]:
    """The model that encodes texts: there, whole, and at work."""
    try:
        encoder = load(settings.model)
        encoder.encode(["Is anybody there?"])
    except ModelError as error:
        yield failed("model", str(error), "See ITHACA_MODEL in docs/configuration.md.")
    else:
        yield ok("model", f"{encoder.name}, {encoder.dim} numbers for a text")
