"""What a mail server's refusal or silence means, in one table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto


class Meaning(StrEnum):
    """What a failure says, and with it what to do. The names are those of failures in Slack."""

    PERSON = auto()  # this address takes no letters from us, and will not tomorrow
    INSTALLATION = auto()  # no letter goes out to anybody: staff have to look; goes on by itself once mended
    WAIT = auto()  # later
    UNKNOWN = auto()  # it may or may not have been taken
    OURS = auto()  # what we wrote was refused


class Step(StrEnum):
    """Where in the conversation it failed."""

    CONNECT = "connect"
    ENCRYPT = "encrypt"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    CONTENT = "content"  # the whole letter was sent, and the last word is missing


@dataclass(frozen=True)
class Row:
    """The meaning of a refusal for good (5xx), of one for now (4xx), and of no answer."""

    refused: Meaning
    put_off: Meaning
    silence: Meaning


MEANINGS: Mapping[Step, Row] = {
    Step.CONNECT: Row(Meaning.INSTALLATION, Meaning.WAIT, Meaning.INSTALLATION),
    Step.ENCRYPT: Row(Meaning.INSTALLATION, Meaning.WAIT, Meaning.INSTALLATION),
    Step.LOGIN: Row(Meaning.INSTALLATION, Meaning.WAIT, Meaning.WAIT),
    Step.SENDER: Row(Meaning.INSTALLATION, Meaning.WAIT, Meaning.WAIT),
    Step.RECIPIENT: Row(Meaning.PERSON, Meaning.WAIT, Meaning.WAIT),
    Step.DATA: Row(Meaning.OURS, Meaning.WAIT, Meaning.WAIT),
    Step.CONTENT: Row(Meaning.OURS, Meaning.WAIT, Meaning.UNKNOWN),
}
NOT_SERVED = re.compile(rb"\brelay", re.IGNORECASE)
"""A server that does not send for us refuses each recipient, and says "relay": no fault of theirs."""
LOGIN_WANTED = 530
_ENHANCED = re.compile(rb"^([245]\.\d{1,3}\.\d{1,3})\b")

BUSY_SECONDS = 300.0
"""Greylisting asks for some minutes; a server that is busy rarely for less."""


class Failure(Exception):
    """A letter that did not go out, or of which nobody knows. The code tells no address. `retry_after` in seconds."""

    def __init__(self, meaning: Meaning, code: str, retry_after: float = 0.0) -> None:
        super().__init__(code)
        self.meaning, self.code, self.retry_after = meaning, code, retry_after


def refusal(step: Step, status: int, words: bytes) -> Failure:
    """A failure from a server's answer. What the server says may name the person, so only its numbers are kept."""
    row = MEANINGS[step]
    found = _ENHANCED.match(words)
    code = f"{step} {status}{f' {found[1].decode()}' if found else ''}"
    if 400 <= status < 500:
        return Failure(row.put_off, code, BUSY_SECONDS)
    if step is Step.RECIPIENT and (status == LOGIN_WANTED or NOT_SERVED.search(words)):
        return Failure(Meaning.INSTALLATION, code)
    return Failure(row.refused, code)


def silence(step: Step, reason: str) -> Failure:
    """A failure from a connection that was never made, ended, or kept us waiting too long."""
    meaning = MEANINGS[step].silence
    return Failure(meaning, f"{step} {reason}", BUSY_SECONDS if meaning is Meaning.WAIT else 0.0)
