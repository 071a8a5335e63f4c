"""From a refusal to a sentence: what happened, and what to do now."""

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import escape, moment_mark
from core.rules.errors import DomainError
from core.rules.matches import MatchState
from core.rules.meetings import MeetingState
from core.rules.offers import OfferState
from core.rules.questions import QuestionMoved, QuestionState
from core.rules.requests import RequestState
from core.staff_words import refused

OFFER_SENTENCES: Mapping[object, str] = {
    OfferState.ACCEPTED: "You have already said yes to this student. Your conversation with them is in Slack.",
    OfferState.DECLINED: "You have already declined this student, so nothing is left to do here.",
    OfferState.TAKEN: "This student has just found a mentor. Thank you for being willing to help.",
    OfferState.EXPIRED: "The time to answer this one has passed. There will be others.",
    OfferState.WITHDRAWN: "This offer was taken back, so nothing is left to do here.",
}
MEETING_SENTENCES: Mapping[object, str] = {
    MeetingState.PROPOSED: "No time is picked yet.",
    MeetingState.PLANNED: "A time has been picked already: your Home tab has it.",
    MeetingState.HELD: "This meeting is noted as held, and you agreed to how it is told.",
    MeetingState.MISSED: "It is noted that this meeting did not take place. If it did, log it.",
    MeetingState.CANCELLED: "This is off the table by now. You can propose times with /mentor schedule.",
}
REQUEST_SENTENCES: Mapping[object, str] = {
    RequestState.MATCHED: "You already have a mentor for this request.",
    RequestState.CANCELLED: "This request is already cancelled. Ask again any time with /mentor request.",
}
MOVE_SENTENCES: Mapping[object, str] = {
    MatchState.ACTIVE: "This mentorship is not paused, so nothing was changed.",
    MatchState.PAUSED: "This mentorship is paused already, so nothing was changed.",
}
MATCH_SENTENCES: Mapping[object, str] = {
    MatchState.COMPLETED: "This mentorship is completed, so nothing was changed.",
    MatchState.ENDED: "This mentorship has already come to an end, so nothing was changed.",
}
QUESTION_SENTENCES: Mapping[object, str] = {
    QuestionState.DRAFT: "This question is not posted yet.",
    QuestionState.OPEN: "This question is open to all mentors at the moment, so nothing was changed.",
    QuestionState.CLAIMED: "{claimer} has claimed this question. Thank you for being willing to help.",
    QuestionState.ANSWERED: "{claimer} has answered this question already.",
    QuestionState.CLOSED: "This question was closed, so it needs no answer any more.",
}
YOUR_QUESTION: Mapping[object, str] = {
    QuestionState.CLAIMED: "You have claimed this question already. What you can do with it is in your messages.",
    QuestionState.ANSWERED: "You have answered this question already. Thank you.",
}
JUST_CLAIMED = "{claimer} claimed this a moment ago. Thank you for being willing to help."
OWN_QUESTION_SENTENCES: Mapping[object, str] = {
    QuestionState.OPEN: "Your question is posted already, and open to all mentors.",
    QuestionState.CLAIMED: "Your question is posted already, and a mentor has claimed it.",
    QuestionState.ANSWERED: "Your question is answered already, so nothing was changed.",
    QuestionState.CLOSED: "Your question is closed, so nothing was changed. You can ask another with /ask.",
}
SENTENCES: Mapping[str, str] = {
    "not_found": "This is not here any more, or it belongs to somebody else.",
    "not_allowed": "That is for the programme's staff alone.",
    "no_profile": "First tell mentors a little about you with /mentor profile. Then ask again.",
    "request_already_open": "You already have an open request. /mentor status shows where it stands.",
    "no_mentor": "This is for mentors. Become one with /mentor profile.",
    "nothing_proposed": "Nobody has proposed goals yet. Set them, and the other side is asked to agree.",
    "proposal_changed": "These goals have just been changed. Please read how they stand now, and agree then.",
    "own_proposal": "These goals are your own proposal. They hold once the other side agrees.",
    "students_only": "Only the student of a mentorship looks for another mentor.",
    "no_match": "This is for people who are matched. You have no running match at the moment.",
    "ask_answered": "You have answered this one already. Thank you.",
    "ask_lapsed": "This question has had its time. Tell us how it is going whenever you like: `/mentor feedback`.",
    "question_waiting": "Your question is on its way. Once it is answered you can ask another.",
    "no_more_questions": "You have asked two questions about this student, which is the most. "
    "If you say yes, your first meeting is the place for the rest.",
    "question_closed": "This mentor does not need an answer any more. Thank you all the same.",
    "question_answered": "You have answered this question already, and the mentor has your answer.",
    "meeting_begun": "This meeting has begun. Once it is over, we ask whether you met.",
    "meeting_to_come": "This meeting is still to come. Once it is over, we ask whether you met.",
    "time_passed": "This time has passed. Please pick another one, or “None of these”.",
    "suggestion_answered": "You have answered this suggestion before, so nothing was changed.",
    "item_done": "This is done already, so nothing is left to change.",
    "own_question": "This is your own question. A mentor will take it, and you hear from us as soon as one does.",
    "mentors_only": "Only mentors claim questions. Become one with /mentor profile.",
    "question_not_open_to_you": "This question is not open to you.",
    "time_left": "You still have time for this question: we remind you before anything happens to it.",
    "kept_between_two": "Your mentor would rather keep this summary between the two of you, so nothing was changed.",
    "already_rated": "You have rated this answer already. Thank you.",
    "enough_questions": "Three of your questions wait already. Once one of them is answered, or you withdraw one, you "
    "can ask the next.",
    "last_admin": "You are the only one on staff, so you cannot be erased before somebody else is.",
    "no_room": "All your places are taken. Raise “Mentees at a time” in /mentor profile, then accept again.",
}
EDITED_OFTEN = (
    "You have changed this request twice within a day, and mentors were asked anew each time. To spare them, the next "
    "change can be made from {moment}."
)
ANSWERED = "You have answered this one already: “{answer}”. Thank you."
BY_STATE: Mapping[str, Mapping[object, str]] = {
    "offer_closed": OFFER_SENTENCES,
    "request_closed": REQUEST_SENTENCES,
    "meeting_closed": MEETING_SENTENCES,
    "match_over": MATCH_SENTENCES,
    "no_such_move": MOVE_SENTENCES,
    "own_question_moved": OWN_QUESTION_SENTENCES,
}
REFUSED = "That cannot be done as things stand. /mentor shows what is open."
UNREADABLE = "This could not be read, so nothing was changed. Please open it once more and try again."
TRY_AGAIN = "Something went wrong on our side and nothing was changed. Please try again in a minute."


