"""Which page a link opens. A new purpose gets its line here; a test checks that none is missing."""

from collections.abc import Mapping

from core.links import Purpose
from web.actions import (
    action_items,
    asks,
    feedback,
    keepsakes,
    meetings,
    mentoring,
    mentorships,
    offer_questions,
    offers,
    open_questions,
    privacy,
    quick_questions,
    scheduling,
    subscriptions,
    suggestions,
)
from web.actions import help as private_help
from web.actions.pages import Page

PAGES: Mapping[Purpose, Page] = {
    Purpose.OFFER_ACCEPT: offers.PAGE,
    Purpose.OFFER_DECLINE: offers.PAGE,
    Purpose.OFFER_ASK: offers.PAGE,
    Purpose.PROFILE_VIEW: offers.PAGE,
    Purpose.OFFER_QUESTION_ANSWER: offer_questions.PAGE,
    Purpose.CHECK_IN_WELL: asks.PAGE,
    Purpose.CHECK_IN_BETTER: asks.PAGE,
    Purpose.CHECK_IN_NOT_MET: asks.PAGE,
    Purpose.ASK_RATE: asks.PAGE,
    Purpose.FEEDBACK: feedback.PAGE,
    Purpose.HELP: private_help.PAGE,
    Purpose.MATCH_LOG: meetings.LOG_PAGE,
    Purpose.MEETING_SCHEDULE: scheduling.SCHEDULE_PAGE,
    Purpose.MEETING_PICK: scheduling.PICK_PAGE,
    Purpose.MEETING: meetings.MEETING_PAGE,
    Purpose.ITEM: action_items.PAGE,
    Purpose.MATCH: mentorships.PAGE,
    Purpose.KEEPSAKE: keepsakes.PAGE,
    Purpose.QUESTION: quick_questions.PAGE,
    Purpose.PAUSE: mentoring.PAGE,
    Purpose.RESUME: mentoring.PAGE,
    Purpose.OPEN_QUESTIONS: open_questions.PAGE,
    Purpose.UNSUBSCRIBE: subscriptions.PAGE,
    Purpose.SUGGESTION: suggestions.PAGE,
    Purpose.PRIVACY: privacy.PAGE,
    Purpose.OWN_DATA: privacy.DATA_PAGE,
    Purpose.OWN_DATA_FILE: privacy.FILE_PAGE,
}
