"""A mail taken apart, as a mail program would show it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import MIMEPart
from email.utils import parseaddr
from functools import cached_property

from sandbox.store import Json

PREVIEW = 140
ONE_CLICK = "List-Unsubscribe=One-Click"


@dataclass(frozen=True)
class Attachment:
    """A file that came along."""

    name: str
    kind: str
    content: bytes


class Letter:
    """What stands in a mail. Whatever is broken in it is shown as it came."""

    def __init__(self, raw: bytes) -> None:
        self._message = message_from_bytes(raw, policy=policy.default)

    @cached_property
    def headers(self) -> list[tuple[str, str]]:
        """Every header, decoded, in the order in which they came."""
        return [(name, " ".join(str(value).split())) for name, value in self._message.items()]

    def header(self, name: str) -> str:
        """One header; empty if there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def sender(self) -> Json:
        """Who it says it is from."""
        name, address = parseaddr(self.header("From"))
        return {"name": name or address, "address": address}

    def name_of(self, address: str) -> str:
        """What the mail calls whom it is for."""
        shown = (parseaddr(one) for one in re.split(r",(?=[^,]*@)", self.header("To")))
        return next((name for name, known in shown if name and known.casefold() == address.casefold()), "")

    @cached_property
    def text(self) -> str:
        """The plain text."""
        return self._body("plain")

    @cached_property
    def html(self) -> str:
        """The page, if there is one."""
        return self._body("html")

    @property
    def preview(self) -> str:
        """How it begins."""
        return " ".join((self.text or re.sub(r"<[^>]*>", " ", self.html)).split())[:PREVIEW]

    @cached_property
    def attachments(self) -> list[Attachment]:
        """The files that came along."""
        return [
            Attachment(part.get_filename() or "unnamed", part.get_content_type(), _bytes(part))
            for part in self._message.iter_attachments()
        ]

    @property
    def unsubscribe(self) -> str:
        """Where one press unsubscribes, as RFC 8058 has it; empty if the mail offers no such thing."""
        if "".join(self.header("List-Unsubscribe-Post").split()).casefold() != ONE_CLICK.casefold():
            return ""
        addresses = re.findall(r"<(https?://[^>\s]+)>", self.header("List-Unsubscribe"))
        return str(addresses[0]) if addresses else ""

    def _body(self, kind: str) -> str:
        part = self._message.get_body((kind,))
        if part is None:
            return ""
        try:
            return str(part.get_content())
        except (LookupError, UnicodeError):  # a character set that nobody knows
            return _bytes(part).decode(errors="replace")


def _bytes(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else part.as_bytes()
