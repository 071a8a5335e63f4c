"""The Celery application of workers: names of jobs to the functions that do them.

Redis only says "look now". What must happen, and when, stands in PostgreSQL: no countdowns, no results, early
acknowledgement; a task that is lost with its worker is found by the sweep.
"""

import time
from collections.abc import Callable, Mapping
from uuid import UUID

from celery import Celery, Task

from core.config import Settings
from core.queue import TRACE, Job
from core.trace import deeds, following
from tasks.accounts import find_accounts
from tasks.broker import SWEEP, configured
from tasks.cohorts import publish_cohort
from tasks.delivery import deliver
from tasks.erasing import erase
from tasks.home import refresh_home
from tasks.matching import encode_profile, fill_places, match_request, refer_question
from tasks.questions import check_question, encode_questions, show_draft
from tasks.runs import do_run
from tasks.runs.showing import show_run
from tasks.runtime import DEFAULT, Rhythm, Runtime, runtime
from tasks.sweep import sweep

JOBS: Mapping[Job, Callable[..., None]] = {
    Job.MATCH_REQUEST: match_request,
    Job.FILL_PLACES: fill_places,
    Job.ENCODE_PROFILE: encode_profile,
    Job.CHECK_QUESTION: check_question,
    Job.ENCODE_QUESTIONS: encode_questions,
    Job.SHOW_DRAFT: show_draft,
    Job.REFER_QUESTION: refer_question,
    Job.RUN: do_run,
    Job.SHOW_RUN: show_run,
    Job.PUBLISH_COHORT: publish_cohort,
    Job.DELIVER: deliver,
    Job.REFRESH_HOME: refresh_home,
    Job.FIND_ACCOUNTS: find_accounts,
    Job.ERASE: erase,
}


class Jobs(Celery):
    """The application, and what its tasks share."""

    runtime: Runtime


def make(settings: Settings, *, warm: bool = False, rhythm: Rhythm = DEFAULT) -> Jobs:
    """An application with all tasks bound to one runtime of this process.

    `warm` loads the model at once: for workers of the queue `matching`, before they take the first request.
    """
    app = configured(Jobs("ithaca"), settings)
    shared = app.runtime = runtime(settings, rhythm)
    for job, run in JOBS.items():
        app.task(name=job.value, bind=True)(_task(job, run, shared))

    @app.task(name=SWEEP)
    def run_sweep() -> None:
        with following():
            sweep(shared)

    if warm:
        _ = shared.matcher
    return app


def _task(name: Job, run: Callable[..., None], shared: Runtime) -> Callable[..., None]:
    def do(task: Task[..., None], *subjects: str) -> None:
        """Do it under the id of what asked for it."""
        begun = time.perf_counter()
        with following((task.request.headers or {}).get(TRACE)):
            run(shared, *map(UUID, subjects))
            deeds.info("%s took %.0f ms", name, 1000 * (time.perf_counter() - begun))

    return do
