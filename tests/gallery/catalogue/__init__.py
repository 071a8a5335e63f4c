"""Everything that hangs in the gallery, a room for each aggregate."""

from collections.abc import Sequence

from tests.gallery.catalogue import feedback, matches, meetings, offers, people, questions, requests, staff
from tests.gallery.exhibits import Room

ROOMS: Sequence[Room] = (
    people.ROOM,
    requests.ROOM,
    offers.ROOM,
    matches.ROOM,
    meetings.ROOM,
    feedback.ROOM,
    questions.ROOM,
    staff.ROOM,
)
