"""Client API: mailboxes, as their owners see them."""

from __future__ import annotations

import httpx

from sandbox.client_api.asked import Asked
from sandbox.errors import ClientError
from sandbox.mail.letter import ONE_CLICK, Attachment
from sandbox.mail.mailboxes import Mail, shown, summary
from sandbox.mail.smtp import MailServer
from sandbox.store import Json
from sandbox.workspace.state import Workspace

PATIENCE = 10.0


class Mailing:
    """The calls about mail. Who may look is not asked: everything here is open to whoever plays."""

    def __init__(self, workspace: Workspace, server: MailServer) -> None:
        self._w, self._server = workspace, server

    async def mailboxes(self, asked: Asked) -> Json:
        """Where mail is handed over, and every address that ever got some, with whose it is in the workspace."""
        del asked
        boxes = [self._mailbox(address, mails) for address, mails in self._w.mailboxes.all().items()]
        return {"smtp_port": self._server.port, "mailboxes": boxes}

    async def mails(self, asked: Asked) -> Json:
        """The mails of an address, newest first."""
        return {"mails": [summary(mail) for mail in self._w.mailboxes.of(str(asked.need("address")))]}

    async def mail(self, asked: Asked) -> Json:
        """One mail in full."""
        return {"mail": shown(self._found(asked))}

    async def read(self, asked: Asked) -> Json:
        """Mark a mail as read."""
        self._w.mailboxes.mark_read(self._found(asked))
        return {"ok": True}

    async def unsubscribe(self, asked: Asked) -> Json:
        """Press the one-click link as a mail program does (RFC 8058): a POST, with no cookie and no page shown."""
        mail = self._found(asked)
        if not mail.letter.unsubscribe:
            raise ClientError(409, "no_one_click", "This mail cannot be unsubscribed from with one press.")
        name, _, value = ONE_CLICK.partition("=")
        try:
            async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as http:
                status = (await http.post(mail.letter.unsubscribe, data={name: value})).status_code
        except httpx.HTTPError as error:
            raise ClientError(502, "no_answer", f"The address to unsubscribe at does not answer: {error}") from None
        self._w.mailboxes.mark_unsubscribed(mail, status)
        return {"ok": 200 <= status < 300, "status": status}

    def attachment(self, asked: Asked) -> Attachment:
        """A file that came with a mail."""
        files, number = self._found(asked).letter.attachments, asked.number("number", 0)
        if number >= len(files):
            raise ClientError(404, "file_not_found", "This mail has no such file.")
        return files[number]

    def _found(self, asked: Asked) -> Mail:
        mail = self._w.mailboxes.find(asked.text("mail"))
        if not mail:
            raise ClientError(404, "mail_not_found", "There is no such mail.")
        return mail

    def _mailbox(self, address: str, mails: list[Mail]) -> Json:
        person = self._w.people.by_email(address)
        name = next((name for mail in reversed(mails) if (name := mail.letter.name_of(address))), "")
        return {
            "address": address, "name": name or address, "total": len(mails), "last_at": mails[-1].at,
            "unread": sum(not mail.read for mail in mails),
            "user": person["id"] if person and not person["deleted"] else None,
        }  # fmt: skip
