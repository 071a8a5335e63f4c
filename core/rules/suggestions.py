"""A mentorship that two good answers suggest: offered to the student once, for ever."""

from datetime import timedelta
from enum import StrEnum

ANSWERS = 2
"""Well-rated answers between the same two before a mentorship is suggested."""

RECENT = timedelta(days=90)
"""How old the newest of these answers may be."""


class SuggestionState(StrEnum):
    """What the student made of it."""

    SUGGESTED = "suggested"
    TAKEN = "taken"  # asked for this mentor, or for any
    DECLINED = "declined"
