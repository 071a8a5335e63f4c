"""What the tasks of one worker process share."""

import gc
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.context import Bot
from bot.gateway import Gateway
from core.config import Settings
from core.queue import CeleryQueue, producer
from core.uow import Units, units_of
from embeddings.encoder import load
from mail.smtp import Postman
from matching.service import Matcher
from tasks.presence import Presences


@dataclass(frozen=True)
class Rhythm:
    """How deliveries go about it.

    Claims grow from `least` messages to `most` while Slack answers fast: a slow one shall not keep messages from
    other workers. `lease`: what a dead process claimed is left alone for so long, since its last call to Slack may
    still arrive; longer than the slowest message takes. `settle`: the same after an answer that never came; it
    doubles with each try, up to `longest`.
    """

    least: int = 8
    most: int = 100
    lease: timedelta = timedelta(seconds=45)
    settle: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(minutes=5)
    look_every: timedelta = timedelta(seconds=1)


DEFAULT = Rhythm()

MakeMatcher = Callable[[Units], Matcher]


class Runtime:
    """The database, Slack, mail and the matcher of one process. The matcher is made when it is first asked for."""

    def __init__(
        self, bot: Bot, make_matcher: MakeMatcher, postman: Postman | None = None, rhythm: Rhythm = DEFAULT
    ) -> None:
        self.bot, self.units, self._make_matcher, self.rhythm = bot, bot.units, make_matcher, rhythm
        self.postman = postman or Postman(bot.settings)
        self.presences = Presences(bot.units.engine)
        self._making = threading.Lock()
        self._matcher: Matcher | None = None

    @property
    def matcher(self) -> Matcher:
        """The encoder and the index: one of each in a process, however many threads ask at once.

        Only the workers of the queue `matching` ever ask.
        """
        with self._making:
            if self._matcher is None:
                matcher = self._make_matcher(self.units)
                matcher.warm()
                gc.collect()
                gc.freeze()  # the model and the index stay: no collection needs to look through them again
                self._matcher = matcher
        return self._matcher

    def close(self) -> None:
        """Let go of what deliveries hold in the database."""
        self.presences.end()


def runtime(settings: Settings, rhythm: Rhythm = DEFAULT) -> Runtime:
    """The runtime of a worker of this service."""
    units = units_of(settings, CeleryQueue(producer(settings.redis_url)))
    return Runtime(Bot(settings, units, Gateway(settings)), matcher_of(settings), rhythm=rhythm)


def matcher_of(settings: Settings) -> MakeMatcher:
    """Makes a matcher with the models that the settings name."""

    def make_matcher(units: Units) -> Matcher:
        return Matcher(units, load(settings.model), load(settings.model_before) if settings.model_before else None)

    return make_matcher
