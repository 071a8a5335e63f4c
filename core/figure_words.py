"""What the figures of the programme are called, and how each is written: the same in Slack and on the web."""

from collections.abc import Mapping
from enum import StrEnum

from core.services.question_reports import QuestionStats
from core.services.reports import Stats

UNKNOWN = "not known yet"


class Figure(StrEnum):
    """One number, by the name under which staff find it wherever they look."""

    STUDENTS = "Students"
    MENTORS = "Mentors"
    FREE_PLACES = "Free places"
    OPEN_REQUESTS = "Open requests"
    WAITING = "On the waiting list"
    WITH_STAFF = "With staff"
    RUNNING = "Running mentorships"
    TO_MATCH = "Request to match (median)"
    ASKED = "Asked"
    IN_TIME = "Claimed within 24 hours"
    TO_CLAIM = "Question to claim (median)"
    ANSWERED = "Answered"
    RATING = "Mean rating"
    OPEN_NOW = "Open now"
    LOST = "Claims given back or silent"


def of_programme(stats: Stats) -> Mapping[Figure, str]:
    """How the programme stands now."""
    return {
        Figure.STUDENTS: f"{stats.students:,}",
        Figure.MENTORS: f"{stats.mentors:,}",
        Figure.FREE_PLACES: f"{stats.free_places:,}",
        Figure.OPEN_REQUESTS: f"{stats.open_requests:,}",
        Figure.WAITING: f"{stats.waiting:,}",
        Figure.WITH_STAFF: f"{stats.with_staff:,}",
        Figure.RUNNING: f"{stats.live_matches:,}",
        Figure.TO_MATCH: _hours(stats.hours_to_match),
    }


def of_questions(stats: QuestionStats) -> Mapping[Figure, str]:
    """How quick questions have done since the first."""
    return {
        Figure.ASKED: f"{stats.asked:,}",
        Figure.IN_TIME: UNKNOWN if stats.in_time is None else f"{stats.in_time:.0%}",
        Figure.TO_CLAIM: _hours(stats.hours_to_claim),
        Figure.ANSWERED: f"{stats.answered:,}",
        Figure.RATING: UNKNOWN if stats.mean_rating is None else f"{stats.mean_rating:.1f} of 5",
        Figure.OPEN_NOW: f"{stats.open_now:,}",
        Figure.LOST: f"{stats.reopened:,}",
    }


def _hours(hours: float | None) -> str:
    if hours is None:
        return UNKNOWN
    if hours < 1:
        return "less than an hour"
    told = f"{hours:,.1f}".removesuffix(".0")
    return "an hour" if told == "1" else f"{told} hours"
