"""Offers to mentors, from the first look to the answer, and the questions on the way."""

from dataclasses import replace

from bot.views.offer_questions import answer_message, answer_modal, ask_modal, question_message
from bot.views.offers import closed_message, decline_modal, offer_message, reminder_message
from core.rules.offers import OfferState
from tests.bot.views import samples
from tests.bot.views.samples import ONE
from tests.gallery.catalogue.told import ANSWER, QUESTION, offer
from tests.gallery.exhibits import KIM, MIA, Room, shown

State = OfferState
ASKED = replace(offer(), questions=(samples.exchange(QUESTION),))
ANSWERED = replace(offer(), questions=(samples.exchange(QUESTION, ANSWER),))
CLOSED = {
    State.ACCEPTED: "accepted",
    State.DECLINED: "declined",
    State.TAKEN: "another mentor was first",
    State.EXPIRED: "its time is over",
    State.WITHDRAWN: "the student cancelled",
}

ROOM = Room(
    "offers",
    "Offers",
    (
        shown(KIM, "offer", "An offer: the student, the fit, its reasons, the deadline", offer_message, offer()),
        *(
            shown(KIM, f"offer-{state}", f"The same, {said}", closed_message, offer(state))
            for state, said in CLOSED.items()
        ),
        shown(KIM, "decline-form", "`Decline this student`", decline_modal, ONE, "Mia Tan"),
        shown(KIM, "ask-form", "`Ask before you decide`", ask_modal, ONE, "Mia Tan"),
        shown(KIM, "offer-asked", "An offer whose question waits", offer_message, ASKED),
        shown(MIA, "question", "The question, to the student", question_message, samples.asked(QUESTION)),
        shown(MIA, "answer-form", "`Answer a mentor`", answer_modal, samples.exchange(QUESTION)),
        shown(MIA, "question-answered", "Answered", question_message, samples.asked(QUESTION, ANSWER)),
        shown(
            MIA, "question-over", "Not needed any more", question_message, samples.asked(QUESTION, None, State.TAKEN)
        ),
        shown(KIM, "answer", "The answer, to the mentor", answer_message, samples.asked(QUESTION, ANSWER), ANSWERED),
        shown(
            KIM,
            "answer-over",
            "The answer, when the offer is over",
            answer_message,
            samples.asked(QUESTION, ANSWER, State.TAKEN),
            offer(State.TAKEN),
        ),
        shown(KIM, "offer-reminder", "The reminder, a day before the end", reminder_message, offer()),
        shown(KIM, "offer-reminder-over", "The reminder, answered", reminder_message, offer(State.ACCEPTED)),
    ),
    (
        "offer",
        "offer-reminder",
        "offer-question",
        "offer-answer",
        *(f"offer-{state}" for state in CLOSED),
        "offers-moved-on",
        "offers-moved-on-left",
    ),
    phone=frozenset({"offer", "decline-form", "letter-offer"}),
    dark=frozenset({"offer"}),
)
