"""Check-ins and surveys: what a person is asked about their match, when, and when not."""

from enum import StrEnum


class AskKind(StrEnum):
    """What a person is asked."""

    CHECK_IN = "check_in"
    SURVEY = "survey"
    CLOSING = "closing"  # the survey at the end


class AskState(StrEnum):
    """What became of an ask that fell due."""

    ASKED = "asked"
    ANSWERED = "answered"
    SKIPPED = "skipped"  # never asked; its reason is kept
    LAPSED = "lapsed"  # asked, and not answered in its time


class FeedbackKind(StrEnum):
    """What a person said of their match, and on what occasion."""

    CHECK_IN = "check_in"
    SURVEY = "survey"
    CLOSING = "closing"
    HELP = "help"  # to staff alone
    ENDING = "ending"  # why a match ended, to staff alone
