"""The weeks, hour by hour: people act, messages go out, and what falls due is done as `./ithaca tick` does it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.sample.people import SamplePerson
from app.seed import tell
from bot.context import Bot
from core.queue import Job
from core.rules.referrals import Candidate, Fit, Habit, Load, choose
from core.services.people import Person, SlackIdentity, remember
from core.services.question_referrals import refer_question
from core.uow import SYSTEM, Units, connect
from embeddings.vectors import Encoder
from matching.service import Matcher
from tasks.app import JOBS
from tasks.runtime import DEFAULT, Runtime
from tasks.tick.inline import Inline
from tasks.tick.ticking import Stopped, fall_due
from tests.bench.care.receiving import Mail, Slack
from tests.bench.market.playing import Play
from tests.bench.market.world import Market
from tests.bench.scratch import database

START = datetime(2030, 1, 7, tzinfo=UTC)  # a Monday
HOURS = 2  # people act twelve times a day, when everything that fell due is done as well
A_DAY_MORE = 24  # hours in which nobody asks, so that every question has had its day
RHYTHM = replace(DEFAULT, least=DEFAULT.most)
TEAM = "T0BENCH"
LEFT_OUT = frozenset({Job.REFRESH_HOME, Job.ENCODE_PROFILE, Job.MATCH_REQUEST, Job.FILL_PLACES})


class Asking(StrEnum):
    """Who is asked directly about a question that nobody claimed."""

    NOBODY = "nobody asked"
    BY_FIT = "asked by fit alone"
    BY_RULE = "asked by the rule"


@dataclass(frozen=True)
class Fortnight:
    """What the weeks leave."""

    play: Play
    units: Units
    failures: Mapping[str, Exception]


@contextmanager
def lived(market: Market, asking: Asking, encoder: Encoder, environ: Mapping[str, str]) -> Iterator[Fortnight]:
    """Let this market live through its days on a database of its own."""
    with database(environ) as settings:
        engine = connect(settings.service_database_url, pool_size=4)
        clock, queue = Stopped(), Inline(_jobs(asking))
        clock.moment = START
        units = Units(engine, queue, clock)
        mentors = {one.number: _join(units, one.sample) for one in market.mentors}
        students = {number: _join(units, one) for number, one in enumerate(market.students)}
        play = Play(market, units, mentors, students, START)
        bot = Bot(settings, units, Slack(clock))
        failures: dict[str, Exception] = {}
        with closing(Runtime(bot, lambda all_: Matcher(all_, encoder), Mail(settings), RHYTHM)) as runtime:
            for hour in range(0, market.days * 24 + A_DAY_MORE, HOURS):
                clock.moment = START + timedelta(hours=hour)
                play.act(clock.moment)
                failed, _ = fall_due(runtime, queue)
                failures |= failed | queue.failed
                play.read_messages(clock.moment)
        yield Fortnight(play, units, failures)
        engine.dispose()


def _jobs(asking: Asking) -> dict[Job, Callable[..., None]]:
    """The service's own jobs; a question that nobody may refer stays as it is."""
    jobs = {job: run for job, run in JOBS.items() if job not in LEFT_OUT}
    if asking is Asking.NOBODY:
        del jobs[Job.REFER_QUESTION]
    elif asking is Asking.BY_FIT:
        jobs[Job.REFER_QUESTION] = _refer_by_fit_alone
    return jobs


def _refer_by_fit_alone(runtime: Runtime, question_id: UUID) -> None:
    chosen = runtime.matcher.refer(question_id, rule=by_fit_alone)
    with runtime.units.work(SYSTEM) as work:
        refer_question(work, question_id, chosen)


def by_fit_alone(candidates: list[Candidate], topics: int) -> tuple[Fit, ...]:
    """The alternative: as if nobody had anything else to do, and nothing were known of anybody."""
    return choose([replace(one, load=Load(), habit=Habit()) for one in candidates], topics)


def _join(units: Units, sample: SamplePerson) -> Person:
    identity = SlackIdentity(TEAM, sample.slack_id or sample.key, sample.name, sample.email, sample.tz)
    with units.work(SYSTEM) as work:
        person = remember(work, identity)
    tell(units, person, sample)
    return person
