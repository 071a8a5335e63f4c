"""What a student reads when a mentorship is suggested to them, the same in Slack, in letters and on pages.

Names come as they are to be shown: escaped where they would be marked up.
"""

from core.rules.suggestions import SuggestionState
from core.services.suggestions import SuggestionView


def how(name: str) -> str:
    """What becomes of either answer."""
    return f"If you ask, {name} is the first to be asked. If you would rather not, they do not hear of it."


def suggests(name: str) -> str:
    """The suggestion, in a sentence or two."""
    return f"{name} has answered more than one of your questions well. Would you like them as your mentor?"


def asked_first(name: str) -> str:
    """What becomes of the request, before it is written."""
    return (
        f"{name} is asked first, and alone, as soon as you send this. If they cannot take it on, or cannot be asked at "
        "the moment, we ask the three mentors who fit you best."
    )


def answered(seen: SuggestionView, name: str) -> str:
    """What the student made of it."""
    if seen.matched:
        return f"{name} is your mentor now, so nothing is left to do here."
    if seen.state is SuggestionState.TAKEN:
        return f"You asked for {name} as your mentor. Your request says how it goes."
    return f"You would rather not ask {name}. They have not heard of it, and we do not suggest it again."
