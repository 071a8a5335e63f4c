"""What is done every minute: small jobs by name, each of which finds what fell due and makes it happen.

Every job is safe to run twice, late, or by two beats: it asks the database what is due, and checks again on locked
rows before it changes anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Periodic:
    """One job of the sweep. Its name stands in the log and in what `./ithaca tick` prints."""

    name: str
    run: Callable[[Runtime], None]


def encode_profiles(runtime: Runtime) -> None:
    """Ask for the encoding of profiles that nobody has encoded as they now stand."""
    with runtime.units.work(SYSTEM) as work:
        for profile_id in due.profiles_without_vectors(work):
            work.queue(Job.ENCODE_PROFILE, profile_id)


def remind_mentors(runtime: Runtime) -> None:
    """Remind mentors of offers that end in a day."""
    each(runtime, due.reminders, due.remind)


def expire_offers(runtime: Runtime) -> None:
    """End offers whose deadline has passed, and with the last of them the wave."""
    each(runtime, due.offers_over, due.expire_offers)


def end_pauses(runtime: Runtime) -> None:
    """End mentors' pauses whose date has come."""
    each(runtime, mentoring.pauses_over, mentoring.end_pause)


def ask_people(runtime: Runtime) -> None:
    """Ask people how their matches go, everything of a day in one message."""
    each(runtime, asking.ask_due, asking.ask_person)


def end_asks(runtime: Runtime) -> None:
    """Let asks lapse that got no answer in their time."""
    each(runtime, asks.asks_over, asks.end_ask)


def end_match_pauses(runtime: Runtime) -> None:
    """Let mentorships go on whose pause has come to its date."""
    each(runtime, mentorships.match_pauses_over, mentorships.end_match_pause)


def remind_staff(runtime: Runtime) -> None:
    """Put requests before staff again that they have not moved on by the date the student was given."""
    each(runtime, due.with_staff_too_long, due.remind_staff)


def fill_places(runtime: Runtime) -> None:
    """Try the waiting list again where a mentor may be asked after all."""
    with runtime.units.work(SYSTEM) as work:
        for request_id in waiting.ready(work):
            work.queue(Job.MATCH_REQUEST, request_id)


def search_again(runtime: Runtime) -> None:
    """Search for requests whose search was lost, or that waited long enough to be tried again."""
    each(runtime, due.searches, due.search_again)


def forget_links(runtime: Runtime) -> None:
    """Forget links whose time is over: which of those in mails were used, and how staff signed in."""
    with runtime.units.work(SYSTEM) as work:
        used_links.forget_expired(work)
        sign_ins.forget_old(work)


def let_proposals_lapse(runtime: Runtime) -> None:
    """Close proposals of times that have all passed."""
    each(runtime, scheduling.lapsed, scheduling.let_lapse)


def remind_of_meetings(runtime: Runtime) -> None:
    """Remind pairs of planned meetings, a day and an hour before."""
    each(runtime, meeting_reminders.a_day_before, meeting_reminders.remind_a_day_before)
    each(runtime, meeting_reminders.an_hour_before, meeting_reminders.remind_an_hour_before)


def ask_whether_they_met(runtime: Runtime) -> None:
    """Ask pairs whether a planned meeting took place."""
    each(runtime, meeting_reminders.just_over, meeting_reminders.ask_whether_they_met)


def remind_of_items(runtime: Runtime) -> None:
    """Remind people of what they wanted to do by tomorrow."""
    each(runtime, action_items.item_reminders, action_items.remind_of_item)


def remind_claimers(runtime: Runtime) -> None:
    """Remind mentors of questions that they claimed two days ago."""
    each(runtime, question_claims.claims_to_remind, question_claims.remind_claimer)


def reopen_questions(runtime: Runtime) -> None:
    """Open questions again whose mentor has said nothing since the reminder."""
    each(runtime, question_claims.claims_silent, question_claims.reopen_silent)


def suggest_mentorships(runtime: Runtime) -> None:
    """Suggest mentorships to students whom the same mentor has answered well more than once."""
    each(runtime, suggestions.suggestions_due, suggestions.suggest_mentorship)


def look_at_matches(runtime: Runtime) -> None:
    """Judge anew how matches do, where something happened or a day has passed; many in one unit of work."""
    with runtime.units.read(SYSTEM) as reading:
        found = health.matches_to_look_at(reading)
    for start in range(0, len(found), MATCHES_AT_ONCE):
        with runtime.units.work(SYSTEM) as work:
            health.look_at(work, found[start : start + MATCHES_AT_ONCE])


def check_drafts(runtime: Runtime) -> None:
    """Ask again for the search for similar answers where it may have been lost."""
    with runtime.units.work(SYSTEM) as work:
        for question_id in question_drafts.drafts_unchecked(work):
            work.queue(Job.CHECK_QUESTION, question_id)


