"""An offer: one student shown to one mentor, with what helps to decide and nothing more."""

from collections.abc import Mapping
from uuid import UUID

from bot.blocks import (
    Json,
    Message,
    actions,
    button,
    context,
    escape,
    message,
    modal,
    moment_mark,
    option,
    question,
    quote,
    section,
    select,
    text_input,
    titled,
)
from bot.ids import Action, Callback, Field
from bot.views.reasons import not_compared, reason_block, reasons
from core.rules.mentoring import PAUSES
from core.rules.offer_questions import MOST_QUESTIONS
from core.rules.offers import DeclineReason, OfferState
from core.rules.profiles import TEXT
from core.rules.scores import word
from core.services.offers import OfferCard
from core.services.profiles import ProfileCard
from core.wanted_words import ASKED_BY_NAME
from core.words import moment

# What remains of an offer once it is over: the student's profile is no longer the mentor's to see.
CLOSED: Mapping[OfferState, str] = {
    OfferState.ACCEPTED: "You are {name}'s mentor now. We have introduced you to each other.",
    OfferState.DECLINED: "You declined {name}. Thank you for answering, it lets us ask somebody else.",
    OfferState.TAKEN: "{name} has found a mentor. Thank you for being willing.",
    OfferState.EXPIRED: "The time to answer for {name} has passed. Nothing is left for you to do.",
    OfferState.WITHDRAWN: "The offer about {name} was taken back. Nothing is left for you to do.",
}


def offer_message(card: OfferCard) -> Message:
    """The offer while it is open; afterwards one kind line on how it ended, with no buttons."""
    if card.student is None:
        return closed_message(card)
    headline = card.student.answers.headline
    text = (
        f"{escape(card.student_name)}{f', {quote(headline)},' if headline else ''} is looking for a mentor. "
        f"{f'{ASKED_BY_NAME} ' if card.asked_by_name else ''}{fit(card)} for you. "
        f"Please answer by {moment(card.deadline, card.mentor_tz)}."
    )
    return message(text, _open_blocks(card, card.student))


def closed_message(card: OfferCard) -> Message:
    """How an offer ended: all that any card about it says from then on."""
    text = CLOSED[card.state].format(name=escape(card.student_name))
    return message(text, [section(text)])


def reminder_message(card: OfferCard) -> Message:
    """A day before the deadline, once: the offer in short, with its buttons."""
    if card.student is None:
        return closed_message(card)
    first = f"{escape(card.student_name)} still hopes for your answer."
    no = "A no helps too: then we ask somebody else."
    return message(
        f"{first} Please decide by {moment(card.deadline, card.mentor_tz)}. {no}",
        [
            section(f"*{first}*\nPlease decide by {moment_mark(card.deadline, card.mentor_tz)}. {no}"),
            context(f"{fit(card)} · Wants from a mentor: {quote(card.wish)}"),
            offer_buttons(card),
        ],
    )


def _open_blocks(card: OfferCard, student: ProfileCard) -> list[Json]:
    return [
        section(_first_line(card, student)),
        *titled("Career goals", student.answers.goals),
        *titled("Wants from a mentor", card.wish),
        *titled("Anything else", card.anything_else),
        reason_block(
            fit(card),
            [*reasons(card.criteria, card.student_name, "you", points=True), *not_compared(card.criteria)],
        ),
        *_asked(card),
        context(
            f"Please answer by {moment_mark(card.deadline, card.mentor_tz)}. "
            "Others may have been asked too; the first yes counts."
        ),
        offer_buttons(card),
    ]


def _asked(card: OfferCard) -> list[Json]:
    """What was asked before deciding, and what came back."""
    blocks = []
    for exchange in card.questions:
        blocks += titled("You asked", exchange.question)
        if exchange.answer is not None:
            blocks += titled(f"{card.student_name} answered", exchange.answer)
        else:
            until = moment_mark(exchange.answer_by, card.mentor_tz)
            blocks.append(context(f"No answer yet. Your time to decide stands still for it until {until}."))
    return blocks


def _first_line(card: OfferCard, student: ProfileCard) -> str:
    headline = student.answers.headline
    name = f"*{escape(card.student_name)}*"
    wanted = f"{name} is looking for a mentor. {ASKED_BY_NAME}"
    who = wanted if card.asked_by_name else f"{name} is looking for a mentor, and you fit."
    return f"{who}\n{quote(headline)}" if headline else who


def fit(card: OfferCard) -> str:
    """`76 of 100, a strong fit`."""
    return f"{card.score:.0f} of 100, a {word(card.score)} fit"


def offer_buttons(card: OfferCard) -> Json:
    """What a mentor can do about an open offer. One question at a time, two at most."""
    waits = any(exchange.answer is None for exchange in card.questions)
    may_ask = not waits and len(card.questions) < MOST_QUESTIONS
    return actions(
        button("Accept", Action.OFFER_ACCEPT, card.offer_id, style="primary"),
        button("Decline", Action.OFFER_DECLINE, card.offer_id),
        *([button("Ask a question", Action.OFFER_ASK, card.offer_id)] if may_ask else []),
        button("View profile", Action.OFFER_VIEW_PROFILE, card.offer_id),
    )


def decline_modal(offer_id: UUID, student_name: str) -> Json:
    """Why not, and whether others should wait too. The student never reads it."""
    return modal(
        "Decline this student",
        Callback.DECLINE,
        [
            section(f"{escape(student_name)} is not told your reason. It helps us to ask better next time."),
            question(
                "Reason",
                select(
                    Field.DECLINE_REASON,
                    [option(reason, reason) for reason in DeclineReason],
                    placeholder="Choose one",
                ),
            ),
            question(
                "Pause new students",
                select(Field.DECLINE_PAUSE, [option(pause, pause) for pause in PAUSES], next(iter(PAUSES))),
                required=False,
            ),
            question("Note", text_input(Field.DECLINE_NOTE, "", TEXT, lines=True), required=False),
        ],
        submit="Decline",
        carries=offer_id,
    )
