"""The Bolt app: every command, click, form, suggestion and event goes through one of the functions here.

Each takes Slack's dict apart, acknowledges, finds the person, calls the handler named in `bot.routes`, and turns a
refusal into a sentence. Handlers therefore hold neither rules nor error handling.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import partial
from typing import Any, ParamSpec, TypeVar

from slack_bolt import Ack, App

from bot import payloads, routes
from bot.blocks import Message
from bot.context import Bot
from bot.errors import TRY_AGAIN, UNREADABLE, apology, sentence
from bot.forms import field_errors
from bot.gateway import Failure
from bot.handlers.home import publish_home
from bot.handlers.suggestions import suggestions
from bot.payloads import BadPayload
from bot.views.notices import notice, notice_modal, open_again, type_again
from core.rules.errors import DomainError, InvalidFields
from core.trace import deeds

log = logging.getLogger(__name__)
TRIGGER_ERRORS = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
Body = dict[str, Any]
P = ParamSpec("P")
T = TypeVar("T")


def make_app(bot: Bot, first_time: Callable[[str], bool]) -> App:
    """Wire everything Slack can send. `first_time` says of an event's id whether it is new.

    The caller verifies signatures over the raw body before Bolt parses anything, acknowledges what `payloads` says
    wants no answer, and dispatches from a thread of its own, in which all the work is done.
    """
    logging.getLogger("slack_bolt.App").addFilter(_about_something_else)
    app = App(
        name="ithaca",
        client=bot.slack.client,
        token_verification_enabled=False,  # /readyz says whether Slack knows us
        request_verification_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        listener_executor=_Here(),
    )
    for name, on_typed in routes.COMMANDS.items():
        app.command(name)(partial(_on_command, bot, on_typed))
    app.action(_one_of(routes.CLICKS))(partial(_on_click, bot))
    app.view(_one_of(routes.SUBMISSIONS))(partial(_on_submission, bot))
    app.options(_one_of(routes.SUGGESTED))(partial(_on_suggestion, bot))
    app.action(_one_of(routes.SUGGESTED))(_on_nothing)
    app.event("app_home_opened")(partial(_on_home_opened, bot, first_time))
    for event in ("team_join", "user_change"):
        app.event(event)(partial(_on_person_changed, bot))
    return app


class _Here(Executor):
    """Runs listeners in the thread that dispatches. Bolt would hand them to threads of its own, and look a hundred
    times a second whether they have acknowledged.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Run it, now."""
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def _one_of(ids: Iterable[str]) -> re.Pattern[str]:
    """Each of these ids. Bolt asks its listeners one after another: a hundred of them would take longer than all else
    before an acknowledgement.
    """
    return re.compile(rf"\A(?:{'|'.join(map(re.escape, ids))})\Z")


def _about_something_else(record: logging.LogRecord) -> bool:
    """Bolt reads SLACK_BOT_TOKEN itself, and warns that it goes unused; our client has the same one."""
    return "`token` will be unused" not in record.getMessage()


def _on_command(bot: Bot, handle: routes.CommandHandler, ack: Ack, body: Body) -> None:
    command = payloads.command(body)
    ack()
    late = open_again(*again) if (again := routes.same_by_button(command)) else type_again()
    with _logged(command.name):
        _privately(partial(_tell, bot, command), lambda: handle(bot, bot.meet(command.account), command), late)


def _on_click(bot: Bot, ack: Ack, body: Body) -> None:
    click = payloads.click(body)
    ack()
    handle = routes.CLICKS[click.action_id]
    late = open_again(click.action_id, click.value)
    with _logged(click.action_id):
        _privately(partial(_tell, bot, click), lambda: handle(bot, bot.meet(click.account), click), late)


@contextmanager
def _logged(what: str) -> Iterator[None]:
    """Leave a line in the log of what was asked for and how long it took; of who and what they wrote, none."""
    begun = time.perf_counter()
    yield
    deeds.info("%s took %.0f ms", what, 1000 * (time.perf_counter() - begun))


def _privately(tell: Callable[[Message], None], act: Callable[[], None], late: Message) -> None:
    """Do it; whatever hinders it is told to this person alone. `late` is for a form that Slack opens no more."""
    try:
        act()
    except DomainError as error:
        tell(notice(sentence(error)))
    except BadPayload as error:
        tell(notice(_unreadable(error)))
    except Failure as failure:
        tell(late if failure.code in TRIGGER_ERRORS else notice(_noted()))
    except Exception:  # noqa: BLE001 - the edge: people get a sentence, the log gets the rest
        tell(notice(_noted()))


def _tell(bot: Bot, asked: payloads.Click | payloads.Command, message: Message) -> None:
    try:
        bot.tell(asked, message)
    except Failure as failure:  # three seconds are over, and there is no other way to them
        log.info("a notice was not shown: %s", failure.code)


def _on_submission(bot: Bot, ack: Ack, body: Body) -> None:
    """Work first, then acknowledge: while the form is open, nothing that was typed can be lost."""
    sent = payloads.submission(body)
    handle = routes.SUBMISSIONS[sent.callback_id]
    try:
        with _logged(sent.callback_id):
            shown = handle(bot, bot.meet(sent.account), sent)
    except InvalidFields as error:
        _mend(ack, sent, error)
    except DomainError as error:
        ack(response_action="update", view=notice_modal(sentence(error)))
    except BadPayload as error:
        _keep_open(ack, sent, _unreadable(error))
    except Exception:  # noqa: BLE001 - the edge: the form stays open with a sentence, the log gets the rest
        _noted()
        _keep_open(ack, sent, TRY_AGAIN)
    else:
        if shown:
            ack(response_action="update", view=shown)
        else:
            ack(response_action="clear") if sent.on_top else ack()  # what lies below shows how things stood before


def _mend(ack: Ack, sent: payloads.Submission, error: InvalidFields) -> None:
    """Say at each field what is wrong with it."""
    try:
        ack(response_action="errors", errors=field_errors(error.problems, sent.values))
    except BadPayload as strange:
        _keep_open(ack, sent, _unreadable(strange))


def _keep_open(ack: Ack, sent: payloads.Submission, told: str) -> None:
    """Leave the form open with a sentence at its first field; one without any is replaced by the sentence."""
    if first := next(iter(sent.values), ""):
        ack(response_action="errors", errors={first: told})
    else:
        ack(response_action="update", view=notice_modal(told))


def _unreadable(error: BadPayload) -> str:
    """Nothing of ours sends this: forged, or drawn by us before a change. No failure of ours, so no traceback."""
    log.warning("refused what cannot be read: %s", error)
    return UNREADABLE


def _noted() -> str:
    reference = secrets.token_hex(4)
    log.exception("failed, reference %s", reference)
    return apology(reference)


def _on_suggestion(bot: Bot, ack: Ack, body: Body) -> None:
    asked = payloads.suggestion(body)
    ack(options=suggestions(bot, asked))


def _on_nothing(ack: Ack) -> None:
    ack()


def _on_home_opened(bot: Bot, first_time: Callable[[str], bool], ack: Ack, body: Body) -> None:
    ack()
    account = payloads.home_opened(body)
    if account and first_time(payloads.event_id(body)):
        publish_home(bot, bot.meet(account).id)


def _on_person_changed(bot: Bot, ack: Ack, body: Body) -> None:
    """Somebody joined, left, came back or changed their name. Safe to hear twice."""
    ack()
    account, user = payloads.person_changed(body)
    bot.follow(account, user)
