"""The words for the story of a match."""

from collections.abc import Mapping
from datetime import datetime

from starlette_admin.i18n import get_tzinfo

from core.rules.matches import MatchState
from core.rules.meetings import MeetingState
from core.rules.offers import OfferState
from core.services.audit import Deed
from core.services.match_stories import Event, Happened, MatchStory
from web.admin.lists.fields import SHOWN_MOMENT

ENDED: Mapping[object, str] = {
    OfferState.ACCEPTED: "{who} said yes",
    OfferState.DECLINED: "{who} said no",
    OfferState.TAKEN: "{who} was told that another was first",
    OfferState.EXPIRED: "{who} gave no answer in time",
    OfferState.WITHDRAWN: "The offer to {who} was taken back",
    MeetingState.PLANNED: "A meeting is planned",
    MeetingState.HELD: "They met",
    MeetingState.MISSED: "A planned meeting did not take place",
    MeetingState.CANCELLED: "A meeting was called off",
    MatchState.COMPLETED: "The mentorship was completed",
    MatchState.ENDED: "The mentorship ended",
}
HAPPENED: Mapping[Happened, str] = {
    Happened.ASKED_FOR: "{student} asked for a mentor",
    Happened.OFFERED: "{who} was asked",
    Happened.MATCHED: "{student} and {mentor} became student and mentor",
    Happened.AGREED: "Both agreed on goals",
    Happened.SAID: "{who} said how it is going",
    Happened.STAFF: "{who} looked after it",
}
BY_STAFF: Mapping[object, str] = {
    Deed.MATCH_MADE: "{who} made this match",
    Deed.MATCH_ENDED: "{who} ended it",
    Deed.MATCH_REASSIGNED: "{who} gave {student} another mentor",
    Deed.MATCH_TAKEN_BACK: "{who} took this match back",
    Deed.WROTE_TO_PAIR: "{who} wrote to them",
}


def event_words(event: Event, story: MatchStory) -> str:
    """What happened, in a sentence without its full stop."""
    words = BY_STAFF.get(event.how) or HAPPENED.get(event.what) or ENDED[event.how]
    return words.format(who=event.who or "Staff", student=story.student_name, mentor=story.mentor_name)


def on_readers_clock(moment: datetime) -> str:
    """A moment on the clock of who reads the page."""
    return format(moment.astimezone(get_tzinfo()), SHOWN_MOMENT)
