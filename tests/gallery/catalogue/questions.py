"""Quick questions, from the form to the rating, and the mentors who are asked."""

from dataclasses import replace
from uuid import UUID

from bot.views.leaderboard import leaderboard_modal
from bot.views.open_questions import claimed_notice, for_mentors_message, open_questions_modal
from bot.views.own_questions import own_questions_message
from bot.views.question_answers import answered_message, answered_modal, rated_message, rating_modal
from bot.views.question_claims import (
    claimed_message,
    question_card,
    reminder_message,
    reopened_message,
    yours_message,
)
from bot.views.question_referrals import referral_message, unclaimed_message
from bot.views.questions import draft_modal, help_message, question_modal, status_message, withdrawn_message
from core.rules.questions import ClaimEnding, QuestionState, QuestionStep
from core.services.listing import First
from core.services.own_questions import OwnQuestion
from core.services.question_drafts import WithdrawnClaim
from tests.bot.views import market_samples, question_samples
from tests.bot.views.claim_samples import claim, question
from tests.bot.views.samples import ONE, TWO
from tests.gallery.exhibits import ADA, KIM, MIA, Room, pressed, shown

State, Step, Ending = QuestionState, QuestionStep, ClaimEnding
GAP, DETAILS = (
    "How do I explain a gap year in an interview?",
    "I worked on a farm, and learned more than in a year here.",
)
STEPS = {step: replace(view, details=DETAILS) for step, view in question_samples.at_each_step().items()}
SIMILAR = (
    question_samples.similar(),
    replace(question_samples.similar(), question="Does a gap year hurt an application?", mentor_name="Ann Osei"),
)
ANSWERED = question(State.ANSWERED)
RATED = replace(ANSWERED, rating=4, thanks="That was just what I needed.", student_consents=True)
SHARED, KEPT = replace(ANSWERED, student_consents=True), replace(ANSWERED, mentor_consents=False)
REMINDED = claim(reminded=True)
OWN = First((OwnQuestion(STEPS["refer"]), OwnQuestion(question(State.CLAIMED)), OwnQuestion(ANSWERED)), 9)
OPEN, NONE = market_samples.open_questions(page=2, pages=3), market_samples.open_questions(number=0)
NO_TOPIC = replace(NONE, all=3, topic="SQL")
TAKEN_BACK = WithdrawnClaim(ONE, ONE, "Mia Tan", GAP)
BOARD, EMPTY = market_samples.board(), market_samples.board(people=0)
LONG = market_samples.board(people=60, aside=True)
REFERRED = market_samples.referral(shared=("Kubernetes",))
UNCLAIMED = market_samples.unclaimed()

POSTED = shown(MIA, "question-open", "Status: posted", status_message, STEPS[Step.REFER])

YOURS = shown(KIM, "yours", "The mentor's card", yours_message, claim())

