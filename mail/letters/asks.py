"""Check-ins and surveys by letter, with a link for each answer."""

from collections.abc import Iterator

from core.ask_words import first_line, outcome, privacy, sheet_line
from core.links import Purpose
from core.rules.checkins import AskKind, CheckInAnswer
from core.services.asks import AskView, Sheet
from mail.letters.parts import Button, Buttons, Draft, Heading, Paragraph, Part, Reader, SmallPrint, told
from mail.letters.why import PART_OF_IT
from mail.text import one_line

OPEN, OVER = "open", "over"
ANY_TIME = "this letter has a link for it"


def sheet_letter(reader: Reader, sheet: Sheet) -> Draft:
    """All that a person is asked in one letter. Worth sending while anything there awaits an answer."""
    asks, names = sheet.asks, [_named(ask) for ask in sheet.asks]
    single = len(asks) == 1
    return Draft(
        subject=_subject(asks[0]) if single else sheet_line(names),
        parts=tuple(part for ask in asks for part in _ask(reader, ask, single=single)),
        why=PART_OF_IT,
        thread=f"match.{asks[0].match_id}" if single else f"asks.{sheet.sheet_id}",
        standing=OPEN if sheet.is_open else OVER,
    )


def _subject(ask: AskView) -> str:
    if ask.kind is AskKind.CLOSING:
        return f"How was your mentorship with {_named(ask)}?"
    return f"How is it going with {_named(ask)}?"


def _ask(reader: Reader, ask: AskView, *, single: bool) -> Iterator[Part]:
    if not single:
        yield Heading(_named(ask))
    if not ask.is_open:
        yield Paragraph(outcome(_named(ask), ask, ANY_TIME))
        yield Buttons((Button("How is it going?", reader.link(Purpose.FEEDBACK, ask.match_id)),))
        return
    yield Paragraph(first_line(_named(ask), ask))
    if single:
        yield from told("You agreed on", ask.goals)
    yield Buttons(tuple(_buttons(reader, ask, main=single)))
    yield SmallPrint(privacy(ask, _named(ask)))


def _buttons(reader: Reader, ask: AskView, *, main: bool) -> Iterator[Button]:
    until = ask.answer_by
    if ask.kind is not AskKind.CHECK_IN:
        yield Button("Rate", reader.link(Purpose.ASK_RATE, ask.ask_id, until), main=main)
        return
    yield Button(CheckInAnswer.GOING_WELL, reader.link(Purpose.CHECK_IN_WELL, ask.ask_id, until))
    yield Button(CheckInAnswer.COULD_BE_BETTER, reader.link(Purpose.CHECK_IN_BETTER, ask.ask_id, until))
    yield Button(CheckInAnswer.NOT_MET, reader.link(Purpose.CHECK_IN_NOT_MET, ask.ask_id, until))
    yield Button("Get help privately", reader.link(Purpose.HELP, ask.match_id, until))


def _named(ask: AskView) -> str:
    return one_line(ask.partner_name)
