"""`/ask leaderboard`: who answered most this month and ever. Others' ratings are nowhere on it."""

from uuid import UUID

from bot.blocks import Json, context, divider, escape, header, modal, section
from bot.ids import Callback
from core.rules.leaderboard import Line
from core.services.leaderboard import Leaderboard
from core.words import count

HOW = (
    "Ordered by answers rated 4 or 5, then by answers; speed does not count, and ratings are not shown. "
    "A month is a calendar month in UTC. To leave your name out: *Message settings* on the Home tab."
)


def leaderboard_modal(month: Leaderboard, ever: Leaderboard, reader_id: UUID) -> Json:
    """Both lists, with the reader's own line in each."""
    name = f"{month.since:%B}" if month.since else "This month"
    return modal(
        "Leaderboard",
        Callback.LEADERBOARD,
        [
            header(name),
            *_board(month, reader_id, "Nobody has answered a question this month yet."),
            divider(),
            header("All time"),
            *_board(ever, reader_id, "Nobody has answered a question yet."),
            context(HOW),
        ],
    )


def _board(board: Leaderboard, reader_id: UUID, nothing: str) -> list[Json]:
    top, own = board.top(), board.own(reader_id)
    lines = [_line(line, mine=line is own) for line in top]
    blocks = [section("\n".join(lines) or nothing)]
    if own is None:
        return [*blocks, *([context("You have no answers here yet.")] if board.lines else [])]
    if own not in top:
        blocks.append(section(_line(own, mine=True)))
    aside = "" if own.shown else " Others do not see your line."
    return [*blocks, context(f"Only you read this: {_well_rated(own)} rated 4 or 5.{aside}")]


def _well_rated(own: Line) -> str:
    if not own.well_rated:
        return "none of your answers is"
    return count(own.well_rated, "of your answers is", "of your answers are")


def _line(line: Line, *, mine: bool) -> str:
    name = f"*{escape(line.name)}* (you)" if mine else escape(line.name)
    return f"{line.place}. {name} · {count(line.answered, 'answer')}"
