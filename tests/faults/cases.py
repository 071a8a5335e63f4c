"""The twenty faults and abuses that the service is tested against: what happens, and what is expected then.

A test says by `@pytest.mark.fault(7)` which case it shows, and by `seen(...)` what it saw.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Case(NamedTuple):
    """One fault."""

    happens: str
    expected: str


CASES: Mapping[int, Case] = {
    1: Case("the same `event_id` again", "one effect, 200"),
    2: Case("double click; 50 parallel `Accept`", "one transition, the others see how it stands"),
    3: Case("worker killed between post and commit", "found by its metadata, no second message"),
    4: Case("connection dropped after Slack took it", "one post"),
    5: Case("client times out, post succeeds late", "one post"),
    6: Case("429 with `Retry-After: 30`", "that key waits, others go on, no worker blocked"),
    7: Case("five slow listeners", "the sixth is acknowledged while they wait"),
    8: Case("PostgreSQL down at a click", "acknowledged, a visible “try again”, nothing half-written"),
    9: Case("Redis killed with what it held", "the sweep finds all, nothing lost"),
    10: Case("two beats", "each slot once"),
    11: Case("trigger used late or twice", "a private message with a button to open it again"),
    12: Case("stale view hash", "drawn from what is true now, nothing overwritten"),
    13: Case("`user_disabled`, `cannot_dm_bot`", "one e-mail, person marked, open offers move on"),
    14: Case("`token_revoked`", "sending stops, staff told, queue kept, resumes without duplicates"),
    15: Case("unsigned, 301 s old or malformed body", "401/400, no traceback, nothing written"),
    16: Case("a correctly signed action by somebody else", "refused, nothing revealed"),
    17: Case("`<!channel>`, `<@U…>`, `javascript:` in a profile", "letters, nobody pinged"),
    18: Case("101 skills, 3,001 characters, 51 blocks", "shortened or paged, never `invalid_blocks`"),
    19: Case("a link replayed, prefetched, or opened in another browser", "at most one session, logged"),
    20: Case("erasure while a message is on its way", "nothing is sent afterwards, nothing left behind"),
}
