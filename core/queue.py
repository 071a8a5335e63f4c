"""Work queued by name. Redis only says "look now": what must happen, and when, stands in PostgreSQL."""

import logging
from enum import StrEnum
from typing import Protocol

from celery import Celery
from kombu.exceptions import OperationalError

from core.trace import current

log = logging.getLogger(__name__)
TRACE = "ithaca_trace"
"""The header of a job that carries the id of what asked for it."""


class Job(StrEnum):
    """The jobs that others may ask for. The part before the dot is the queue that runs it."""

    MATCH_REQUEST = "matching.match_request"
    FILL_PLACES = "matching.fill_places"
    ENCODE_PROFILE = "matching.encode_profile"
    CHECK_QUESTION = "matching.check_question"
    ENCODE_QUESTIONS = "matching.encode_questions"  # whatever is posted and has no vector: it names none
    SHOW_DRAFT = "delivery.show_draft"
    RUN = "matching.run"  # whatever staff asked for: see core.rules.runs
    SHOW_RUN = "delivery.show_run"
    REFER_QUESTION = "matching.refer_question"
    DELIVER = "delivery.deliver"  # whatever is due: it names no message
    PUBLISH_COHORT = "delivery.publish_cohort"
    REFRESH_HOME = "delivery.refresh_home"
    FIND_ACCOUNTS = "default.find_accounts"  # of whoever was imported and not looked for yet: it names none
    ERASE = "delivery.erase"  # go on with what is left of somebody who was erased

    @property
    def queue(self) -> str:
        """The Celery queue for this job."""
        return self.value.partition(".")[0]


class Queue(Protocol):
    """Where a unit of work leaves its wake-ups once it has committed."""

    def send(self, job: Job, *args: str) -> None:
        """Ask for a job. Never raises: a lost wake-up is found by the sweep."""


class CeleryQueue:
    """Wake-ups by Celery's broker."""

    def __init__(self, broker: Celery) -> None:
        self._broker = broker

    def send(self, job: Job, *args: str) -> None:
        """Ask for a job; without a broker say so in the log and leave it to the sweep."""
        try:
            headers = {TRACE: current()}
            self._broker.send_task(job.value, args, queue=job.queue, headers=headers, retry=False, ignore_result=True)
        except (OperationalError, OSError) as error:
            log.warning("no broker for %s: %s", job.value, error.__class__.__name__)


class Unheard:
    """A queue that nobody listens to: for who only reads, or whose jobs are found when workers warm up."""

    def send(self, job: Job, *args: str) -> None:
        """Nothing."""


def producer(redis_url: str) -> Celery:
    """A Celery application that can only send: it knows names, not tasks. It gives up fast."""
    app = Celery("ithaca", broker=redis_url, set_as_current=False)
    app.conf.update(
        broker_connection_retry_on_startup=False,
        broker_transport_options={"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_retries": 0},
        task_ignore_result=True,
    )
    return app
