"""What Slack sends, taken apart once: from its dicts to frozen values. No Slack dict goes further than this."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

Json = Mapping[str, Any]
MENTION = re.compile(r"(?:<@)?([UW][A-Z0-9]+)(?:\|[^>]*)?>?")

NAMED = re.compile(  # a mention, an address as Slack links it or as typed, or @ and a name up to the next of these
    r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|<mailto:[^|>]*\|([^>]+)>|([^\s<>@]+@[^\s<>@]+)"
    r"|@([^\s<>@]+(?:\s+(?![^\s<>@]+@)[^\s<>@]+)*)"
)


class BadPayload(Exception):
    """Slack, or somebody with its secret, sent something that is none of the shapes we know."""


@dataclass(frozen=True)
class Account:
    """A person in Slack: identity is team and user together."""

    team_id: str
    user_id: str


@dataclass(frozen=True)
class Command:
    """A slash command as typed."""

    account: Account
    name: str
    words: tuple[str, ...]
    trigger_id: str
    response_url: str

    @property
    def word(self) -> str:
        """The first word after the command, however its letters were typed: phones begin with a capital."""
        return self.words[0].lower() if self.words else ""

    @property
    def mentioned(self) -> Account | None:
        """The person named after the command's first word, picked from Slack's list or by id."""
        found = MENTION.fullmatch(self.words[1]) if len(self.words) > 1 else None
        return Account(self.account.team_id, found[1]) if found else None

    @property
    def people(self) -> tuple[Account | str, ...]:
        """Everybody named after the command's first word: by account, or as typed, by address or name."""
        found = NAMED.finditer(" ".join(self.words[1:]))
        return tuple(Account(self.account.team_id, one[1]) if one[1] else one[2] or one[3] or one[4] for one in found)


@dataclass(frozen=True)
class Click:
    """A pressed button, or a field that tells the app of its answer. In a modal or Home tab, `view_id` says which."""

    account: Account
    action_id: str
    value: str
    trigger_id: str
    response_url: str
    view_id: str
    view_hash: str
    in_modal: bool = False

    @property
    def subject_id(self) -> UUID:
        """The id that the button carries, before anything else."""
        return _uuid(self.value.partition(" ")[0])

    @property
    def version(self) -> str:
        """What the button says after the id: how things stood when it was drawn."""
        return self.value.partition(" ")[2]

    @property
    def second_id(self) -> UUID:
        """The other id that a button carries, of what is chosen for its subject."""
        return _uuid(self.version)


def chosen_id(asked: Click | Command) -> UUID | None:
    """The id that a button carries; a command names none, nor does the button that opens its form again."""
    return asked.subject_id if isinstance(asked, Click) and asked.value else None


@dataclass(frozen=True)
class Submission:
    """A sent form: its answers by block and action, and what the form carried along.

    `on_top` of another modal, from which it was opened.
    """

    account: Account
    callback_id: str
    metadata: str
    values: Json
    on_top: bool = False

    @property
    def subject_id(self) -> UUID:
        """The id that the form carries, before anything else."""
        return _uuid(self.metadata.partition(" ")[0])

    @property
    def second_id(self) -> UUID:
        """The other id that a form carries, of what is chosen for its subject."""
        return _uuid(self.metadata.partition(" ")[2])


@dataclass(frozen=True)
class Suggestion:
    """What a person has typed so far into a field with suggestions."""

    action_id: str
    typed: str


def command(body: Json) -> Command:
    """A slash command from its form fields."""
    return Command(
        account=Account(_text(body, "team_id"), _text(body, "user_id")),
        name=_text(body, "command"),
        words=tuple(str(body.get("text") or "").split()),
        trigger_id=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
    )


def click(body: Json) -> Click:
    """A `block_actions` payload; Slack sends one action at a time."""
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions or not isinstance(actions[0], dict):
        raise BadPayload("block_actions without an action")
    action, view = actions[0], _part(body, "view") if body.get("view") is not None else {}
    chosen = action.get("selected_option")
    value = chosen.get("value") if isinstance(chosen, dict) else action.get("value")
    return Click(
        account=_account(body),
        action_id=_text(action, "action_id"),
        value=str(value or ""),
        trigger_id=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
        view_id=str(view.get("id") or ""),
        view_hash=str(view.get("hash") or ""),
        in_modal=view.get("type") == "modal",
    )


def submission(body: Json) -> Submission:
    """A `view_submission` payload."""
    view = _part(body, "view")
    values = _part(_part(view, "state"), "values")
    return Submission(
        account=_account(body),
        callback_id=_text(view, "callback_id"),
        metadata=str(view.get("private_metadata") or ""),
        values=values,
        on_top=view.get("previous_view_id") is not None,
    )


def suggestion(body: Json) -> Suggestion:
    """A `block_suggestion` payload."""
    return Suggestion(_text(body, "action_id"), str(body.get("value") or ""))


def home_opened(body: Json) -> Account | None:
    """Who opened the Home tab; None for the app's other tabs."""
    event = body.get("event")
    if not isinstance(event, dict) or event.get("tab") != "home":
        return None
    return Account(_text(body, "team_id"), _text(event, "user"))


def person_changed(body: Json) -> tuple[Account, Json]:
    """Who joined the workspace or changed there, and what Slack shows of them now."""
    user = _part(_part(body, "event"), "user")
    return Account(str(user.get("team_id") or _text(body, "team_id")), _text(user, "id")), user


def event_id(body: Json) -> str:
    """The id under which Slack repeats an event that it believes lost."""
    return str(body.get("event_id") or "")


def parsed(raw: bytes, content_type: str) -> Json:
    """The body's outermost object. Raises `BadPayload` for anything else, before Bolt would stumble over it."""
    try:
        text = raw.decode()
        if "json" in content_type:
            found = json.loads(text)
        else:
            fields = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True)) if text else {}
            found = json.loads(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError) as error:
        raise BadPayload("the body cannot be read") from error
    if not isinstance(found, dict) or not found:
        raise BadPayload("the body is no object")
    return found


def wants_answer(body: Json) -> bool:
    """Whether Slack shows what it is answered, so that the work comes first: a form, suggestions, and what we do not
    know. Of a click, a command or an event it wants to hear no more than that it has arrived.
    """
    return "command" not in body and body.get("type") not in ("block_actions", "event_callback")


def check(body: Json) -> None:
    """Refuse what could not be handled, before anything is done about it. Raises `BadPayload`."""
    readers = {"block_actions": click, "view_submission": submission, "block_suggestion": suggestion}
    if read := readers.get(str(body.get("type"))):
        read(body)
    elif "command" in body:
        command(body)


def _part(body: Json, name: str) -> Json:
    part = body.get(name)
    if not isinstance(part, dict):
        raise BadPayload(f"no {name}")
    return part


def _account(body: Json) -> Account:
    user, team = _part(body, "user"), body.get("team")
    team_id = user.get("team_id") or (team.get("id") if isinstance(team, dict) else None)
    return Account(str(team_id or ""), _text(user, "id"))


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise BadPayload(f"no {name}")
    return value


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadPayload("no such id") from None
