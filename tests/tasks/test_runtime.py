"""What the threads of a worker share."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import cast

from bot.context import Bot
from bot.gateway import Gateway
from core.config import Settings
from core.uow import Units
from matching.service import Matcher
from tasks.runtime import Runtime
from tests.support import factories
from tests.support.encoder import HashEncoder

THREADS = 8


def test_all_threads_of_a_worker_share_one_model_and_one_index(settings: Settings, units: Units) -> None:
    made: list[Matcher] = []

    def make(of: Units) -> Matcher:
        made.append(Matcher(of, HashEncoder()))
        return made[-1]

    mentor = factories.mentor(units, skills=("Python",))
    request = factories.request(units, factories.student(units, skills=("Python",)))
    runtime = Runtime(Bot(settings, units, cast("Gateway", None)), make)
    together = Barrier(THREADS)

    def search(_: int) -> tuple[Matcher, list[object]]:
        together.wait(30)
        matcher = runtime.matcher
        return matcher, [each.mentor_id for each in matcher.find(request).proposals]

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(search, range(THREADS)))
    assert len(made) == 1
    assert all(each == (made[0], [mentor.id]) for each in found)
