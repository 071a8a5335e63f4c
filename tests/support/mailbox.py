"""Somebody's mailbox in the sandbox, read and acted on as in a mail program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

import httpx

from tests.support.sandbox_client import Json, SandboxClient

LINK = re.compile(r"<a\b[^>]*?href=\"([^\"]*)\"[^>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Mail:
    """One mail, as it was when it was read."""

    sandbox: SandboxClient
    raw: Json

    @property
    def subject(self) -> str:
        return str(self.raw["subject"])

    @property
    def text(self) -> str:
        return str(self.raw["text"])

    @property
    def html(self) -> str:
        return str(self.raw["html"])

    @property
    def unsubscribe_url(self) -> str:
        return str(self.raw["unsubscribe"])

    def header(self, name: str) -> str:
        """A header; empty if there is none."""
        return next((value for key, value in self.raw["headers"] if key.lower() == name.lower()), "")

    def links(self) -> dict[str, str]:
        """Where the links of the page lead, by what can be read on them."""
        found = LINK.findall(self.html)
        return {" ".join(unescape(re.sub(r"<[^>]*>", " ", shown)).split()): unescape(url) for url, shown in found}

    def file(self, number: int = 0) -> bytes:
        """A file that came along."""
        url = f"{self.sandbox.url}/client/mails/{self.raw['id']}/attachments/{number}"
        return httpx.get(url, trust_env=False).content

    def mark_read(self) -> None:
        self.sandbox.post(f"mails/{self.raw['id']}/read")

    def unsubscribe(self) -> Json:
        """Press the one-click link."""
        return self.sandbox.post(f"mails/{self.raw['id']}/unsubscribe")


@dataclass(frozen=True)
class Mailbox:
    """The mail of one address."""

    sandbox: SandboxClient
    address: str

    def mails(self) -> list[Mail]:
        """All of it, newest first."""
        found = self.sandbox.get("mails", address=self.address)["mails"]
        return [Mail(self.sandbox, self.sandbox.get(f"mails/{one['id']}")["mail"]) for one in found]

    def wait_for(self, words: str = "", timeout: float | None = None) -> Mail:
        """The newest mail with these words in its subject or text, once it is there."""

        def look() -> Mail | None:
            fitting = (mail for mail in self.mails() if words.casefold() in f"{mail.subject}\n{mail.text}".casefold())
            return next(fitting, None)

        seen = lambda: [mail.subject for mail in self.mails()]  # noqa: E731
        return self.sandbox.wait(look, f"a mail with {words!r} to {self.address}", timeout, seen)

    @property
    def unread(self) -> int:
        boxes = self.sandbox.get("mailboxes")["mailboxes"]
        return sum(int(box["unread"]) for box in boxes if box["address"] == self.address.casefold())
