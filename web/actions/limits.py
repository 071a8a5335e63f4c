"""How often one address may come with links that are none: enough for people, too little for guessing or noise."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock

MOST, WITHIN = 20, 60.0
ADDRESSES = 10_000


class BadLinks:
    """Counts bad links by address over the last minute, in this process alone. A good link is never held up by it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def too_many(self, address: str) -> bool:
        """Note one more from this address. Whether that is one too many."""
        now = self._clock()
        with self._lock:
            times = self._seen.setdefault(address, deque(maxlen=MOST + 1))
            self._seen.move_to_end(address)
            times.append(now)
            if len(self._seen) > ADDRESSES:
                self._seen.popitem(last=False)
            return len(times) > MOST and now - times[0] < WITHIN
