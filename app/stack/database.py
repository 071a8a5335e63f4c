"""The database of a data folder, for a command that needs nothing else: as it runs, or started for the while."""

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from app.embedded import postgres
from app.embedded.running import running
from app.errors import CommandError
from app.stack import plan as planning
from app.stack import record
from app.stack.plan import Choices
from core import config
from core.config import Settings


@contextmanager
def database(environ: Mapping[str, str], *, alone: bool = False) -> Iterator[Settings]:
    """The settings of a service whose database answers for the length of the block.

    With `alone` nobody else may use it meanwhile: raises `CommandError` if a stack runs on the folder.
    """
    data = planning.folder(environ)
    if connections := record.running(data):
        if alone:
            raise CommandError(f"Ithaca runs on {data}: stop it first, with Ctrl-C where it was started.")
        yield config.read({**environ, **connections, "ITHACA_DATA": str(data)})
        return
    with record.held(data):
        plan = planning.make(environ, data, Choices())
        settings = config.read(plan.variables)
        if plan.cluster is None:
            yield settings
            return
        postgres.stop_orphan(plan.cluster.folder)
        postgres.prepare(plan.cluster)
        log = _log(data)
        server = plan.cluster.command(), plan.cluster.is_ready, log, postgres.environment(), plan.cluster.account
        with running(*server, stop=signal.SIGINT):
            yield settings


def _log(data: Path) -> Path:
    folder = data / "logs"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / "postgres-alone.log"
