"""A programme with a year of history, its pages served to a member of staff: for measurements and pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import FastAPI

from core.clock import stopped_at
from core.config import Settings
from core.links import sign_in_url
from core.queue import Unheard
from core.services.people import Person
from core.services.sign_ins import make_link
from core.uow import Units, admin, connect
from tests.bench.scratch import database
from tests.support import factories as make
from tests.support.served import serving
from tests.support.servers import free_port
from tests.support.year import analyze, fill
from web.admin.site import mount

NOW = datetime(2030, 3, 1, 12, 0, tzinfo=UTC)
USUAL = 10_000
"""People."""


@dataclass(frozen=True)
class Served:
    """A programme of a year, served to a member of staff."""

    settings: Settings
    units: Units
    ada: Person

    def link(self) -> str:
        """The way in, once."""
        with self.units.work(admin(self.ada.id)) as work:
            return sign_in_url(self.settings, make_link(work))


@contextmanager
def programme(people: int) -> Iterator[Served]:
    """A database of its own with a year of history for so many people, and its pages on a port."""
    with database({}) as made:
        port = free_port()
        settings = made.model_copy(update={"public_url": f"http://127.0.0.1:{port}"})
        units = Units(connect(settings.service_database_url, pool_size=20), Unheard(), stopped_at(NOW))
        if people:
            fill(units, people)
            analyze(settings)
        app = FastAPI()
        mount(app, settings, units)
        with serving(app, port):
            yield Served(settings, units, make.person(units, "Ada Staff", is_admin=True))
        units.engine.dispose()
