"""What staff read in place of a page that cannot be shown."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException

from core.words import upper_first
from web.errors import BUSY, Explanation

NOT_HERE = Explanation(404, "This is not here", "It may have been removed, or the address is not quite right.")
TOO_LONG = Explanation(413, "This is too much at once", "What was sent is larger than any page here takes.")
EXPLAINED: Mapping[int, Explanation] = {
    400: Explanation(400, "This address cannot be read", "A part of it, such as a filter, is not what it should be."),
    403: Explanation(403, "That is not possible here", "These pages show; what changes things has pages of its own."),
    404: NOT_HERE,
    405: Explanation(405, "That is not possible here", "A page like this can only be opened."),
    503: BUSY,
}


def title_of(word: str) -> str:
    """A word of the code as staff read it: `check_in_due` is `Check-in due`."""
    return upper_first(word.replace("check_in", "check-in").replace("sign_in", "sign-in").replace("_", " "))


def explain(error: HTTPException) -> Explanation:
    """The page for this error."""
    return EXPLAINED.get(error.status_code, NOT_HERE)
