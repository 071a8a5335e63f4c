"""Letters to an SMTP server: one conversation for each, which ends well before the lease on its message does.

A letter counts as sent once the server has taken it. If the connection is lost after the whole letter was handed
over, nobody knows: mail has no way to look. Such a letter is sent again under the same Message-ID, since SMTP leaves it
with the sender until it is acknowledged (RFC 5321, 4.1.1.4), and mailboxes collapse what arrives twice under one id.
"""

import re
import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from core.config import Settings
from core.mailbox import Mailbox, ascii_address
from core.mailserver import Encryption, MailServer
from mail.envelope import enveloped
from mail.failures import Failure, Meaning, Step, refusal, silence
from mail.letters.letter import Letter

FORWARDED = 251
_LINE_WITH_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True)
class Patience:
    """Seconds to wait: for one answer, for all that comes before the letter itself, and for the last word on it."""

    step: float = 10.0
    before: float = 15.0
    content: float = 15.0


PATIENCE = Patience()


class Postman:
    """Hands letters to the mail server of this installation."""

    def __init__(
        self, settings: Settings, *, trust: ssl.SSLContext | None = None, patience: Patience = PATIENCE
    ) -> None:
        self._server = settings.mail_server
        self.sender = Mailbox.parse(settings.mail_from)
        self._reply_to = Mailbox.parse(settings.mail_reply_to) if settings.mail_reply_to else None
        self._trust, self._patience = trust, patience

    def send(self, letter: Letter, name: str, address: str, identity: str, now: datetime) -> None:
        """Send a letter to a person under this Message-ID. Raises `Failure`."""
        conversation = self._conversation()
        try:
            to = Mailbox(name, ascii_address(address))
        except ValueError:
            raise Failure(Meaning.PERSON, "not an e-mail address") from None
        message = enveloped(letter, to, sender=self.sender, reply_to=self._reply_to, identity=identity, now=now)
        conversation.hand_over(self.sender.address, to.address, message)

    def greet(self) -> None:
        """Find out whether the mail server lets us in, and send nothing. Raises `Failure`."""
        self._conversation().greet()

    def _conversation(self) -> "_Conversation":
        if self._server is None:
            raise Failure(Meaning.INSTALLATION, "SMTP_URL is not set")
        return _Conversation(self._server, self.sender.domain, self._trust, self._patience)


class _Conversation:
    """One connection and what is said over it. `step` is where it stands when something fails."""

    def __init__(self, server: MailServer, own_name: str, trust: ssl.SSLContext | None, patience: Patience) -> None:
        self._server, self._own_name, self._trust, self._patience = server, own_name, trust, patience
        self._until = time.monotonic() + patience.before
        self._step = Step.CONNECT

    def greet(self) -> None:
        """Say no more than is needed to be let in. Raises `Failure`."""
        with self._failures(), self._connected() as smtp:
            self._encrypt(smtp)
            self._login(smtp)

    def hand_over(self, sender: str, recipient: str, message: EmailMessage) -> None:
        """Say all that is needed to send a message. Raises `Failure`."""
        with self._failures(), self._connected() as smtp:
            self._encrypt(smtp)
            self._login(smtp)
            self._ask(smtp, Step.SENDER, f"MAIL FROM:<{sender}>")
            self._ask(smtp, Step.RECIPIENT, f"RCPT TO:<{recipient}>")
            self._ask(smtp, Step.DATA, "DATA", expected=354)
            self._content(smtp, message.as_bytes())

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Whatever ends the conversation early, as what it means at the step where it happened."""
        try:
            yield
        except smtplib.SMTPResponseException as error:
            raise refusal(self._step, error.smtp_code, _bytes(error.smtp_error)) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Failure(Meaning.INSTALLATION, f"{self._step} not offered") from error
        except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
            raise silence(self._step, error.__class__.__name__) from error
        except smtplib.SMTPException as error:  # no way to log in that both know
            raise Failure(Meaning.INSTALLATION, f"{self._step} not possible") from error
        except (OSError, ValueError) as error:
            raise silence(self._step, error.__class__.__name__) from error

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        smtp = self._connect(self._server.host, self._server.port)
        try:
            smtp.ehlo_or_helo_if_needed()
            yield smtp
            with suppress(smtplib.SMTPException, OSError):  # taken is taken, whatever comes of the goodbye
                smtp.quit()
        finally:
            smtp.close()

    def _connect(self, host: str, port: int) -> smtplib.SMTP:
        name, seconds = self._own_name, self._patience.step
        if self._server.encryption is Encryption.FROM_THE_START:
            return smtplib.SMTP_SSL(host, port, local_hostname=name, timeout=seconds, context=self._context())
        return smtplib.SMTP(host, port, local_hostname=name, timeout=seconds)

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        wanted = self._server.encryption
        offered = smtp.has_extn("starttls")
        if wanted is Encryption.REQUIRED or (wanted is Encryption.OFFERED and offered):
            self._at(smtp, Step.ENCRYPT)
            code, words = smtp.starttls(context=self._context())
            if code != 220:
                raise smtplib.SMTPResponseException(code, words)
            smtp.ehlo()

    def _login(self, smtp: smtplib.SMTP) -> None:
        if self._server.user:
            self._at(smtp, Step.LOGIN)
            smtp.login(self._server.user, self._server.password)

    def _ask(self, smtp: smtplib.SMTP, step: Step, line: str, expected: int = 250) -> None:
        self._at(smtp, step)
        code, words = smtp.docmd(line)
        if code not in (expected, FORWARDED):
            raise smtplib.SMTPResponseException(code, words)

    def _content(self, smtp: smtplib.SMTP, content: bytes) -> None:
        """Once the final dot may have left, nobody knows what became of the letter until the server answers."""
        self._at(smtp, Step.DATA, self._patience.content)
        self._step = Step.CONTENT
        smtp.send(_LINE_WITH_DOT.sub(b"..", content) + b".\r\n")
        code, words = smtp.getreply()
        if not 200 <= code < 300:
            raise smtplib.SMTPResponseException(code, words)

    def _at(self, smtp: smtplib.SMTP, step: Step, seconds: float = 0) -> None:
        """Begin a step, unless the time for all of them is over."""
        self._step = step
        if time.monotonic() > self._until:
            raise TimeoutError
        if smtp.sock:
            smtp.sock.settimeout(seconds or self._patience.step)

    def _context(self) -> ssl.SSLContext:
        return self._trust or ssl.create_default_context()


def _bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()
