"""Signed links: an e-mail carries them, so that a person can answer without signing in.

A link says what it is for, whose it is, what it is about and until when. It is made from these alone: the same
link comes out whenever a mail is drawn. That it is used once is noted when it is used, see `core.services.used_links`.
"""

import base64
import binascii
import hashlib
import math
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from itsdangerous import BadSignature, Signer

from core.config import Settings

SALT = "links in e-mails"
FIELDS = struct.Struct(">16s16sq")  # person, subject, seconds since 1970; the purpose's name follows
MOST_CHARACTERS = 256


class Purpose(StrEnum):
    """What the holder of a link may do; the comment names its subject. Part of links already sent: never rename."""

    OFFER_ACCEPT = "offer_accept"  # the offer, as in the three below
    OFFER_DECLINE = "offer_decline"
    OFFER_ASK = "offer_ask"
    PROFILE_VIEW = "profile_view"  # the student behind an offer
    OFFER_QUESTION_ANSWER = "offer_question_answer"  # a mentor's question to a student
    MATCH_LOG = "match_log"  # the match
    CHECK_IN_WELL = "check_in_well"  # what a person is asked about a match, as in the three below
    CHECK_IN_BETTER = "check_in_better"
    CHECK_IN_NOT_MET = "check_in_not_met"
    ASK_RATE = "ask_rate"
    FEEDBACK = "feedback"  # the match, as in the next
    HELP = "help"
    MEETING_SCHEDULE = "meeting_schedule"  # the match
    MEETING_PICK = "meeting_pick"  # a meeting of which times are proposed
    MEETING = "meeting"  # a meeting that is planned or over
    ITEM = "item"  # an action item
    MATCH = "match"  # the match, as in the next
    KEEPSAKE = "keepsake"
    QUESTION = "question"  # a quick question
    PAUSE = "pause"  # the mentor's profile, as in the next
    RESUME = "resume"
    OPEN_QUESTIONS = "open_questions"  # the person, as in the next
    UNSUBSCRIBE = "unsubscribe"
    SUGGESTION = "suggestion"  # a mentorship that is suggested to a student
    PRIVACY = "privacy"  # the person, as in the next two
    OWN_DATA = "own_data"
    OWN_DATA_FILE = "own_data_file"


class LinkInvalid(Exception):
    """None of our links: made up, changed on its way, cut short, or signed with another key."""


class LinkExpired(Exception):
    """One of our links, whose time is over. Good for a sentence about that and nothing else."""

    def __init__(self, link: "Link") -> None:
        super().__init__(link.purpose)
        self.link = link


@dataclass(frozen=True)
class Link:
    """What a link says. `fingerprint` tells it from every other one and does not give it away."""

    purpose: Purpose
    person_id: UUID
    subject_id: UUID
    expires_at: datetime
    fingerprint: bytes


def sign_in_url(settings: Settings, key: str, to: str = "") -> str:
    """Where a member of staff signs in with the key of a one-time link, which is no link in a mail. `to` is the page of
    the admin that they come to then, such as `matches/export/csv`.
    """
    onwards = f"&to={to}" if to else ""
    return f"{settings.public_url.rstrip('/')}/admin/sign-in/link?key={key}{onwards}"


@dataclass(frozen=True)
class Links:
    """Makes and reads links with one secret key."""

    secret_key: str
    public_url: str

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """With the key and the address of this installation."""
        return cls(settings.secret_key.get_secret_value(), settings.public_url)

    def url(self, purpose: Purpose, person_id: UUID, subject_id: UUID, expires_at: datetime) -> str:
        """The address that lets this person do this with this subject, to the end of the second of `expires_at`."""
        return f"{self.public_url.rstrip('/')}/a/{self.token(purpose, person_id, subject_id, expires_at)}"

    def token(self, purpose: Purpose, person_id: UUID, subject_id: UUID, expires_at: datetime) -> str:
        """The part of the address that says it all."""
        seconds = math.ceil(expires_at.timestamp())
        said = FIELDS.pack(person_id.bytes, subject_id.bytes, seconds) + purpose.value.encode()
        return self._signer.sign(base64.urlsafe_b64encode(said).rstrip(b"=")).decode()

    def read(self, token: str, now: datetime) -> Link:
        """What a link says. Raises `LinkInvalid` if a single character differs, and `LinkExpired` past its time."""
        link = self._unpacked(token)
        if token != self.token(link.purpose, link.person_id, link.subject_id, link.expires_at):
            raise LinkInvalid  # the same bytes in another spelling: base64 leaves some bits unused
        if now > link.expires_at:
            raise LinkExpired(link)
        return link

    def _unpacked(self, token: str) -> Link:
        if len(token) > MOST_CHARACTERS or not token.isascii():
            raise LinkInvalid
        try:
            signed = self._signer.unsign(token)
            said = base64.urlsafe_b64decode(signed + b"=" * (-len(signed) % 4))
            person, subject, seconds = FIELDS.unpack_from(said)
            purpose = Purpose(said[FIELDS.size :].decode())
            expires_at = datetime.fromtimestamp(seconds, UTC)
        except (BadSignature, binascii.Error, struct.error, ValueError, OverflowError, OSError):
            raise LinkInvalid from None
        return Link(purpose, UUID(bytes=person), UUID(bytes=subject), expires_at, hashlib.sha256(signed).digest())

    @property
    def _signer(self) -> Signer:
        return Signer(self.secret_key, SALT, key_derivation="hmac", digest_method=hashlib.sha256)
