"""Where in the list of open questions somebody is, as the list's buttons say it."""

from dataclasses import dataclass

from bot.payloads import BadPayload
from bot.views.open_questions import EVERY


@dataclass(frozen=True)
class Place:
    """A page of the list about a topic, or about all."""

    topic: str = ""
    page: int = 1


def place_of(told: str) -> Place:
    """What a button says: the number of the page, and the topic if one was picked."""
    page, _, topic = told.partition(" ")
    if not (page.isascii() and page.isdigit() and len(page) < 5):
        raise BadPayload("no page of the list")
    return Place(topic, int(page))


def topic_picked(value: str) -> Place:
    """The first page about the topic that was picked."""
    return Place("" if value == EVERY else value)
