"""From a kind of message to what it says: read now, drawn now."""

from collections.abc import Callable, Mapping
from uuid import UUID

from bot.blocks import Message
from bot.views import matches as match_views
from bot.views import meetings as meeting_views
from bot.views import offers as offer_views
from bot.views import requests as request_views
from bot.views import staff as staff_views
from core.notifications import Kind
from core.services.matches import match_view
from core.services.meetings import meeting_view
from core.services.offers import offer_card
from core.services.people import by_id
from core.services.standing import status
from core.uow import Reading


def _staff_request(reading: Reading, request_id: UUID) -> Message:
    found = status(reading, request_id)
    return staff_views.staff_request_message(found, by_id(reading, found.student_id))


DRAWN: Mapping[Kind, Callable[[Reading, UUID], Message]] = {
    Kind.REQUEST_STATUS: lambda reading, id_: request_views.status_message(status(reading, id_)),
    Kind.OFFER: lambda reading, id_: offer_views.offer_message(offer_card(reading, id_)),
    Kind.INTRODUCTION: lambda reading, id_: match_views.introduction_message(match_view(reading, id_)),
    Kind.MEETING_LOGGED: lambda reading, id_: meeting_views.meeting_message(meeting_view(reading, id_)),
    Kind.STAFF_REQUEST: _staff_request,
}


def draw(reading: Reading, kind: Kind, subject: UUID) -> Message:
    """The message of this kind about this subject, as things stand."""
    return DRAWN[kind](reading, subject)
