"""What blocks are put on: messages, modals, the Home tab."""

from dataclasses import dataclass

from bot.blocks.text import Json, plain, shorten_marked
from bot.ids import Callback

MESSAGE_BLOCKS, VIEW_BLOCKS, TEXT, TITLE = 50, 100, 3900, 24


@dataclass(frozen=True)
class Message:
    """A message. `text` makes sense alone: it is all that screen readers and notifications give."""

    text: str
    blocks: list[Json]

    def payload(self) -> Json:
        """As the Web API and response URLs take it."""
        return {"text": self.text, "blocks": self.blocks}


def message(text: str, blocks: list[Json]) -> Message:
    """A message within Slack's limits. What people typed must come escaped in `text`: it is marked up too."""
    return Message(shorten_marked(text, TEXT), blocks[:MESSAGE_BLOCKS])


def modal(
    title: str, callback: Callback, blocks: list[Json], *, submit: str = "", carries: object = "", known_as: object = ""
) -> Json:
    """A modal: with `submit` a form, without it something to read. `carries` comes back when it is sent.

    One that is `known_as` something can be changed while it is open by who knows that name alone.
    """
    made: Json = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, TITLE),
        "close": plain("Cancel" if submit else "Close", TITLE),
        "blocks": blocks[:VIEW_BLOCKS],
    }
    made |= {"submit": plain(submit, TITLE)} if submit else {}
    made |= {"external_id": str(known_as)} if known_as else {}
    return made | ({"private_metadata": str(carries)} if carries else {})


def home_tab(blocks: list[Json]) -> Json:
    """The Home tab."""
    return {"type": "home", "blocks": blocks[:VIEW_BLOCKS]}
