"""The SMTP server to which the app hands its mail. Nothing is passed on: all of it ends in the mailboxes here."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from sandbox.faults import Kind
from sandbox.workspace.state import Workspace

LARGEST = 10_000_000
FOREVER = 10_000  # mails over one connection
logging.getLogger("mail.log").setLevel(logging.ERROR)  # it warns of its own deprecations at every login


class Handler:
    """Says yes to every recipient and every mail, unless a fault is on."""

    def __init__(self, workspace: Workspace) -> None:
        self._w = workspace

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name and arguments
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient."""
        del server, session
        refusal = self._w.faults.mail(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail; it is on disk before the app is told so."""
        del session
        self._w.mailboxes.take([str(one) for one in envelope.rcpt_tos], envelope.original_content or b"")
        self._w.save()
        if self._w.faults.of_mail(Kind.MAIL_DROPPED):
            cast("asyncio.WriteTransport", server.transport).abort()
        return "250 OK"


class MailServer:
    """Listens on loopback alone. Whoever logs in may; nobody has to."""

    def __init__(self, workspace: Workspace) -> None:
        self._w = workspace
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int | None:
        """Where it listens."""
        return self._server.sockets[0].getsockname()[1] if self._server and self._server.sockets else None

    async def open(self) -> None:
        """Listen, if the settings name a port; 0 means any that is free."""
        if self._w.settings.smtp_port is not None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._session, "127.0.0.1", self._w.settings.smtp_port)

    def close(self) -> None:
        """Stop listening."""
        if self._server:
            self._server.close()

    def _session(self) -> SMTP:
        return SMTP(
            Handler(self._w),
            hostname="sandbox",
            ident="Sandbox",
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            authenticator=_welcome,
            auth_require_tls=False,
            command_call_limit={"*": FOREVER},
            loop=asyncio.get_running_loop(),
        )


def _welcome(*_: Any) -> AuthResult:
    return AuthResult(success=True)
