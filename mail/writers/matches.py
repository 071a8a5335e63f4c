"""A match from its introduction to its keepsake, with meetings, asks and action items."""

from collections.abc import Callable, Mapping
from uuid import UUID

from core.notifications import Kind
from core.rules.meetings import MeetingState
from core.services.action_items import item_view
from core.services.asks import sheet_view
from core.services.feedback import feedback_view
from core.services.held_meetings import meeting_view
from core.services.keepsakes import keepsake
from core.services.matches import MatchView, match_view, pair
from core.services.scheduling import Plan, plan
from core.services.staff_messages import staff_message
from core.uow import Reading
from mail.letters.asks import sheet_letter
from mail.letters.feedback import shared_letter
from mail.letters.items import item_reminder_letter
from mail.letters.keepsakes import keepsake_letter
from mail.letters.matches import introduction_letter
from mail.letters.meetings import meeting_letter, over_letter
from mail.letters.mentorships import changed_letter, goals_letter, kick_off_letter, match_pause_over_letter
from mail.letters.parts import Draft, Reader
from mail.letters.scheduling import (
    cancelled_letter,
    invitation_letter,
    planned_letter,
    proposed_letter,
    refused_letter,
    reminder_letter,
)
from mail.letters.staff_messages import staff_message_letter
from mail.writers.access import Writer, only_for


def _meeting_logged(reading: Reading, reader: Reader, meeting_id: UUID) -> Draft:
    meeting = meeting_view(reading, meeting_id)
    both = pair(reading, meeting.match_id)
    only_for(reader, both.student.id, both.mentor.id)
    return meeting_letter(reader, meeting)


def _asks(reading: Reading, reader: Reader, sheet_id: UUID) -> Draft:
    sheet = sheet_view(reading, sheet_id)
    only_for(reader, sheet.person_id)
    return sheet_letter(reader, sheet)


def _feedback_shared(reading: Reading, reader: Reader, feedback_id: UUID) -> Draft:
    shared = feedback_view(reading, feedback_id)
    only_for(reader, shared.reader_id)
    return shared_letter(reader, shared)


def _on_the_way(write: Callable[[Reader, Plan], Draft]) -> Writer:
    def written(reading: Reading, reader: Reader, meeting_id: UUID) -> Draft:
        found = plan(reading, meeting_id)
        only_for(reader, found.student.id, found.mentor.id)
        return write(reader, found)

    return written


def _of_match(write: Callable[[Reader, MatchView], Draft]) -> Writer:
    """What both sides of a match may read of it."""

    def written(reading: Reading, reader: Reader, match_id: UUID) -> Draft:
        match = match_view(reading, match_id)
        only_for(reader, match.student.person_id, match.mentor.person_id)
        return write(reader, match)

    return written


def _meeting_over(reading: Reading, reader: Reader, meeting_id: UUID) -> Draft:
    found = plan(reading, meeting_id)
    only_for(reader, found.student.id, found.mentor.id)
    held = meeting_view(reading, meeting_id) if found.state is MeetingState.HELD else None
    return over_letter(reader, found, held)


def _item_reminder(reading: Reading, reader: Reader, item_id: UUID) -> Draft:
    item = item_view(reading, item_id)
    only_for(reader, item.student.id, item.mentor.id)
    return item_reminder_letter(reader, item)


def _keepsake(reading: Reading, reader: Reader, match_id: UUID) -> Draft:
    kept = keepsake(reading, match_id)
    only_for(reader, kept.student_id, kept.mentor_id)
    return keepsake_letter(reader, kept)


def _staff_message(reading: Reading, reader: Reader, message_id: UUID) -> Draft:
    written = staff_message(reading, message_id)
    only_for(reader, *([written.to] if written.to else [written.student.id, written.mentor.id]))
    return staff_message_letter(written)


WRITERS: Mapping[Kind, Writer] = {
    Kind.INTRODUCTION: _of_match(introduction_letter),
    Kind.INTRODUCTION_LETTER: _of_match(introduction_letter),
    Kind.MEETING_PROPOSED: _on_the_way(proposed_letter),
    Kind.MEETING_REFUSED: _on_the_way(refused_letter),
    Kind.MEETING_PLANNED: _on_the_way(planned_letter),
    Kind.MEETING_INVITATION: _on_the_way(invitation_letter),
    Kind.MEETING_CANCELLED: _on_the_way(cancelled_letter),
    Kind.MEETING_REMINDER: _on_the_way(reminder_letter),
    Kind.MEETING_OVER: _meeting_over,
    Kind.MEETING_LOGGED: _meeting_logged,
    Kind.CHECK_IN: _asks,
    Kind.SURVEY: _asks,
    Kind.FEEDBACK_SHARED: _feedback_shared,
    Kind.ITEM_REMINDER: _item_reminder,
    Kind.KICK_OFF: _of_match(kick_off_letter),
    Kind.GOALS_PROPOSED: _of_match(goals_letter),
    Kind.MATCH_CHANGED: _of_match(changed_letter),
    Kind.MATCH_PAUSE_OVER: _of_match(match_pause_over_letter),
    Kind.KEEPSAKE: _keepsake,
    Kind.STAFF_MESSAGE: _staff_message,
}
