"""What is done every minute: small jobs by name, each of which finds what fell due and makes it happen.

Every job is safe to run twice, late, or by two beats: it asks the database what is due, and checks again on locked
rows before it changes anything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from uuid import UUID

from core.queue import Job
from core.rules.retention import is_time
from core.services import (
    action_items,
    asking,
    asks,
    cohort_publishing,
    due,
    erasure,
    health,
    health_days,
    matching_runs,
    meeting_reminders,
    mentoring,
    mentorships,
    question_claims,
    question_drafts,
    question_referrals,
    retention,
    scheduling,
    sign_ins,
    sought_accounts,
    suggestions,
    used_links,
    waiting,
)
from core.uow import SYSTEM, Reading, Work
from tasks.auditing import audit_deliveries
from tasks.erasing import erase
from tasks.runtime import Runtime

MATCHES_AT_ONCE = 100
Run = Callable[[Runtime], None]
Find = Callable[[Reading], list[UUID]]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Periodic:
    """One job of the sweep. Its name stands in the log and in what `./ithaca tick` prints."""

    name: str
    run: Run


def each(find: Find, act: Callable[[Work, UUID], object]) -> Run:
    """A job that acts on each thing that is due, in a unit of work of its own."""

    def run(runtime: Runtime) -> None:
        with runtime.units.read(SYSTEM) as reading:
            found = find(reading)
        one_by_one(found, partial(in_work, runtime, act))

    return run


def ask_for(job: Job, find: Find) -> Run:
    """A job that asks workers again for what is due: their wake-up may have been lost."""

    def run(runtime: Runtime) -> None:
        with runtime.units.work(SYSTEM) as work:
            for id_ in find(work):
                work.queue(job, id_)

    return run


def at_once(*steps: Callable[[Work], object]) -> Run:
    """A job that does these steps in one unit of work."""

    def run(runtime: Runtime) -> None:
        with runtime.units.work(SYSTEM) as work:
            for step in steps:
                step(work)

    return run


def in_order(*jobs: Run) -> Run:
    """A job of several parts. One that fails keeps no other from running."""
    return lambda runtime: one_by_one(jobs, lambda job: job(runtime))


def in_work(runtime: Runtime, act: Callable[[Work, Thing], object], thing: Thing) -> None:
    """Do something with one thing, in a unit of work of its own."""
    with runtime.units.work(SYSTEM) as work:
        act(work, thing)


def one_by_one(things: Sequence[Thing], act: Callable[[Thing], object]) -> None:
    """Act on each of these. One that fails does not keep the others waiting; what failed is raised as a group."""
    failures: list[Exception] = []
    for thing in things:
        try:
            act(thing)
        except Exception as failure:  # noqa: BLE001 (raised below)
            failure.add_note(f"while acting on {thing}")
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {len(things)} failed", failures)


def look_at_matches(runtime: Runtime) -> None:
    """Judge anew how matches do, where something happened or a day has passed; many in one unit of work."""
    with runtime.units.read(SYSTEM) as reading:
        found = health.matches_to_look_at(reading)
    some = [found[start : start + MATCHES_AT_ONCE] for start in range(0, len(found), MATCHES_AT_ONCE)]
    one_by_one(some, partial(in_work, runtime, health.look_at))


def finish_erasures(runtime: Runtime) -> None:
    """Go on where something is left of people who were erased."""
    with runtime.units.read(SYSTEM) as reading:
        unfinished = erasure.erasures_unfinished(reading)
    one_by_one(unfinished, partial(erase, runtime))


def forget_old_things(runtime: Runtime) -> None:
    """By night, forget what has been kept long enough: some of each kind each minute."""
    if is_time(runtime.units.clock()):
        in_order(*map(at_once, retention.FORGETTING))(runtime)


def _encode_questions(work: Work) -> None:
    if question_drafts.posted_without_vector(work):
        work.queue(Job.ENCODE_QUESTIONS)


def _find_accounts(work: Work) -> None:
    if sought_accounts.sought_accounts(work):
        work.queue(Job.FIND_ACCOUNTS)


PERIODIC: tuple[Periodic, ...] = (
    Periodic("audit deliveries", audit_deliveries),
    Periodic("encode profiles", ask_for(Job.ENCODE_PROFILE, due.profiles_without_vectors)),
    Periodic("remind mentors", each(due.reminders, due.remind)),
    Periodic("expire offers", each(due.offers_over, due.expire_offers)),
    Periodic("end pauses", each(mentoring.pauses_over, mentoring.end_pause)),
    Periodic("ask people", each(asking.ask_due, asking.ask_person)),
    Periodic("end asks", each(asks.asks_over, asks.end_ask)),
    Periodic("end pauses of mentorships", each(mentorships.match_pauses_over, mentorships.end_match_pause)),
    Periodic("remind staff", each(due.with_staff_too_long, due.remind_staff)),
    Periodic("search again", ask_for(Job.MATCH_REQUEST, due.searches)),
    Periodic("fill places", ask_for(Job.MATCH_REQUEST, waiting.ready)),
    Periodic("let proposals lapse", each(scheduling.lapsed, scheduling.let_lapse)),
    Periodic(
        "remind of meetings",
        in_order(
            each(meeting_reminders.a_day_before, meeting_reminders.remind_a_day_before),
            each(meeting_reminders.an_hour_before, meeting_reminders.remind_an_hour_before),
        ),
    ),
    Periodic("ask whether they met", each(meeting_reminders.just_over, meeting_reminders.ask_whether_they_met)),
    Periodic("remind of action items", each(action_items.item_reminders, action_items.remind_of_item)),
    Periodic("remind of claimed questions", each(question_claims.claims_to_remind, question_claims.remind_claimer)),
    Periodic("reopen silent questions", each(question_claims.claims_silent, question_claims.reopen_silent)),
    Periodic("refer questions", ask_for(Job.REFER_QUESTION, question_referrals.questions_to_refer)),
    Periodic(
        "tell staff of unclaimed questions", each(question_referrals.questions_for_staff, question_referrals.tell_staff)
    ),
    Periodic("forget links", at_once(used_links.forget_expired, sign_ins.forget_old)),
    Periodic("look at matches", look_at_matches),
    Periodic("check drafts of questions", ask_for(Job.CHECK_QUESTION, question_drafts.drafts_unchecked)),
    Periodic("post questions", each(question_drafts.drafts_over, question_drafts.post_overdue)),
    Periodic("encode questions", at_once(_encode_questions)),
    Periodic("suggest mentorships", each(suggestions.suggestions_due, suggestions.suggest_mentorship)),
    Periodic(
        "ask for runs",
        in_order(each(matching_runs.runs_lost, matching_runs.ask_again), at_once(matching_runs.forget_runs)),
    ),
    Periodic("find accounts", at_once(_find_accounts)),
    Periodic("note health", at_once(health_days.note_health)),
    Periodic("publish cohorts", ask_for(Job.PUBLISH_COHORT, cohort_publishing.publishing)),
    Periodic("finish erasures", finish_erasures),
    Periodic("forget old things", forget_old_things),
)