def sentence(error: DomainError) -> str:
    """What a person reads for a refusal."""
    if isinstance(error, QuestionMoved):
        return _moved(error)
    if by_state := BY_STATE.get(error.code):
        return by_state.get(error.facts.get("state"), REFUSED)
    if isinstance(again := error.facts.get("again_at"), datetime):
        return EDITED_OFTEN.format(moment=moment_mark(again, ""))
    if error.code == "ask_answered" and (answer := error.facts.get("answer")):
        return ANSWERED.format(answer=answer)
    return refused(error, escape) or SENTENCES.get(error.code, REFUSED)


def _moved(error: QuestionMoved) -> str:
    """How a quick question stands. Who claimed it stands in the channel, so it is no secret."""
    state, claimer = error.facts.get("state"), escape(str(error.facts.get("claimer") or "Another mentor"))
    if error.facts.get("mine") and state in YOUR_QUESTION:
        return YOUR_QUESTION[state]
    if error.facts.get("just") and state is QuestionState.CLAIMED:
        return JUST_CLAIMED.format(claimer=claimer)
    return QUESTION_SENTENCES.get(state, REFUSED).format(claimer=claimer)


def apology(reference: str) -> str:
    """What a person reads when we failed; the reference finds the line in the log."""
    return f"{TRY_AGAIN} If it happens again, tell staff this reference: {reference}"