ROOM = Room(
    "questions",
    "Quick questions",
    (
        shown(MIA, "question-form", "`/ask`", question_modal, ONE, "quick-questions"),
        shown(MIA, "draft-check", "Sent: similar answers are looked for", draft_modal, STEPS[Step.CHECK], ()),
        shown(MIA, "draft-similar", "Somebody was answered before", draft_modal, STEPS[Step.POST], SIMILAR),
        shown(MIA, "draft-posted", "There are none: it is posted", draft_modal, STEPS[Step.REFER], ()),
        shown(MIA, "draft-helped", "`This helped`", draft_modal, STEPS["helped"], ()),
        shown(MIA, "question-check", "Status: looking for answers", status_message, STEPS[Step.CHECK]),
        shown(MIA, "question-similar", "Status: similar answers", status_message, STEPS[Step.POST], SIMILAR),
        POSTED,
        pressed("Withdraw", POSTED),
        shown(MIA, "question-referred", "Status: mentors who fit are asked", status_message, STEPS[Step.STAFF]),
        shown(MIA, "question-claimed", "Status: claimed", status_message, STEPS[Step.REMIND]),
        shown(MIA, "question-silent", "Status: the mentor was reminded", status_message, STEPS[Step.REOPEN]),
        shown(MIA, "question-answered", "Status: answered", status_message, STEPS["answered"]),
        shown(MIA, "question-withdrawn", "Status: withdrawn", status_message, STEPS["withdrawn"]),
        shown(MIA, "question-helped", "Status: an earlier answer helped", status_message, STEPS["helped"]),
        shown(KIM, "card", "The card in the channel", question_card, question()),
        shown(KIM, "card-claimed", "Claimed", question_card, question(State.CLAIMED)),
        shown(KIM, "card-answered", "Answered, between the two", question_card, ANSWERED),
        shown(KIM, "card-shared", "Answered and shared", question_card, SHARED),
        shown(KIM, "card-closed", "Closed", question_card, question(State.CLOSED)),
        shown(KIM, "claimed", "The conversation of the two", claimed_message, claim()),
        shown(
            MIA, "claimed-alone", "To one, where no conversation reaches both", claimed_message, claim(slack=False), ONE
        ),
        shown(KIM, "claimed-over", "Once it is with somebody else", claimed_message, claim(Ending.RELEASED)),
        YOURS,
        pressed("Release", YOURS),
        *(
            shown(KIM, f"yours-{ending}", f"The mentor's card, {ending}", yours_message, claim(ending))
            for ending in ClaimEnding
        ),
        shown(KIM, "claim-reminder", "Two days after a claim: a reminder", reminder_message, REMINDED),
        shown(KIM, "claim-more-time", "`I need more time`", reminder_message, claim()),
        shown(KIM, "claim-reminder-over", "The reminder, once answered", reminder_message, claim(Ending.ANSWERED)),
        shown(MIA, "reopened", "Open again, to the student", reopened_message, claim(Ending.SILENT)),
        shown(KIM, "taken-back", "The student took it back", withdrawn_message, TAKEN_BACK),
        shown(KIM, "answered-form", "`Mark answered`", answered_modal, question(State.CLAIMED)),
        shown(MIA, "answered", "Answered, to the student", answered_message, ANSWERED),
        shown(MIA, "answered-rated", "Rated and shared", answered_message, RATED),
        shown(MIA, "answered-kept", "The mentor keeps it between the two", answered_message, KEPT),
        shown(MIA, "rating-form", "`Rate answer`", rating_modal, ANSWERED),
        shown(KIM, "rated", "Thanks, to the mentor", rated_message, RATED),
        shown(KIM, "rated-only", "A rating without a word", rated_message, replace(RATED, thanks="")),
        shown(KIM, "referred", "After six hours mentors who fit are asked", referral_message, REFERRED),
        shown(KIM, "referred-over", "The same, once claimed", referral_message, market_samples.referral(State.CLAIMED)),
        shown(ADA, "unclaimed", "After twenty staff read of it", unclaimed_message, UNCLAIMED),
        shown(ADA, "unclaimed-nobody", "Nobody fits", unclaimed_message, market_samples.unclaimed(asked=0)),
        shown(ADA, "unclaimed-over", "Once claimed", unclaimed_message, market_samples.unclaimed(State.CLAIMED)),
        shown(KIM, "open", "`/ask open`", open_questions_modal, OPEN),
        shown(
            KIM,
            "open-claimed",
            "After a claim",
            open_questions_modal,
            market_samples.open_questions(number=2),
            claimed_notice(question(State.CLAIMED)),
        ),
        shown(KIM, "open-none", "Nothing is open", open_questions_modal, NONE),
        shown(KIM, "open-topic", "Nothing on this topic", open_questions_modal, NO_TOPIC),
        shown(MIA, "open-for-mentors", "`/ask open`, to a student", for_mentors_message),
        shown(MIA, "mine", "`/ask mine`", own_questions_message, OWN),
        shown(MIA, "mine-none", "`/ask mine` with none", own_questions_message, First()),
        shown(KIM, "leaderboard", "`/ask leaderboard`", leaderboard_modal, BOARD, BOARD, TWO),
        shown(
            KIM,
            "leaderboard-aside",
            "Of somebody far down who stays aside",
            leaderboard_modal,
            BOARD,
            LONG,
            UUID(int=58),
        ),
        shown(KIM, "leaderboard-empty", "Of nobody yet", leaderboard_modal, EMPTY, EMPTY, ONE),
        shown(MIA, "ask-help", "`/ask help`", help_message),
        shown(MIA, "ask-short", "A question too short", help_message, unknown="pay"),
    ),
    (
        *(f"quick-question-{step}" for step in STEPS),
        "question-card",
        "quick-question-card",
        "quick-question-taken-back",
        "question-claimed-to-mentor",
        "question-claimed-to-student",
        "question-claimed-silent",
        "question-yours",
        "question-reminder",
        "question-reopened",
        "question-answered",
        "question-rated",
        "question-referred",
        "question-referred-over",
        "question-unclaimed",
        "question-unclaimed-over",
    ),
    phone=frozenset({"card", "open", "letter-question-referred"}),
    dark=frozenset({"question-referred"}),
)
