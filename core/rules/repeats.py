"""When somebody says the same again: Slack lets people send a form once more whose answer came late."""

from datetime import datetime, timedelta

AGAIN = timedelta(minutes=10)
"""For so long, the same words of the same person are one thing that was sent twice."""


def same_since(now: datetime) -> datetime:
    """What was said after this moment, and says the same, was said once."""
    return now - AGAIN
