"""What one worker process takes: run by itself, so that nothing else is counted."""

import json
import sys
import time
from resource import RUSAGE_SELF, getrusage

import psutil
from sqlalchemy import select

from core.models import Profile
from core.queue import Unheard
from core.rules.roles import Role
from core.uow import SYSTEM, Units, connect
from embeddings.encoder import load
from embeddings.index import MentorIndex
from embeddings.profiles import ProfileEncoder

MB = 1 << 20


def main(url: str, model: str) -> None:
    """Print as JSON: seconds to build the index and to take in one change, and megabytes before, after and at most."""
    units, encoder = Units(connect(url, pool_size=2), Unheard()), load(model)
    encoder.encode(["The model is loaded."])
    before = psutil.Process().memory_info().rss
    index = MentorIndex(encoder)
    build = _seconds(index, units)
    after = psutil.Process().memory_info().rss
    with units.work(SYSTEM) as work:
        profile = work.session.scalars(select(Profile).where(Profile.role == Role.MENTOR).limit(1)).one()
        was = profile.headline, profile.content_hash
        profile.headline, profile.content_hash = "Somebody else", "another"
    ProfileEncoder(units, encoder).encode(profile.id)
    follow = _seconds(index, units)
    with units.work(SYSTEM) as work:
        profile = work.session.get_one(Profile, profile.id)
        profile.headline, profile.content_hash = was
    ProfileEncoder(units, encoder).encode(profile.id)
    peak = getrusage(RUSAGE_SELF).ru_maxrss * 1024
    told = {"build": build, "follow": follow, "before": before / MB, "after": after / MB, "peak": peak / MB}
    sys.stdout.write(json.dumps(told))


def _seconds(index: MentorIndex, units: Units) -> float:
    began = time.perf_counter()
    index.refresh(units)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(*sys.argv[1:])
