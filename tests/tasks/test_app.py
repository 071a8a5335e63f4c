"""Jobs as Celery runs them."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from core.config import Settings
from core.queue import TRACE, Job
from core.trace import current
from tasks import app as tasks
from tasks.runtime import Runtime


@pytest.fixture
def jobs(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[tasks.Jobs, list[tuple[UUID, str]]]]:
    """The application, with one job that notes what it was given and under which id it ran."""
    ran: list[tuple[UUID, str]] = []

    def note(_: Runtime, subject: UUID) -> None:
        ran.append((subject, current()))

    monkeypatch.setattr(tasks, "JOBS", {Job.MATCH_REQUEST: note})
    made = tasks.make(settings)
    yield made, ran
    made.runtime.units.engine.dispose()


def test_a_job_goes_on_with_the_id_of_what_asked_for_it(jobs: tuple[tasks.Jobs, list[tuple[UUID, str]]]) -> None:
    app, ran = jobs
    subject = uuid4()
    app.tasks[Job.MATCH_REQUEST.value].apply((str(subject),), headers={TRACE: "a1b2"})
    app.tasks[Job.MATCH_REQUEST.value].apply((str(subject),))
    (first, second) = ran
    assert first == (subject, "a1b2")
    assert second[1] not in ("", "a1b2")
