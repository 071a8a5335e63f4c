"""What one worker process takes: run by itself, so that nothing else is counted."""

import json
import sys
import time
from collections.abc import Callable
from resource import RUSAGE_SELF, getrusage
from typing import TypeVar

import psutil
from sqlalchemy import select

from core.models import Profile
from core.queue import Unheard
from core.rules.roles import Role
from core.uow import SYSTEM, Units, connect
from embeddings.encoder import load
from matching.service import Matcher

MB = 1 << 20
Result = TypeVar("Result")


def main(url: str, model: str) -> None:
    """Print as JSON: seconds to load, to get ready and to take in one change; megabytes before, after and at most."""
    units = Units(connect(url, pool_size=2), Unheard())
    loading, encoder = _timed(lambda: load(model))
    encoder.encode(["The model is loaded."])
    before = psutil.Process().memory_info().rss
    matcher = Matcher(units, encoder)
    warming, _ = _timed(matcher.warm)
    after = psutil.Process().memory_info().rss
    with units.work(SYSTEM) as work:
        profile = work.session.scalars(select(Profile).where(Profile.role == Role.MENTOR).limit(1)).one()
        was = profile.headline, profile.content_hash
        profile.headline, profile.content_hash = "Somebody else", "another"
    changing, _ = _timed(lambda: matcher.encode(profile.id))
    with units.work(SYSTEM) as work:
        profile = work.session.get_one(Profile, profile.id)
        profile.headline, profile.content_hash = was
    matcher.encode(profile.id)
    peak = getrusage(RUSAGE_SELF).ru_maxrss * 1024
    seconds = {"loading": loading, "warming": warming, "changing": changing}
    sys.stdout.write(json.dumps({**seconds, "before": before / MB, "after": after / MB, "peak": peak / MB}))


def _timed(do: Callable[[], Result]) -> tuple[float, Result]:
    began = time.perf_counter()
    done = do()
    return time.perf_counter() - began, done


if __name__ == "__main__":
    main(*sys.argv[1:])
