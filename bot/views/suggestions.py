"""A mentorship that good answers suggest: the message to the student, its place on the Home tab, and the form."""

from collections.abc import Sequence

from bot.blocks import Json, Message, actions, button, escape, message, modal, section
from bot.ids import Action, Callback
from bot.views.requests import TITLE, request_fields
from core.rules.wishes import Wish
from core.services.suggestions import SuggestionView
from core.suggestion_words import answered, asked_first, how, suggests

LABEL = 75


def suggestion_message(seen: SuggestionView) -> Message:
    """To the student, once for ever; once it is answered, that."""
    name = escape(seen.mentor_name)
    if not seen.is_open:
        text = answered(seen, name)
        return message(text, [section(text)])
    first, then = suggests(name), how(name)
    return message(f"{first} {then}", [section(f"*{first}*\n{then}"), _buttons(seen)])


def suggestion_blocks(seen: Sequence[SuggestionView]) -> list[Json]:
    """What is suggested, for the Home tab, each with its buttons."""
    return [block for one in seen for block in (section(suggests(escape(one.mentor_name))), _buttons(one))]


def suggested_request_modal(seen: SuggestionView) -> Json:
    """`Request a mentor`, with a word above it on who is asked first."""
    return modal(
        TITLE,
        Callback.SUGGESTED_REQUEST,
        [section(asked_first(f"*{escape(seen.mentor_name)}*")), *request_fields(Wish(""))],
        submit="Send",
        carries=seen.suggestion_id,
    )


def _buttons(seen: SuggestionView) -> Json:
    whole = f"Ask {seen.mentor_name} to be my mentor"
    label = whole if len(whole) <= LABEL else "Ask them to be my mentor"
    return actions(
        button(label, Action.SUGGESTION_TAKE, seen.suggestion_id, style="primary"),
        button("No thanks", Action.SUGGESTION_DECLINE, seen.suggestion_id),
    )
