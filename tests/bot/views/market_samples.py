"""Open questions, direct asks and a leaderboard to draw: as typed by somebody tidy, by somebody awkward."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.blocks import Message
from bot.views.leaderboard import leaderboard_modal
from bot.views.open_questions import claimed_notice, for_mentors_message, open_questions_modal
from bot.views.question_referrals import referral_message, unclaimed_message
from core.rules.leaderboard import Tally, ranked
from core.rules.questions import QuestionState, QuestionStep
from core.services.leaderboard import Leaderboard
from core.services.open_questions import PAGE, OpenQuestions
from core.services.question_referrals import ReferralView, UnclaimedView
from core.services.questions import QuestionView
from tests.bot.views.samples import NOON, ONE, TWO

ASKED = "How do I get a Kubernetes cluster through its first upgrade?"
DETAILS = "It runs three services of a student club. Nobody who set it up is still here."


def quick_question(
    state: QuestionState = QuestionState.OPEN, text: str = "", name: str = "Mia Tan", **known: Any
) -> QuestionView:
    """A question of Mia, claimed by Kim where it is claimed."""
    taken = state in (QuestionState.CLAIMED, QuestionState.ANSWERED)
    made = QuestionView(
        question_id=ONE,
        state=state,
        student_id=ONE,
        student_name=text or name,
        student_tz="Europe/Amsterdam",
        question=text or ASKED,
        details=text or DETAILS,
        topics=(text,) * 5 if text else ("Kubernetes", "Linux"),
        created_at=NOON,
        posted_at=NOON,
        similar_ids=(),
        claim_id=TWO if taken else None,
        claimer_id=TWO if taken else None,
        claimer_name=(text or "Kim Alder") if taken else "",
        claimed_at=NOON if taken else None,
        slack_channel=None,
        summary="",
        student_consents=None,
        mentor_consents=None,
        answered_at=NOON if state is QuestionState.ANSWERED else None,
        rating=None,
        thanks="",
        next_step=QuestionStep.STAFF,
        next_step_at=NOON + timedelta(hours=92),
    )
    return replace(made, **known)


def referral(state: QuestionState = QuestionState.OPEN, text: str = "", shared: tuple[str, ...] = ()) -> ReferralView:
    """Kim was asked directly about it."""
    return ReferralView(ONE, TWO, (text,) * 5 if text else shared, quick_question(state, text))


def unclaimed(state: QuestionState = QuestionState.OPEN, text: str = "", asked: int = 3) -> UnclaimedView:
    """Nobody claims it."""
    names = ("Kim Alder", "Bo Winter", "Ann Osei")[:asked]
    return UnclaimedView(quick_question(state, text), NOON, True, (text,) * asked if text else names)


def open_questions(text: str = "", number: int = PAGE, page: int = 1, pages: int = 1, topic: str = "") -> OpenQuestions:
    """A page of the list, whose first question is on the mentor's topics."""
    more: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("Is a master's degree worth it for somebody who wants to do research in industry?", "", ("Career change",)),
        ("Which first project would you choose to learn SQL?", "I can spend two evenings a week.", ("SQL", "Python")),
    )
    questions = [quick_question(text=text)]
    for place in range(1, number):
        asked, details, topics = more[place % 2]
        other = quick_question(text=text, name="Noor Haddad", question_id=UUID(int=place + 1))
        questions.append(other if text else replace(other, question=asked, details=details, topics=topics))
    shown = tuple(questions[:number])
    topics = tuple(dict.fromkeys(name for one in shown for name in one.topics))
    return OpenQuestions(shown, frozenset({ONE} if shown else ()), topics, topic, page, pages, number * pages)


def board(text: str = "", people: int = 4, *, aside: bool = False) -> Leaderboard:
    """A leaderboard on which the second shares the first place. Kim is person two."""
    names = ("Ann Osei", "Kim Alder", "Bo Winter", "Dov Katz")
    tallies = [
        Tally(UUID(int=place + 1), text or names[place % 4], max(0, 5 - place // 2), max(1, 9 - place // 2), not aside)
        for place in range(people)
    ]
    return Leaderboard(NOON, ranked(tallies))


def messages(text: str = "") -> dict[str, Message]:
    """Every message."""
    drawn = {f"referral {state}": referral_message(referral(state, text)) for state in QuestionState}
    drawn |= {f"unclaimed {state}": unclaimed_message(unclaimed(state, text)) for state in QuestionState}
    return drawn | {
        "referral by text alone": referral_message(referral()),
        "unclaimed, nobody asked": unclaimed_message(unclaimed(text=text, asked=0)),
        "for mentors": for_mentors_message(),
    }


def views(text: str = "") -> dict[str, dict[str, Any]]:
    """Every modal."""
    full = open_questions(text, page=2, pages=3)
    return {
        "open questions": open_questions_modal(full),
        "open questions after a claim": open_questions_modal(full, claimed_notice(quick_question(text=text))),
        "no open questions": open_questions_modal(open_questions(number=0)),
        "no open questions on a topic": open_questions_modal(replace(open_questions(number=0), all=3, topic=text)),
        "leaderboard": leaderboard_modal(board(text), board(text, 60), TWO),
        "leaderboard of one far down": leaderboard_modal(board(text), board(text, 60, aside=True), UUID(int=58)),
        "leaderboard of nobody": leaderboard_modal(board(people=0), board(people=0), ONE),
    }
