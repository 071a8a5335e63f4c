"""How a match does: a rule over what the pair did and said."""

from enum import StrEnum


class HealthState(StrEnum):
    """What staff read first of a match."""

    TOO_EARLY = "too early"
    HEALTHY = "healthy"
    WATCH = "watch"
    AT_RISK = "at risk"
