"""How a match goes, in a person's own words: the form, and what the partner reads of it if it was shared."""

from collections.abc import Mapping
from uuid import UUID

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    checkboxes,
    context,
    escape,
    message,
    modal,
    option,
    question,
    quote,
    radio_buttons,
    section,
    select,
    text_input,
    titled,
)
from bot.ids import Action, Callback, Field
from core.ask_words import MEANINGS
from core.rules.checkins import MOST_COMMENT
from core.services.feedback import FeedbackView

TITLE = "How is it going?"
SHARED = "shared"


def feedback_button(match_id: UUID) -> Json:
    """Opens the form about a match, without being asked."""
    return button(TITLE, Action.FEEDBACK_GIVE, match_id)


def rating_modal(partner_name: str, ask_id: UUID) -> Json:
    """The form that answers a survey."""
    return modal(TITLE, Callback.RATE, _questions(partner_name), submit="Send", carries=ask_id)


def feedback_modal(partner_name: str, match_id: UUID) -> Json:
    """The same about a match, without being asked."""
    return modal(TITLE, Callback.FEEDBACK, _questions(partner_name), submit="Send", carries=match_id)


def choosing_modal(partners: Mapping[UUID, str]) -> Json:
    """The same, for somebody with several matches: by match, the partner's name."""
    options = [option(name, match_id) for match_id, name in partners.items()]
    first = question("With", select(Field.FEEDBACK_WITH, options, placeholder="Choose one"))
    return modal(TITLE, Callback.FEEDBACK, [first, *_questions("")], submit="Send")


def _questions(partner_name: str) -> list[Json]:
    ratings = [option(str(number), number, meaning) for number, meaning in MEANINGS.items()]
    partner = escape(partner_name) or "your partner"
    share = option(f"Yes, {partner_name or 'they'} may read it", SHARED)
    return [
        question("Rating", radio_buttons(Field.FEEDBACK_RATING, ratings)),
        question("Comment", text_input(Field.FEEDBACK_COMMENT, "", MOST_COMMENT, lines=True), required=False),
        question("Share with my partner", checkboxes(Field.FEEDBACK_SHARED, [share]), required=False),
        context(f"Only staff read this, unless you share it with {partner}."),
    ]


def shared_message(shared: FeedbackView) -> Message:
    """To the partner, who may say how it is for them."""
    author = escape(shared.author.name)
    first = f"{author} shared with you how it is going: {shared.rating} of 5."
    words = f" {quote(shared.comment)}" if shared.comment.strip() else ""
    yours = [actions(feedback_button(shared.match_id))] if shared.is_running else []
    return message(
        f"{first}{words}", [section(f"*{first}*"), *titled(f"{shared.author.name} writes", shared.comment), *yours]
    )
