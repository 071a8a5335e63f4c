"""Requests for a mentor: the form, and where one stands, from the first second to the last wave."""

from dataclasses import replace
from datetime import timedelta

from bot.views.requests import no_request_message, request_modal, status_message
from bot.views.suggestions import suggested_request_modal, suggestion_message
from core.rules.requests import RequestState, Wanted
from core.rules.suggestions import SuggestionState
from core.rules.waiting import UsualWait
from core.services.standing import RequestStatus
from tests.bot.views import samples
from tests.bot.views.samples import ONE
from tests.gallery.catalogue.told import ANSWER, QUESTION, WISH
from tests.gallery.exhibits import MIA, Room, pressed, shown

State = RequestState
USUAL = UsualWait(timedelta(hours=5), timedelta(days=2))


def status(state: RequestState, wave: int = 1) -> RequestStatus:
    """Mia's request."""
    return samples.status(state, wave=wave, wish=WISH)


OFFERED = replace(status(State.OFFERED), usual_wait=USUAL)
TO_ONE = replace(OFFERED, asked=1, wanted=Wanted.ASKED, wanted_name="Kim Alder")
PASSED = replace(OFFERED, wanted=Wanted.PASSED, wanted_name="Kim Alder")
ASKED = replace(OFFERED, questions=(samples.exchange(QUESTION),))
ANSWERED = replace(OFFERED, questions=(samples.exchange(QUESTION, ANSWER),))
SUGGESTED = samples.suggestion()
TAKEN = samples.suggestion(state=SuggestionState.TAKEN)
DECLINED = samples.suggestion(state=SuggestionState.DECLINED)
PAIR = samples.suggestion(matched=True)

STATUS = shown(MIA, "status-offered", "Three mentors are asked", status_message, OFFERED)

ROOM = Room(
    "requests",
    "Requests",
    (
        shown(MIA, "request-form", "`Request a mentor`", request_modal, None),
        shown(MIA, "request-edit", "`Edit your request`", request_modal, WISH, request_id=ONE),
        shown(MIA, "request-none", "Status without a request", no_request_message),
        shown(MIA, "status-searching", "Status, seconds after sending", status_message, status(State.SEARCHING, 0)),
        STATUS,
        pressed("Cancel request", STATUS),
        shown(MIA, "status-asked", "A mentor asks before deciding", status_message, ASKED),
        shown(MIA, "status-answered", "Answered", status_message, ANSWERED),
        shown(
            MIA,
            "status-searching-on",
            "They could not: the next are looked for",
            status_message,
            status(State.SEARCHING),
        ),
        shown(MIA, "status-second-wave", "The second wave", status_message, status(State.OFFERED, 2)),
        shown(MIA, "status-waiting", "Nobody has room: the waiting list", status_message, status(State.WAITING)),
        shown(MIA, "status-staff", "Three waves without a yes: staff have it", status_message, status(State.STAFF, 3)),
        shown(MIA, "status-matched", "A mentor said yes", status_message, status(State.MATCHED)),
        shown(MIA, "status-cancelled", "Cancelled", status_message, status(State.CANCELLED)),
        shown(MIA, "suggestion", "Two good answers suggest a mentorship", suggestion_message, SUGGESTED),
        shown(MIA, "suggestion-form", "The form that it opens", suggested_request_modal, SUGGESTED),
        shown(MIA, "status-offered-to-one", "That mentor is asked first", status_message, TO_ONE),
        shown(MIA, "status-passed", "That mentor could not be asked", status_message, PASSED),
        shown(MIA, "suggestion-taken", "The suggestion, taken", suggestion_message, TAKEN),
        shown(MIA, "suggestion-declined", "The suggestion, declined", suggestion_message, DECLINED),
        shown(MIA, "suggestion-pair", "The suggestion, once they are a pair", suggestion_message, PAIR),
    ),
    (
        *(f"status-{state}" for state in RequestState),
        "status-offered-to-one",
        "suggestion-suggested",
        "suggestion-taken",
        "suggestion-declined",
    ),
    phone=frozenset({"letter-status-offered", "status-offered"}),
)
