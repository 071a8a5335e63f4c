"""Calls to Slack, and what their failures mean."""

import json
import logging
import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum, auto
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from core.config import Settings

log = logging.getLogger(__name__)
PATIENCE = 10
CODE = re.compile(r"[a-z0-9_]+")


class Meaning(StrEnum):
    """What a failed call says, and with it what to do."""

    PERSON = auto()  # this person cannot be reached in Slack: by e-mail instead
    INSTALLATION = auto()  # nobody can be reached: stop, tell staff, go on by itself once mended
    WAIT = auto()  # later, for this kind of call
    UNKNOWN = auto()  # it may or may not have happened: look first
    OURS = auto()  # what we sent was wrong: once more as plain text
    NO_UPDATE = auto()  # the message cannot be changed: post it anew


def _codes(names: str) -> frozenset[str]:
    return frozenset(names.split())


MEANINGS: Mapping[Meaning, frozenset[str]] = {
    Meaning.PERSON: _codes(
        "user_not_found users_not_found user_disabled user_not_visible cannot_dm_bot channel_not_found "
        "is_archived not_in_channel restricted_action app_access_restricted invalid_user_combination "
        "messages_tab_disabled"
    ),
    Meaning.INSTALLATION: _codes(
        "account_inactive token_revoked token_expired invalid_auth not_authed missing_scope "
        "team_access_not_granted org_login_required accesslimited ekm_access_denied message_limit_exceeded"
    ),
    Meaning.WAIT: frozenset({"ratelimited", "rate_limited"}),
    Meaning.UNKNOWN: frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"}),
    Meaning.OURS: frozenset({"msg_too_long", "no_text"}),
    Meaning.NO_UPDATE: frozenset({"message_not_found", "is_inactive", "edit_window_closed", "cant_update_message"}),
}
PREFIXES = {"restricted_action": Meaning.PERSON, "invalid_blocks": Meaning.OURS, "metadata_": Meaning.OURS}


class Failure(Exception):
    """A call of `method` that did not succeed, or of which nobody knows. `retry_after` is in seconds."""

    def __init__(self, meaning: Meaning, code: str, retry_after: float = 0.0, method: str = "") -> None:
        super().__init__(code)
        self.meaning, self.code, self.retry_after, self.method = meaning, code, retry_after, method


class HeldBack(Failure):
    """A call that was not made: Slack has said before that this method has to wait `until` then."""

    def __init__(self, method: str, until: datetime) -> None:
        super().__init__(Meaning.WAIT, "ratelimited", method=method)
        self.until = until


def meaning_of(code: str) -> Meaning:
    """What an error code of the Web API means. A code we do not know counts as a mistake of ours."""
    for meaning, codes in MEANINGS.items():
        if code in codes:
            return meaning
    return next((meaning for prefix, meaning in PREFIXES.items() if code.startswith(prefix)), Meaning.OURS)


class Gateway:
    """The Web API of one workspace. Nothing is repeated behind the caller's back."""

    def __init__(self, settings: Settings) -> None:
        self.client = WebClient(
            settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            timeout=PATIENCE,
            retry_handlers=[],
        )

    def call(self, method: str, **args: Any) -> dict[str, Any]:
        """Call a method by its name, as a form, which every method takes. Raises `Failure`."""
        try:
            answer = self.client.api_call(method, data={k: _field(v) for k, v in args.items() if v is not None})
        except SlackApiError as error:
            raise _failure(error, method) from error
        except (SlackClientError, OSError, HTTPException, ValueError) as error:
            raise Failure(Meaning.UNKNOWN, error.__class__.__name__, method=method) from error
        found = answer.data
        return found if isinstance(found, dict) else {}


def _field(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _failure(error: SlackApiError, method: str) -> Failure:
    answer = error.response
    code = str(answer.get("error") or "")
    if answer.status_code == 429:
        return Failure(Meaning.WAIT, "ratelimited", float(answer.headers.get("Retry-After", 1)), method)
    if answer.status_code >= 500 or not CODE.fullmatch(code):  # no word of Slack's: who knows what happened
        return Failure(Meaning.UNKNOWN, str(answer.status_code), method=method)
    return Failure(meaning_of(code), code, method=method)


def respond(response_url: str, message: Mapping[str, Any]) -> None:
    """Answer the person who clicked or typed, for their eyes only. A lost answer is logged, no more."""
    if not response_url:
        return
    try:
        answer = WebhookClient(response_url, timeout=PATIENCE, retry_handlers=[]).send_dict(
            {"response_type": "ephemeral", "replace_original": False, **message}
        )
    except (SlackClientError, OSError, HTTPException) as error:
        log.warning("a private answer was lost: %s", error.__class__.__name__)
        return
    if answer.status_code != 200:
        log.warning("a private answer was refused: %s", answer.body[:200])
