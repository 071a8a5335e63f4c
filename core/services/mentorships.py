"""The life of a match: begun, paused, resumed, completed, ended. Either side may do each of these.

A match that ends is nobody's fault: why one side ended it, and which one, is for staff alone. Both are told the same.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from core.models import Feedback, Match, Profile, Request
from core.notifications import Kind, notify, notify_each, redraw, take_back, to_pair, to_person
from core.queue import Job
from core.rules.agreements import Agreement
from core.rules.checkins import FeedbackKind
from core.rules.errors import InvalidFields, NotAllowed
from core.rules.matches import EndReason, MatchState, move, pause_is_over, require_live
from core.rules.profiles import TEXT, tidy
from core.rules.roles import Role
from core.rules.wishes import Wish
from core.services.asks import ask_closing
from core.services.conversations import together
from core.services.matches import agreement_of, lock_match, own_match, refresh_homes, side_of
from core.services.offer_locks import lock_mentors
from core.services.requests import request_mentor
from core.services.routing import in_slack
from core.services.scheduling import cancel_all
from core.uow import Reading, Work

AT_ONCE = 200
A_MOMENT = timedelta(seconds=2)
"""The introduction opens the conversation; what comes next in it waits until it stands there."""

CARDS = (Kind.INTRODUCTION, Kind.KICK_OFF, Kind.GOALS_PROPOSED)
"""What a pair has before it whose buttons go once the match is over."""


class StudentsOnly(NotAllowed):
    """Only the student of a match looks for another mentor."""

    code = "students_only"


def begin(work: Work, match: Match) -> UUID:
    """Start a match, however it came about: the pair is introduced, and asked for goals and cadence.

    If one of them has no Slack, both have a letter: there is where the two go on.
    """
    match.state, match.started_at = MatchState.ACTIVE, work.now
    work.session.add(match)
    work.session.flush()
    notify(work, to_pair(match.id), Kind.INTRODUCTION, match.id)
    pair = together(work, [match.id])[match.id]
    here = [person for person in (pair.student, pair.mentor) if in_slack(person)]
    if len(here) == 1:
        notify(work, to_person(here[0].id), Kind.INTRODUCTION_LETTER, match.id)
    notify(work, to_pair(match.id), Kind.KICK_OFF, match.id, after=A_MOMENT)
    refresh_homes(work, match)
    return match.id


def propose_goals(work: Work, match_id: UUID, goals: str, cadence_days: int) -> None:
    """Propose what to reach and how often to meet; the other side is asked. Raises `InvalidFields` or `MatchOver`."""
    person_id = side_of(own_match(work, match_id), work.actor.user_id)
    with work.as_system():
        match = lock_match(work, match_id)
        require_live(match.state)
        before = agreement_of(match)
        _keep(work, match, before, before.proposed(person_id, goals, cadence_days, work.now))


def agree_to_goals(work: Work, match_id: UUID, version: str = "") -> None:
    """Agree to what the other side proposed, of which `version` was read. Twice changes nothing.

    Raises `NothingProposed`, `ProposalChanged`, `OwnProposal` or `MatchOver`.
    """
    person_id = side_of(own_match(work, match_id), work.actor.user_id)
    with work.as_system():
        match = lock_match(work, match_id)
        require_live(match.state)
        before = agreement_of(match)
        _keep(work, match, before, before.agreed(person_id, work.now, version))


def _keep(work: Work, match: Match, before: Agreement, now: Agreement) -> None:
    if now == before:
        return
    match.goals, match.cadence_days = now.goals, now.cadence_days
    match.agreed_by, match.agreed_at = [str(one) for one in now.agreed_by], now.agreed_at
    for kind in (Kind.KICK_OFF, Kind.GOALS_PROPOSED):
        redraw(work, kind, match.id)
    if now.is_open:
        other = match.mentor_id if match.student_id in now.agreed_by else match.student_id
        notify(work, to_person(other), Kind.GOALS_PROPOSED, match.id, f"{now.version}:{work.now.isoformat()}")
    refresh_homes(work, match)


def pause_match(work: Work, match_id: UUID, until: datetime) -> None:
    """Pause until a date at which it ends by itself. The mentor's place stays taken.

    Raises `NoSuchMove` if it is paused already, and `MatchOver`, as below.
    """
    own_match(work, match_id)
    with work.as_system():
        match = lock_match(work, match_id)
        match.state, match.paused_until = move(match.state, MatchState.PAUSED), until
        _tell(work, match)


def resume_match(work: Work, match_id: UUID) -> None:
    """End a pause before its date."""
    own_match(work, match_id)
    with work.as_system():
        match = lock_match(work, match_id)
        match.state, match.paused_until = move(match.state, MatchState.ACTIVE), None
        _tell(work, match)


def match_pauses_over(reading: Reading) -> list[UUID]:
    """Matches whose pause has come to its date."""
    over = select(Match.id).where(Match.state == MatchState.PAUSED, Match.paused_until <= reading.now)
    return list(reading.session.scalars(over.order_by(Match.paused_until).limit(AT_ONCE)))


def end_match_pause(work: Work, match_id: UUID) -> None:
    """End a pause that has come to its date, and say so to each side, once and in their daytime."""
    match = lock_match(work, match_id)
    until = match.paused_until
    if until is None or not pause_is_over(until, work.now):
        return
    match.state, match.paused_until = move(match.state, MatchState.ACTIVE), None
    _show_changes(work, match)
    for person_id in (match.student_id, match.mentor_id):
        notify(work, to_person(person_id), Kind.MATCH_PAUSE_OVER, match.id, f"{until.isoformat()}:{person_id}")
    refresh_homes(work, match)


def complete_match(work: Work, match_id: UUID) -> None:
    """They have done what they came for: each gets a keepsake, and is asked how it was. Raises `MatchOver`."""
    own_match(work, match_id)
    with work.as_system():
        match = lock_match(work, match_id)
        _close(work, match, MatchState.COMPLETED)
        notify_each(work, (match.student_id, match.mentor_id), Kind.KEEPSAKE, match.id)
        ask_closing(work, match.id)


def end_match(work: Work, match_id: UUID, reason: EndReason, note: str = "") -> None:
    """End a match without blame. Reason and note are for staff alone. Raises `MatchOver` or `InvalidFields`."""
    person_id, note = side_of(own_match(work, match_id), work.actor.user_id), _checked(note)
    with work.as_system():
        _end(work, lock_match(work, match_id), person_id, reason, note)


def find_another_mentor(work: Work, match_id: UUID, reason: EndReason, note: str = "") -> UUID:
    """End a match as `end_match` does, and ask for another mentor with the same wish. Returns the request.

    The former mentor is not asked again. Raises `StudentsOnly`, and `RequestAlreadyOpen` where one is open: then the
    match goes on.
    """
    own = own_match(work, match_id)
    student_id, note = side_of(own, work.actor.user_id), _checked(note)
    if student_id != own.student_id:
        raise StudentsOnly
    with work.as_system():
        match = lock_match(work, match_id)
        require_live(match.state)
        lock_mentors(work, [match.mentor_id])  # as everywhere: places before people
        wish = _wish(work, match)
    request_id = request_mentor(work, student_id, wish)
    with work.as_system():
        _end(work, match, student_id, reason, note)
    return request_id


def end_locked(work: Work, match: Match, *, ask: bool = True) -> None:
    """End a locked match, as the system or staff: both are told that it ended, no more, and asked how it was.

    Where it has hardly begun there is nothing to `ask`. Raises `MatchOver`.
    """
    _close(work, match, MatchState.ENDED)
    notify(work, to_pair(match.id), Kind.MATCH_CHANGED, match.id, MatchState.ENDED)
    if ask:
        ask_closing(work, match.id)


def _end(work: Work, match: Match, person_id: UUID, reason: EndReason, note: str) -> None:
    end_locked(work, match)
    work.session.add(
        Feedback(
            match_id=match.id,
            author_id=person_id,
            kind=FeedbackKind.ENDING,
            answer=reason,
            comment=note,
            said_at=work.now,
        )
    )


def _close(work: Work, match: Match, state: MatchState) -> None:
    """End a locked match in one of the two ways: what was planned is called off, its place is free, and who waits for
    one is tried. Who ends at once is not asked for goals afterwards.
    """
    match.state, match.paused_until, match.ended_at = move(match.state, state), None, work.now
    work.session.flush()
    cancel_all(work, match.id)
    take_back(work, Kind.KICK_OFF, match.id)
    for kind in CARDS:
        redraw(work, kind, match.id)
    _show_changes(work, match)
    refresh_homes(work, match)
    work.queue(Job.FILL_PLACES, match.mentor_id)


def _tell(work: Work, match: Match) -> None:
    _show_changes(work, match)
    notify(work, to_pair(match.id), Kind.MATCH_CHANGED, match.id, f"{match.state}:{work.now.isoformat()}")
    refresh_homes(work, match)


def _show_changes(work: Work, match: Match) -> None:
    """Let what was told of earlier pauses say how things stand now."""
    for kind in (Kind.MATCH_CHANGED, Kind.MATCH_PAUSE_OVER):
        redraw(work, kind, match.id)


def _wish(work: Work, match: Match) -> Wish:
    """What the student asked for in the request behind this match; else what the two wanted to reach."""
    asked = work.session.get(Request, match.request_id) if match.request_id else None
    if asked:
        return Wish.stored(asked.wish, asked.anything_else, asked.must_share)
    hopes = select(Profile.goals).where(Profile.user_id == match.student_id, Profile.role == Role.STUDENT)
    return Wish(match.goals or work.session.scalar(hopes) or "")


def _checked(note: str) -> str:
    note = tidy(note)
    if len(note) > TEXT:
        raise InvalidFields({"note": f"Please keep this under {TEXT:,} characters."})
    return note
