"""A mentor's question before deciding, and the student's answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.links import Purpose
from core.services.offers import OfferCard
from mail.letters.offers import OWN_OFFER, doors, ways_out
from mail.letters.parts import Button, Buttons, Draft, Paragraph, Reader, told
from mail.text import clock, one_line

ASKED_ME = "You get this because a mentor thinks about your request and would like to know more."
WAITING, ANSWERED, OVER = "waiting", "answered", "over"


@dataclass(frozen=True)
class Asked:
    """A question as its student may see it: the mentor is named only once they said yes."""

    question_id: UUID
    request_id: UUID
    question: str
    standing: str
    answer_by: datetime


def question_letter(reader: Reader, asked: Asked) -> Draft:
    """To the student: the question, and a page to answer it on."""
    waits = asked.standing == WAITING
    answer = Button("Answer", reader.link(Purpose.OFFER_QUESTION_ANSWER, asked.question_id, asked.answer_by), main=True)
    by = clock(asked.answer_by, reader.person.tz)
    return Draft(
        subject="A mentor has a question for you",
        parts=(
            Paragraph("A mentor who was asked about you would like to know something before they decide."),
            *told("The question", asked.question),
            *(
                (Paragraph(f"They wait for your answer until {by}. A few lines are enough."), Buttons((answer,)))
                if waits
                else (Paragraph("Nobody waits for an answer to it any more, so nothing is left for you to do."),)
            ),
        ),
        why=ASKED_ME,
        thread=f"request.{asked.request_id}",
        standing=asked.standing,
    )


def answer_letter(reader: Reader, card: OfferCard, question: str, answer: str, profile_id: UUID) -> Draft:
    """To the mentor: what they asked, what the student says, and the offer's buttons while it is open."""
    name = one_line(card.student_name)
    open_ = card.student is not None
    by = f"Please decide by {clock(card.deadline, card.mentor_tz)}."
    return Draft(
        subject=f"{name} answered your question",
        parts=(
            Paragraph(f"{name} answered your question. {by if open_ else 'The offer itself is over.'}"),
            *told("You asked", question),
            *told(f"{name} writes", answer),
            *(doors(reader, card) if open_ else ()),
        ),
        why=OWN_OFFER,
        thread=f"offer.{card.offer_id}",
        standing=card.state,
        ways_out=ways_out(reader, profile_id),
    )