def post_drafts(runtime: Runtime) -> None:
    """Post questions whose search for similar answers nobody did, or whose student has said nothing to those found."""
    each(runtime, question_drafts.drafts_over, question_drafts.post_overdue)


def encode_questions(runtime: Runtime) -> None:
    """Ask for the encoding of posted questions that no worker has encoded."""
    with runtime.units.work(SYSTEM) as work:
        if question_drafts.posted_without_vector(work):
            work.queue(Job.ENCODE_QUESTIONS)


def refer_questions(runtime: Runtime) -> None:
    """Ask for mentors who fit questions that nobody claimed."""
    each(runtime, question_referrals.questions_to_refer, question_referrals.ask_for_referral)


def tell_staff_of_questions(runtime: Runtime) -> None:
    """Put questions before staff that nobody claims."""
    each(runtime, question_referrals.questions_for_staff, question_referrals.tell_staff)


def ask_for_runs(runtime: Runtime) -> None:
    """Ask again for what staff asked of a matching worker that was lost, and forget what came to nothing."""
    each(runtime, matching_runs.runs_lost, matching_runs.ask_again)
    with runtime.units.work(SYSTEM) as work:
        matching_runs.forget_runs(work)


def find_accounts(runtime: Runtime) -> None:
    """Ask for imported people to be looked for in Slack."""
    with runtime.units.work(SYSTEM) as work:
        if sought_accounts.sought_accounts(work):
            work.queue(Job.FIND_ACCOUNTS)


def note_health(runtime: Runtime) -> None:
    """Keep how many mentorships do how well today."""
    with runtime.units.work(SYSTEM) as work:
        health_days.note_health(work)


def publish_cohorts(runtime: Runtime) -> None:
    """Go on with matched intakes whose publishing stopped halfway."""
    with runtime.units.work(SYSTEM) as work:
        for run_id in cohort_publishing.publishing(work):
            work.queue(Job.PUBLISH_COHORT, run_id)


def finish_erasures(runtime: Runtime) -> None:
    """Go on where something is left of people who were erased."""
    with runtime.units.read(SYSTEM) as reading:
        unfinished = erasure.erasures_unfinished(reading)
    for person_id in unfinished:
        erase(runtime, person_id)


def forget_old_things(runtime: Runtime) -> None:
    """By night, forget what has been kept long enough: some of each kind each minute."""
    for forget in retention.FORGETTING if is_time(runtime.units.clock()) else ():
        with runtime.units.work(SYSTEM) as work:
            forget(work)


PERIODIC: tuple[Periodic, ...] = (
    Periodic("audit deliveries", audit_deliveries),
    Periodic("encode profiles", encode_profiles),
    Periodic("remind mentors", remind_mentors),
    Periodic("expire offers", expire_offers),
    Periodic("end pauses", end_pauses),
    Periodic("ask people", ask_people),
    Periodic("end asks", end_asks),
    Periodic("end pauses of mentorships", end_match_pauses),
    Periodic("remind staff", remind_staff),
    Periodic("search again", search_again),
    Periodic("fill places", fill_places),
    Periodic("let proposals lapse", let_proposals_lapse),
    Periodic("remind of meetings", remind_of_meetings),
    Periodic("ask whether they met", ask_whether_they_met),
    Periodic("remind of action items", remind_of_items),
    Periodic("remind of claimed questions", remind_claimers),
    Periodic("reopen silent questions", reopen_questions),
    Periodic("refer questions", refer_questions),
    Periodic("tell staff of unclaimed questions", tell_staff_of_questions),
    Periodic("forget links", forget_links),
    Periodic("look at matches", look_at_matches),
    Periodic("check drafts of questions", check_drafts),
    Periodic("post questions", post_drafts),
    Periodic("encode questions", encode_questions),
    Periodic("suggest mentorships", suggest_mentorships),
    Periodic("ask for runs", ask_for_runs),
    Periodic("find accounts", find_accounts),
    Periodic("note health", note_health),
    Periodic("publish cohorts", publish_cohorts),
    Periodic("finish erasures", finish_erasures),
    Periodic("forget old things", forget_old_things),
)


def each(runtime: Runtime, find: Callable[[Reading], list[UUID]], act: Callable[[Work, UUID], object]) -> None:
    """Act on each thing that is due in a unit of work of its own.

    One that fails does not keep the others waiting; what failed is raised as a group at the end.
    """
    with runtime.units.read(SYSTEM) as reading:
        found = find(reading)
    failures: list[Exception] = []
    for id_ in found:
        try:
            with runtime.units.work(SYSTEM) as work:
                act(work, id_)
        except Exception as failure:  # noqa: BLE001 (raised below)
            failure.add_note(f"while acting on {id_}")
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {len(found)} failed", failures)
