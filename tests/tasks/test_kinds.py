"""A kind of message has its lines in the tables that say how it goes out, and what is missing is named by its file."""

from collections.abc import Mapping, Set

from core.notifications import MANNERS, Kind
from mail.composing import WRITERS
from tasks.drawing import DRAWN, DRAWN_FOR
from tests.mail.samples import drafts

SAMPLES = {kind for kind, _, _ in drafts().values()} | {Kind.REMOVED}  # which takes a message down and is none itself
TABLES: Mapping[str, Set[Kind]] = {
    "MANNERS in core/notifications.py: how it treats people": MANNERS.keys(),
    "DRAWN in tasks/drawing.py: its view for Slack": DRAWN.keys() | DRAWN_FOR.keys(),
    "WRITERS in a module of mail/writers/: its letter": WRITERS.keys(),
    "drafts in tests/mail/samples.py: a letter to look at": SAMPLES,
}


def test_every_kind_of_message_has_its_lines() -> None:
    missing = [
        f"Kind.{kind.name} has no line in {where}" for where, known in TABLES.items() for kind in set(Kind) - known
    ]
    assert not missing, "; ".join(missing)
