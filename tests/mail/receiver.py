"""A mail server of a test's own: takes letters over real SMTP, and refuses or falls silent where it is told to."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from aiosmtpd.smtp import LoginPassword as Login

DROP = "drop"
USER, PASSWORD = "ithaca", "pass/word"


@dataclass
class Receiver:
    """What the server has taken, and what it says next. `answers` maps a step to one answer, or to `DROP`."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """`SMTP_URL` of this server."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        del envelope
        session.host_name = hostname
        self.names.append(hostname)
        answer = self._answer(server, "ehlo")
        return [answer] if answer else responses

    async def handle_HELO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str
    ) -> str:
        """What a client falls back to that was refused before."""
        del envelope
        session.host_name = hostname
        return self._answer(server, "ehlo") or "250 mail.test"

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session, options
        envelope.mail_from = address
        return self._answer(server, "mail") or "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session, options
        answer = self._answer(server, "rcpt")
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self._answer(server, "content", taking=lambda: self._take(session, envelope))
        return answer or "250 OK"

    def _take(self, session: Session, envelope: Envelope) -> None:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.recipients += envelope.rcpt_tos
        self.encrypted.append(session.ssl is not None)

    def _answer(self, server: SMTP, step: str, taking: Any = None) -> str | None:
        """The refusal that was asked for. A server that drops at the end has taken the letter."""
        answer = self.answers.get(step)
        if taking and answer in (None, DROP):
            taking()
        if answer == DROP:
            _hang_up(server)
            return "250 OK"
        return answer


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


class _Server(SMTP):
    """aiosmtpd's server, with a word of our own before the letter's content and at login."""

    def __init__(self, receiver: Receiver, **options: Any) -> None:
        self._receiver = receiver
        super().__init__(receiver, **options)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        answer = self._receiver.answers.get("data")
        if answer == DROP:
            _hang_up(self)
        elif answer:
            await self.push(answer)
        else:
            await super().smtp_DATA(arg)


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    del server, session, envelope, mechanism
    assert isinstance(data, Login)
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextmanager
def receiving(
    receiver: Receiver | None = None,
    *,
    starttls: ssl.SSLContext | None = None,
    from_the_start: ssl.SSLContext | None = None,
    login: bool = False,
) -> Iterator[Receiver]:
    """Take letters on a free port until the block ends."""
    receiver = receiver or Receiver()
    loop, started = asyncio.new_event_loop(), threading.Event()
    options: dict[str, Any] = {"loop": loop, "tls_context": starttls, "hostname": "mail.test"}
    if login:
        options |= {"authenticator": _authenticate, "auth_required": True}

    async def listen() -> asyncio.Server:
        return await loop.create_server(lambda: _Server(receiver, **options), "127.0.0.1", 0, ssl=from_the_start)

    server = loop.run_until_complete(listen())
    receiver.port = server.sockets[0].getsockname()[1]

    def run() -> None:
        loop.call_soon(started.set)
        loop.run_forever()

    thread = threading.Thread(target=run)
    thread.start()
    started.wait()
    try:
        yield receiver
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    await server.wait_closed()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
