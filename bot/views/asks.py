"""What people are asked about their matches: check-ins, surveys, and how each stands."""

from collections.abc import Sequence

from bot.blocks import Json, Message, actions, and_more, button, context, escape, message, quote, section
from bot.ids import Action
from bot.views.feedback import feedback_button
from bot.views.help import help_button
from bot.views.scheduling import schedule_button
from core.ask_words import first_line, home_line, next_step, outcome, privacy, sheet_line
from core.rules.checkins import AskKind, AskState, CheckInAnswer
from core.rules.matches import LIVE
from core.services.asks import AskView, Sheet
from core.services.listing import First

SOME_GOALS = 200


def sheet_message(sheet: Sheet) -> Message:
    """All that a person is asked in one message, and what they answered."""
    asks = sheet.asks
    if len(asks) == 1:
        return message(_alone(asks[0]), [*_ask_blocks(asks[0]), *_small_print(asks)])
    title = sheet_line([_named(ask) for ask in asks if ask.is_open]) if sheet.is_open else ""
    text = " ".join(filter(None, (title, *(_told(ask) for ask in asks if not ask.is_open))))
    head = [section(f"*{title}*")] if title else []
    return message(text, [*head, *(block for ask in asks for block in _row(ask)), *_small_print(asks)])


def ask_blocks(asks: First[AskView]) -> list[Json]:
    """What is open, for the Home tab, each in one row."""
    rows = ((section(f"*{home_line(_named(ask), ask)}*"), _buttons(ask)) for ask in asks)
    return [*(block for row in rows for block in row), *and_more(asks.more, "in your messages")]


def _alone(ask: AskView) -> str:
    return f"{first_line(_named(ask), ask)} {privacy(ask, _named(ask))}" if ask.is_open else _told(ask)


def _row(ask: AskView) -> list[Json]:
    if not ask.is_open:
        return _settled(ask)
    return [section(first_line(_named(ask), ask)), _buttons(ask)]


def _ask_blocks(ask: AskView) -> list[Json]:
    if not ask.is_open:
        return _settled(ask)
    goals = [context(f"You agreed on: {quote(ask.goals, SOME_GOALS)}")] if ask.goals.strip() else []
    return [section(f"*{first_line(_named(ask), ask)}*"), *goals, _buttons(ask)]


def _small_print(asks: Sequence[AskView]) -> list[Json]:
    """Who reads an answer, once for the whole message."""
    open_ = [ask for ask in asks if ask.is_open]
    if not open_:
        return []
    ask = next((one for one in open_ if one.kind is AskKind.CHECK_IN), open_[0])
    return [context(privacy(ask, _named(ask) if len(asks) == 1 else ""))]


def _buttons(ask: AskView) -> Json:
    if ask.kind is not AskKind.CHECK_IN:
        return actions(button("Rate", Action.ASK_RATE, ask.ask_id, style="primary"))
    return actions(
        button(CheckInAnswer.GOING_WELL, Action.CHECK_IN_WELL, ask.ask_id),
        button(CheckInAnswer.COULD_BE_BETTER, Action.CHECK_IN_BETTER, ask.ask_id),
        button(CheckInAnswer.NOT_MET, Action.CHECK_IN_NOT_MET, ask.ask_id),
        help_button(ask.match_id),
    )


def _settled(ask: AskView) -> list[Json]:
    """How it stands, and the useful next thing while the match runs."""
    useful = _useful(ask) if ask.state is AskState.ANSWERED and ask.match_state in LIVE else []
    return [section(_told(ask)), *([actions(*useful)] if useful else [])]


def _told(ask: AskView) -> str:
    return " ".join(filter(None, (outcome(_named(ask), ask, "`/mentor feedback`"), next_step(_named(ask), ask))))


def _useful(ask: AskView) -> list[Json]:
    match ask.answer:
        case CheckInAnswer.NOT_MET:
            return [schedule_button(ask.match_id, main=True)]
        case CheckInAnswer.COULD_BE_BETTER:
            return [feedback_button(ask.match_id), help_button(ask.match_id)]
        case _:
            return []


def _named(ask: AskView) -> str:
    return escape(ask.partner_name)
