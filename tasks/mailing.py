"""One message to one person by letter: drawn as things stand and handed to the mail server, if it is worth a letter."""

from uuid import UUID

from core.config import Settings
from core.links import Links
from core.mailbox import Mailbox
from core.services.deliveries import Claim, NothingToSay
from core.services.people import by_id
from core.services.told import last_told, note_told
from core.uow import SYSTEM
from mail import envelope
from mail.composing import compose
from mail.failures import Failure, Meaning
from mail.worth import worth_sending
from tasks.runtime import Runtime

__all__ = ["Failure", "Meaning", "message_id", "send_mail"]

NO_ADDRESS = "no e-mail address"


def message_id(settings: Settings, claim: Claim) -> str:
    """The Message-ID of this message, the same at every try."""
    return envelope.message_id(claim.id, Mailbox.parse(settings.mail_from))


def send_mail(runtime: Runtime, claim: Claim, person_id: UUID) -> None:
    """Send this person the letter of a message, or of a change to one.

    Raises `Failure`; `NotFound` if the subject is gone or is none of their business; `NothingToSay` if no letter is
    worth sending. After an unknown outcome it is simply called again: the letter keeps its Message-ID.
    """
    settings = runtime.bot.settings
    with runtime.units.work(SYSTEM) as work:
        person = by_id(work, person_id)
        if not person.email:
            raise Failure(Meaning.PERSON, NO_ADDRESS)
        letter = compose(work, claim.kind, UUID(claim.params["subject"]), person_id, Links.of(settings))
        told = last_told(work, claim.id) if claim.is_change else None
        if not worth_sending(claim.kind, letter.standing, is_change=claim.is_change, told_last=told):
            raise NothingToSay
        note_told(work, claim.id, letter.standing)
    runtime.postman.send(letter, person.name, person.email, message_id(settings, claim), runtime.units.clock())
