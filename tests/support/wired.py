"""A delivering worker, and all that it delivers to, over the wire: the sandbox for Slack and for the mail server."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from pydantic import SecretStr

from bot.gateway import Gateway
from core.config import Settings
from core.queue import Queue
from core.rules.profiles import ProfileAnswers
from core.services.people import Person
from core.services.profiles import save_profile
from core.uow import Units, member
from tests.support import factories as make
from tests.support.deliveries import Worker
from tests.support.mailbox import Mail, Mailbox
from tests.support.people import Person as Seen
from tests.support.people import mark
from tests.support.sandbox_client import Json, SandboxClient
from tests.support.surfaces import Message

_numbers = count(1)


@dataclass(frozen=True)
class Somebody:
    """One person: as the service knows them, as they sit in Slack, and their mailbox."""

    known: Person
    seen: Seen
    mailbox: Mailbox
    since: str

    @property
    def id(self) -> UUID:
        return self.known.id

    @property
    def slack_id(self) -> str:
        return self.seen.id

    def messages(self, words: str = "") -> list[Message]:
        """The messages with these words that they see in Slack."""
        return [one for one in self.seen.inbox(self.since) if words in one.seen["text"]]

    def mails(self) -> list[Mail]:
        return self.mailbox.mails()


class Wired(Worker):
    """One process that delivers over HTTP and SMTP."""

    def __init__(self, settings: Settings, units: Units, queue: Queue, sandbox: SandboxClient) -> None:
        self.sandbox = sandbox
        here = settings.model_copy(
            update={
                "slack_api_url": f"{sandbox.url}/api/",
                "smtp_url": SecretStr(f"smtp://127.0.0.1:{sandbox.smtp_port}"),
                "mail_from": "Ithaca <ithaca@example.org>",
            }
        )
        self.gateway = Gateway(here)
        super().__init__(here, units, queue, self.gateway)
        self._before = max((entry["n"] for entry in sandbox.log()), default=0)

    def goes_wrong(self, kind: str = "error", **more: Any) -> None:
        """From now on something goes wrong in Slack, as the sandbox's faults say it."""
        self.sandbox.post("faults", kind=kind, **more)

    def goes_well(self) -> None:
        """Nothing goes wrong any more."""
        self.sandbox.post("faults/off")

    def calls(self, *methods: str) -> list[Json]:
        """The calls of these methods, or all, that reached Slack since this worker began."""
        made = self.sandbox.get("log", after=self._before, limit=1000)["entries"]
        return [one for one in made if one["direction"] == "from_app" and (not methods or one["name"] in methods)]

    def student(self, name: str = "Mia Tan") -> Somebody:
        return self._profiled(name, make.STUDENT)

    def mentor(self, name: str = "Kim Alder") -> Somebody:
        return self._profiled(name, make.MENTOR)

    def person(self, name: str, **more: Any) -> Somebody:
        """Somebody joins Slack, and the service meets them. `is_admin=True` makes staff."""
        since, address = mark(), f"wired{next(_numbers)}@example.org"
        seen = Seen.join(self.sandbox, name, email=address, **more)
        known = make.person(self.units, name, user_id=seen.id, email=address, **more)
        return Somebody(known, seen, Mailbox(self.sandbox, address), since)

    def offer(self, student: Somebody, *mentors: Somebody) -> UUID:
        """The student asks for a mentor, and these are asked. Returns the request."""
        asking = make.request(self.units, student.known)
        make.wave(self.units, asking, *(mentor.known for mentor in mentors))
        return asking

    def _profiled(self, name: str, answers: ProfileAnswers) -> Somebody:
        made = self.person(name)
        with self.units.work(member(made.id)) as work:
            save_profile(work, made.id, answers)
        return made
