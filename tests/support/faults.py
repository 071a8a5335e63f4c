"""What a test of a fault saw. `tests/support/fault_table.py` puts it together."""

from collections.abc import Callable

import pytest

Seen = Callable[[str], None]
SEEN = "seen of fault"


@pytest.fixture
def seen(request: pytest.FixtureRequest) -> Seen:
    """Notes what was seen, for the table."""

    def note(words: str) -> None:
        request.node.user_properties.append((SEEN, words))

    return note
