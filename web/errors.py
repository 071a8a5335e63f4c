"""From what went wrong to what a person reads in the browser: what happened, and what to do now."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.privacy_words import ERASED
from core.rules.errors import DomainError


class PersonGone(Exception):
    """The link's owner takes no part any more, or is not known any more."""


class PersonErased(PersonGone):
    """The link's owner was erased: most likely just now, on the page that this link opened."""


@dataclass(frozen=True)
class Explanation:
    """A page in place of the one that was wanted."""

    status: int
    title: str
    text: str


SENTENCES: Mapping[str, str] = {
    "not_found": "This is not here any more.",
    "no_mentor": "This is for mentors, and you have no mentor's profile.",
    "no_room": "All your places are taken, so nothing was changed. Write to us if you can take one student more.",
    "offer_closed": "",  # in these cases the page itself says how it stands
    "ask_answered": "",
    "ask_lapsed": "",
    "no_match": "This mentorship is over, so nothing was kept.",
    "match_over": "This mentorship is over, so nothing was changed.",
    "no_such_move": "",
    "nothing_proposed": "",
    "proposal_changed": "These goals have just been changed. Please read how they stand now.",
    "own_proposal": "",
    "students_only": "Only the student of a mentorship looks for another mentor.",
    "request_already_open": "You have an open request for a mentor already, so nothing was changed.",
    "suggestion_answered": "",
    "question_waiting": "",
    "question_closed": "",
    "question_answered": "",
    "question_moved": "",
    "last_admin": "You are the only one on staff, so you cannot be erased before somebody else is.",
    "already_rated": "",
    "time_left": "",
    "kept_between_two": "",
    "own_question": "This is your own question, so a mentor other than you will take it.",
    "mentors_only": "This is for mentors, and you have no mentor's profile.",
    "question_not_open_to_you": "This question is not open to you.",
    "meeting_closed": "",
    "meeting_begun": "This meeting has begun, so it was not cancelled. Afterwards you can tell us whether you met.",
    "meeting_to_come": "This meeting is still to come. Once it is over, you can tell us whether you met.",
    "time_passed": "This time has passed. Please pick another one, or “None of these”.",
    "no_more_questions": "You have asked two questions about this student, which is the most. "
    "If you say yes, the first meeting is the place for the rest.",
}
REFUSED = "That cannot be done as things stand, and nothing was changed."

BROKEN_LINK = Explanation(
    404,
    "This link does not work",
    "Part of it is missing or was changed on its way, as mail programs sometimes do with long links. "
    "Please open it from the mail itself, or copy all of it.",
)
EXPIRED_LINK = Explanation(
    410,
    "The time of this link is over",
    "Links in our mails work for a limited time. Please look for a newer mail from us, or ask us for a new one.",
)
NOT_HERE = Explanation(
    404,
    "This is not here any more",
    "What this link was about has been removed. Nothing is left for you to do.",
)
PERSON_GONE = Explanation(
    410,
    "This account is closed",
    "The link belongs to somebody who does not take part any more. If that is you and you would like to come back, "
    "please write to us.",
)
PERSON_ERASED = Explanation(410, "You are erased", ERASED)
NOT_FROM_THE_PAGE = Explanation(
    403,
    "This did not come from our page",
    "Nothing was changed. Please open the link in your mail, and press the button on the page that it opens.",
)
NO_SUCH_WAY = Explanation(
    405,
    "That is not possible here",
    "A page like this can only be opened, and its buttons pressed. Please open the link in your mail again.",
)
TOO_LARGE = Explanation(
    413,
    "That is too much text",
    "Nothing was changed. Please go back and send less; what you typed should still be there.",
)
TOO_MANY = Explanation(
    429,
    "Please wait a minute",
    "Too many links that do not work came from your address. Please open the link in your mail again after that.",
)
BUSY = Explanation(
    503,
    "We cannot get at our records just now",
    "Nothing was changed. Please try again in a minute.",
)


def sentence(error: DomainError) -> str:
    """What a person reads above the page when what they asked for was refused."""
    return SENTENCES.get(error.code, REFUSED)


def refusal(error: DomainError) -> Explanation:
    """The page in place of one that this person cannot have as things stand."""
    return Explanation(409, "That is not possible", sentence(error) or REFUSED)


def apology(reference: str) -> Explanation:
    """We failed; the reference finds the line in the log."""
    text = (
        f"Nothing was changed. Please try again in a minute. If it happens again, tell us this reference: {reference}"
    )
    return Explanation(500, "Something went wrong on our side", text)
