"""What only staff read, one by one: their channel's messages while Slack is out of order."""

from collections.abc import Mapping
from uuid import UUID

from core.notifications import Kind
from core.rules.errors import NotFound
from core.services.accounts import departure
from core.services.health import match_health
from core.services.help import help_view
from core.services.people import by_id
from core.services.question_referrals import unclaimed_view
from core.services.questions import question_view
from core.services.standing import status
from core.services.troubles import trouble_view
from core.uow import Reading
from mail.letters.deliveries import trouble_letter
from mail.letters.feedback import report_letter
from mail.letters.health import at_risk_letter
from mail.letters.parts import Draft, Reader
from mail.letters.question_referrals import unclaimed_letter
from mail.letters.quick_questions import card_letter
from mail.letters.staff import departure_letter, staff_request_letter
from mail.writers.access import Writer, only_for_staff


def _staff_request(reading: Reading, reader: Reader, request_id: UUID) -> Draft:
    only_for_staff(reader)
    found = status(reading, request_id)
    return staff_request_letter(reader, found, by_id(reading, found.student_id))


def _person_left(reading: Reading, reader: Reader, person_id: UUID) -> Draft:
    only_for_staff(reader)
    return departure_letter(departure(reading, person_id))


def _delivery_trouble(reading: Reading, reader: Reader, trouble_id: UUID) -> Draft:
    only_for_staff(reader)
    return trouble_letter(trouble_view(reading, trouble_id), trouble_id)


def _match_at_risk(reading: Reading, reader: Reader, match_id: UUID) -> Draft:
    only_for_staff(reader)
    return at_risk_letter(reader, match_health(reading, match_id))


def _help_report(reading: Reading, reader: Reader, feedback_id: UUID) -> Draft:
    """To staff, but for one who is the partner: what is said in confidence about them is not for them."""
    only_for_staff(reader)
    report = help_view(reading, feedback_id)
    if reader.person.id == report.partner.id:
        raise NotFound(feedback_id=feedback_id)
    return report_letter(report)


def _question_card(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    only_for_staff(reader)
    return card_letter(question_view(reading, question_id))


def _question_unclaimed(reading: Reading, reader: Reader, question_id: UUID) -> Draft:
    only_for_staff(reader)
    return unclaimed_letter(reader, unclaimed_view(reading, question_id))


WRITERS: Mapping[Kind, Writer] = {
    Kind.STAFF_REQUEST: _staff_request,
    Kind.PERSON_LEFT: _person_left,
    Kind.DELIVERY_TROUBLE: _delivery_trouble,
    Kind.MATCH_AT_RISK: _match_at_risk,
    Kind.HELP_REPORT: _help_report,
    Kind.QUESTION_CARD: _question_card,
    Kind.QUESTION_UNCLAIMED: _question_unclaimed,
}
