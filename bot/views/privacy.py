"""What is kept about a person, in two sentences; and the ways to have it, and to be erased."""

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    header,
    home_tab,
    link,
    message,
    modal,
    question,
    section,
    text_input,
)
from bot.ids import Action, Callback, Field
from core.privacy_words import ERASED, GOES, KEPT, LINK_LASTS, STAYS, WHO_SEES
from core.rules.erasure import WORD


def privacy_button() -> Json:
    """Opens what follows."""
    return button("Privacy", Action.MENU_PRIVACY)


def privacy_message(url: str) -> Message:
    """For this person's eyes: what is kept, a page that tells more, and what they can do."""
    text = f"{KEPT} {WHO_SEES}"
    return message(
        f"{text} More: {url}",
        [section(f"{text} {link(url, 'Read more')}."), actions(*_buttons())],
    )


def privacy_modal(url: str) -> Json:
    """The same, where there is no conversation: on the Home tab."""
    return modal("Privacy", Callback.NOTICE, privacy_message(url).blocks)


def own_data_message() -> Message:
    """To a person who asked staff for what is kept about them."""
    text = "You asked for what Ithaca keeps about you. Press Export my data, and you get a link that is yours alone."
    return message(text, [section(text), actions(button("Export my data", Action.PRIVACY_EXPORT, style="primary"))])


def export_message(url: str) -> Message:
    """The way to the page, for this person alone."""
    text = f"Everything we keep about you: {link(url, 'open the page')}, to read or to save as a file. {LINK_LASTS}"
    return message(text, [section(text)])


def erase_modal() -> Json:
    """What goes, what stays, and the word that says so."""
    return modal(
        "Erase me",
        Callback.ERASE,
        [
            section(f"*What goes*\n{GOES}"),
            section(f"*What stays*\n{STAYS}"),
            section("*It cannot be undone.* If you come back, you start from nothing."),
            question(
                "Are you sure?",
                text_input(Field.ERASE_WORD, "", 20, placeholder=WORD),
                hint=f"Type {WORD} to go on.",
            ),
        ],
        submit="Erase me",
    )


def erased_modal() -> Json:
    """After that."""
    return modal("You are erased", Callback.NOTICE, [section(ERASED)])


def empty_home() -> Json:
    """The Home tab of somebody of whom nothing is left."""
    return home_tab([header("You are erased"), section(ERASED)])


def _buttons() -> tuple[Json, ...]:
    return (
        button("Export my data", Action.PRIVACY_EXPORT),
        button("Erase me", Action.PRIVACY_ERASE, style="danger"),
    )
