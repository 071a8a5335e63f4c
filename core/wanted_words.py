"""What a student reads of the mentor whom they asked for by name, and that mentor, in Slack, letters and pages.

The name comes as it is to be shown: escaped where it would be marked up. Whether the mentor said no or nothing, and
why one could not be asked, is not told.
"""

from core.rules.requests import RequestState, Wanted
from core.services.standing import RequestStatus

ASKED_BY_NAME = "You have answered questions of theirs, and they would like you as their mentor."
"""What the mentor reads."""

Standing = tuple[str, str]
"""Where a request stands, and what comes next."""


def with_wanted(status: RequestStatus, name: str, by: str, usual: Standing) -> Standing:
    """Where the request stands and what comes next, told with the mentor who was to be asked first.

    `usual` is what is told of any request.
    """
    now, following = usual
    match status.state, status.wanted:
        case RequestState.SEARCHING, Wanted.FIRST:
            return f"We are about to ask {name} to be your mentor.", f"Your request reaches them by {by}."
        case RequestState.OFFERED, Wanted.ASKED if status.asked == 1:
            return (
                f"{name} has been asked to be your mentor.",
                f"They have until {by} to answer. If they cannot, we ask the three mentors who fit you best.",
            )
        case RequestState.OFFERED, Wanted.ASKED:
            return f"{now} {name} is one of them.", following
        case RequestState.OFFERED, Wanted.PASSED:
            return f"{name} could not be asked this time. {now}", following
        case RequestState.WAITING, Wanted.FIRST | Wanted.PASSED:
            return f"{name} cannot be asked at the moment. {now}", following
        case ((RequestState.SEARCHING | RequestState.OFFERED | RequestState.WAITING), Wanted.COULD_NOT):
            return f"{name} cannot take this on at the moment. {now}", following
        case _:
            return usual
