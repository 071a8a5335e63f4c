"""Whatever people have written, each view is one that Slack takes, and pings nobody by their words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from bot.blocks import Message, home_tab
from bot.views.asks import ask_blocks, sheet_message
from bot.views.feedback import choosing_modal, feedback_modal, rating_modal, shared_message
from bot.views.health import at_risk_list_message, at_risk_message
from bot.views.help import help_modal, report_message, sent_modal
from bot.views.home import home_view
from bot.views.keepsakes import keepsake_message
from bot.views.manual_matches import (
    confirm_modal,
    end_as_staff_modal,
    matched_notice,
    name_two_message,
    pair_message,
    scoring_message,
)
from bot.views.matches import introduction_message
from bot.views.mentoring import (
    moved_on_message,
    pause_over_message,
    paused_message,
    resumed_message,
    silence_message,
)
from bot.views.mentorship_forms import another_modal, end_modal, goals_modal, manage_modal, pause_modal
from bot.views.mentorships import changed_message, goals_proposed_message, kick_off_message, match_pause_over_message
from bot.views.menu import help_message, menu_message
from bot.views.notices import notice_modal, open_again
from bot.views.offer_questions import answer_message, answer_modal, ask_modal, question_message
from bot.views.offers import decline_modal, offer_message, reminder_message
from bot.views.own_questions import own_question_blocks, own_questions_message
from bot.views.preferences import preferences_modal
from bot.views.profiles import profile_modal, profile_view_modal
from bot.views.requests import no_request_message, request_modal, status_message
from bot.views.staff import (
    admin_help_message,
    departure_message,
    requests_message,
    staff_request_message,
    stats_message,
)
from bot.views.staff_messages import staff_message
from bot.views.suggestions import suggested_request_modal, suggestion_message
from core.rules.attention import QuietHours
from core.rules.checkins import AskKind, AskState, CheckInAnswer
from core.rules.health import HealthState
from core.rules.matches import MatchState
from core.rules.offers import OfferState
from core.rules.questions import QuestionState
from core.rules.requests import OPEN, RequestState, Wanted
from core.rules.roles import Role
from core.rules.suggestions import SuggestionState
from core.rules.waiting import UsualWait
from core.rules.wishes import MustShare, Wish
from core.services.accounts import Departure
from core.services.asks import AskView
from core.services.health import HealthView
from core.services.home import MentorLoad
from core.services.listing import First
from core.services.mentoring import PauseView
from core.services.own_questions import OwnQuestion
from core.services.preferences import Preferences
from core.services.question_reports import QuestionStats
from core.services.refused import MovedOn
from core.services.reports import MOST_LISTED, AskedMentor, OpenRequest, Stats
from tests.bot.views import claim_samples, market_samples, meeting_samples, question_samples, samples
from tests.bot.views.samples import MENTOR, NOON, ONE, STUDENT, TWO, awkward, long, terse
from tests.support.block_limits import marked_up, message_faults, pings, readable, view_faults

LOAD = MentorLoad(1, 2, 12, NOON + timedelta(days=14))
WAIT = UsualWait(timedelta(hours=5), timedelta(days=2))
CLOSED_OFFERS = [state for state in OfferState if state is not OfferState.OPEN]


def messages(of: Any, text: str) -> dict[str, Message]:
    """Every message, drawn of profiles changed by `of`, with `text` wherever else people type."""
    student, mentor = of(STUDENT), of(MENTOR)
    wish = Wish(text, tuple(MustShare), text)
    pair = samples.card(student, text), samples.card(mentor, text, None)
    drawn = {
        f"status {state} {wave}": status_message(samples.status(state, wave=wave, wish=wish, mentor=text))
        for state in RequestState
        for wave in (0, 1, 3)
    }
    drawn |= {f"offer {state}": offer_message(replace(samples.offer(state), student_name=text)) for state in OfferState}
    drawn |= {
        f"staff {state}": staff_request_message(
            samples.status(state, wave=3, wish=wish, mentor=text), samples.person(text)
        )
        for state in RequestState
    }
    drawn |= {
        f"match {state}": introduction_message(samples.match(*pair, state=state, wish=text)) for state in MatchState
    }
    return drawn | {
        "offer": offer_message(samples.offer(OfferState.OPEN, student, text)),
        "match": introduction_message(samples.match(*pair, parts=samples.criteria(text, text + "x"))),
        "match without reasons": introduction_message(samples.match(*pair, parts=())),
        "menu": menu_message(samples.home(request=samples.status(RequestState.OFFERED), load=LOAD)),
        "menu of a pair": menu_message(samples.home(matches=(samples.mentorship(text),))),
        "menu of somebody new": menu_message(samples.home(student=False)),
        "help": help_message(),
        "help on a wrong word": help_message(unknown=text),
        "no request": no_request_message(),
        "admin help": admin_help_message(),
        "paused": paused_message(NOON, "Europe/Amsterdam"),
        "resumed": resumed_message(),
        "no requests": requests_message((), "UTC"),
        "requests": requests_message(
            tuple(
                OpenRequest(text, state, 1, NOON, (AskedMentor(text, OfferState.OPEN, 81, samples.criteria(text)),) * 3)
                for state in OPEN
                for _ in range(3)
            )[:MOST_LISTED],
            "Europe/Amsterdam",
        ),
        "at risk": at_risk_message(samples.at_risk(text, text)),
        "not at risk any more": at_risk_message(HealthView(ONE, text, text, HealthState.HEALTHY)),
        "all at risk": at_risk_list_message((samples.at_risk(text, text),) * 60, "Europe/Amsterdam"),
        "none at risk": at_risk_list_message((), "UTC"),
        "stats": stats_message(Stats(1_000, 200, 40, 12, 3, 1, 96, 30.25), QuestionStats(80, 0.9, 3.5, 61, 4.4, 4, 7)),
        "stats at first": stats_message(Stats(0, 0, 0, 0, 0, 0, 0, None), QuestionStats(0, None, None, 0, None, 0, 0)),
        "again": open_again("menu:profile", text),
    }


def offers_to_their_end(of: Any, text: str) -> dict[str, Message]:
    """What is said on the way of an offer, likewise."""
    student, wish, zone = of(STUDENT), Wish(text, tuple(MustShare), text), "Europe/Amsterdam"
    exchanges = samples.exchange(text, text), samples.exchange(text)
    partners = tuple(samples.live(text) for _ in range(30))
    offer = replace(samples.offer(OfferState.OPEN, student, text), questions=exchanges)
    status = replace(samples.status(RequestState.OFFERED, wish=wish), questions=exchanges, usual_wait=WAIT)
    moved_on = MovedOn(ONE, ONE, (text,) * 10, False, NOON, zone)
    drawn = {
        f"reminder {state}": reminder_message(replace(samples.offer(state), student_name=text)) for state in OfferState
    }
    drawn |= {
        f"answer {state}": answer_message(samples.asked(text, text, state, text), samples.offer(state, student, text))
        for state in OfferState
    }
    return drawn | {
        "offer with questions": offer_message(offer),
        "status with questions": status_message(status),
        "question": question_message(samples.asked(text, name=text)),
        "question answered": question_message(samples.asked(text, text, name=text)),
        "question no more": question_message(samples.asked(text, None, OfferState.TAKEN)),
        "silent": silence_message(PauseView(ONE, ONE, NOON, zone)),
        "silent no more": silence_message(PauseView(ONE, ONE, None, zone)),
        "moved on": moved_on_message(moved_on),
        "moved on, taking students": moved_on_message(replace(moved_on, paused_until=None)),
        "pause over": pause_over_message(),
        "left": departure_message(Departure(ONE, text, False, frozenset({"mentor"}), partners)),
        "left alone": departure_message(Departure(ONE, text, False, frozenset({"mentor"}), ())),
        "back": departure_message(Departure(ONE, text, True, frozenset(), partners)),
    }


def asks(text: str) -> dict[str, Message]:
    """What is asked about matches and said of them, likewise."""
    drawn = {
        f"{kind} {slot} {state} {answer} {match}": sheet_message(
            samples.sheet(
                samples.asked_about(
                    kind, slot, state, text, text, answer=answer, rating=None if answer else 4, match_state=match
                )
            )
        )
        for kind, slot in (
            (AskKind.CHECK_IN, "day 7"),
            (AskKind.CHECK_IN, "day 14"),
            (AskKind.CHECK_IN, "day 44"),
            (AskKind.SURVEY, "day 30"),
            (AskKind.CLOSING, "end"),
        )
        for state in (AskState.ASKED, AskState.ANSWERED, AskState.LAPSED)
        for answer in ("", *CheckInAnswer)
        for match in (MatchState.ACTIVE, MatchState.ENDED)
    }
    return drawn | {
        "many asks": sheet_message(samples.sheet(*(samples.asked_about(name=text) for _ in range(24)))),
        "some of many": sheet_message(
            samples.sheet(
                samples.asked_about(name=text, state=AskState.ANSWERED, answer=CheckInAnswer.NOT_MET),
                samples.asked_about(AskKind.SURVEY, "day 90", name=text),
            )
        ),
        "report": report_message(samples.report(text, text)),
        "report without more": report_message(samples.report(text, text, apart=False)),
        "shared": shared_message(samples.shared(text, text)),
    }


def lives_of_matches(of: Any, text: str) -> dict[str, Message]:
    """What a pair reads from its beginning to its end, likewise."""
    pair = samples.card(of(STUDENT), text), replace(samples.card(of(MENTOR), text, "U0KIM"), person_id=TWO)
    agreements = (samples.agreed(""), samples.agreed(text, (ONE,)), samples.agreed(text, (TWO,)), samples.agreed(text))
    drawn = {
        f"{view.__name__} {state} {number}": view(
            replace(
                samples.match(*pair, state=state),
                agreement=agreement,
                paused_until=NOON if state is MatchState.PAUSED else None,
            )
        )
        for view in (kick_off_message, goals_proposed_message, changed_message, match_pause_over_message)
        for state in MatchState
        for number, agreement in enumerate(agreements)
    }
    return drawn | {
        "keepsake": keepsake_message(samples.kept(text, text)),
        "by hand": pair_message(samples.by_hand(text)),
        "by hand, without reasons": pair_message(samples.by_hand(text, parts=())),
        "by hand, failed": pair_message(samples.by_hand(text, failure="Somebody has no profile any more.")),
        "by hand, two names": name_two_message("match"),
        "by hand, asked": scoring_message(samples.person(text), samples.person(text)),
        "from staff": staff_message(samples.from_staff(text, text)),
        "from staff to one": staff_message(samples.from_staff(text, text, ONE)),
        "keepsake without meetings": keepsake_message(samples.kept(text, text, meetings=0)),
    }


def everything(of: Any, text: str) -> dict[str, Message]:
    """All messages."""
    full = tuple(OwnQuestion(claim_samples.question(state, text, text, next_step_at=NOON)) for state in QuestionState)
    own = {"own questions": own_questions_message(First(full * 2, 9)), "none": own_questions_message(First())}
    drawn = own | messages(of, text) | offers_to_their_end(of, text) | asks(text) | lives_of_matches(of, text)
    questions = question_samples.messages(text) | claim_samples.messages(text)
    return drawn | meeting_samples.messages(text) | questions | market_samples.messages(text) | suggestions(text)


def suggestions(text: str) -> dict[str, Message]:
    """What good answers suggest, likewise, and what becomes of the request that names a mentor."""
    drawn = {
        f"suggestion {state} {matched}": suggestion_message(samples.suggestion(text, state, matched=matched))
        for state in SuggestionState
        for matched in (True, False)
    }
    return drawn | {
        f"request {state} {wanted} {asked}": status_message(
            replace(samples.status(state), wanted=wanted, wanted_name=text, asked=asked)
        )
        for state in RequestState
        for wanted in Wanted
        for asked in (1, 3)
    }


def views(of: Any, text: str) -> dict[str, dict[str, Any]]:
    """Every modal and Home tab, likewise."""
    student, mentor = of(STUDENT), of(MENTOR)
    questions = question_samples.views(text) | claim_samples.views(text) | market_samples.views(text)
    drawn = meeting_samples.views(text) | questions | views_of_mentorships(of, text)
    return drawn | {
        "new student": profile_modal({}, Role.STUDENT),
        "new mentor": profile_modal({}, Role.MENTOR),
        "student": profile_modal({Role.STUDENT: student}, Role.STUDENT),
        "student becomes mentor": profile_modal({Role.STUDENT: student}, Role.MENTOR),
        "both": profile_modal({Role.STUDENT: student, Role.MENTOR: mentor}, Role.MENTOR),
        "both cards": profile_view_modal(samples.card(student, text), samples.card(mentor, text)),
        "card": profile_view_modal(samples.card(student, text)),
        "mentor card": profile_view_modal(samples.card(mentor, text)),
        "request": request_modal(None),
        "suggested request": suggested_request_modal(samples.suggestion(text)),
        "message settings": preferences_modal(
            Preferences(QuietHours(), optional=True), "America/Argentina/ComodRivadavia"
        ),
        "message settings of a mentor": preferences_modal(Preferences(QuietHours(), True, True), "UTC"),
        "edit request": request_modal(Wish(text, tuple(MustShare), text), request_id=ONE),
        "decline": decline_modal(ONE, text),
        "ask": ask_modal(ONE, text),
        "answer": answer_modal(samples.exchange(text)),
        "rating": rating_modal(text, ONE),
        "feedback": feedback_modal(text, ONE),
        "feedback with several": choosing_modal({UUID(int=number): text for number in range(120)}),
        "help": help_modal(text, ONE),
        "help is sent": sent_modal(samples.report(text, text)),
        "home with asks": home_tab(ask_blocks(First(asked_about_each(text, 30), 30))),
        "notice": notice_modal("One moment."),
        "home of somebody new": home_view(samples.home(name=text, student=False)),
        "home of a student": home_view(samples.home(name=text)),
        "home of a mentor": home_view(samples.home(student=False, load=MentorLoad(0, 1, 0, None))),
    }


def asked_about_each(name: str, matches: int) -> tuple[AskView, ...]:
    """An open ask about each of so many matches."""
    return tuple(replace(samples.asked_about(name=name), match_id=UUID(int=number)) for number in range(matches))


def views_of_mentorships(of: Any, text: str) -> dict[str, dict[str, Any]]:
    """Those about mentorships, and the Home tab with as much of everything as there can be."""
    offers = tuple(samples.offer(OfferState.OPEN, of(STUDENT), text) for _ in range(10))
    asks = asked_about_each(text, 12)
    request = samples.status(RequestState.OFFERED, wish=Wish(text, tuple(MustShare), text))
    mine = samples.mentorship(text, agreement=samples.agreed(text, (TWO,)), contact=samples.MET)
    agreed = replace(mine, agreement=samples.agreed(text))
    many = tuple(replace(mine, i_am_student=number % 6 == 0) for number in range(120))
    coming, items = meeting_samples.coming(text) * 4, (meeting_samples.item(text),) * 20
    questions = tuple(
        claim_samples.question(state, text, text, next_step_at=NOON) for state in QuestionState for _ in range(3)
    )
    full = samples.home(
        name=text,
        request=request,
        load=LOAD,
        offers=offers,
        matches=many,
        asks=asks,
        meetings=coming,
        items=items,
        suggestions=(samples.suggestion(text),) * 9,
        questions=questions,
        claimed=questions,
        open_questions=120,
    )
    managed = {
        f"manage {state} {student}": manage_modal(replace(mine, state=state, i_am_student=student))
        for state in MatchState
        for student in (True, False)
    }
    return managed | {
        "home": home_view(full),
        "own questions": home_tab(own_question_blocks(full.questions)),
        "home of a pair": home_view(samples.home(matches=(samples.mentorship(text, slack_user_id=text),))),
        "home of a pair that agreed": home_view(samples.home(matches=(agreed,) * 5)),
        "goals": goals_modal(replace(mine, wish=text)),
        "pause": pause_modal(mine),
        "end": end_modal(mine),
        "find another": another_modal(mine),
        "confirm by hand": confirm_modal(samples.by_hand(text), samples.by_hand(text).mentors[0]),
        "end as staff": end_as_staff_modal(samples.couple(text)),
        "matched by hand": notice_modal(matched_notice(samples.couple(text))),
    }


def unchanged(answers: Any) -> Any:
    return answers


TELLERS = [
    pytest.param(unchanged, "A plan for two years.", id="tidy"),
    pytest.param(awkward, long(), id="awkward"),
    pytest.param(awkward, long("&"), id="ampersands"),
    pytest.param(awkward, long("<!channel>"), id="pings"),
    pytest.param(terse, "", id="terse"),
    pytest.param(terse, "   \n ", id="blank"),
]


@pytest.mark.parametrize(("of", "text"), TELLERS)
def test_slack_takes_every_message(of: Any, text: str) -> None:
    faults = {name: message_faults(one.text, one.blocks) for name, one in everything(of, text).items()}

    assert not {name: found for name, found in faults.items() if found}


@pytest.mark.parametrize(("of", "text"), TELLERS)
def test_slack_takes_every_view(of: Any, text: str) -> None:
    faults = {name: view_faults(view) for name, view in views(of, text).items()}

    assert not {name: found for name, found in faults.items() if found}


@pytest.mark.parametrize(("of", "text"), TELLERS)
def test_nobody_is_pinged_by_what_people_typed(of: Any, text: str) -> None:
    marked = [marked_up(one.blocks) + one.text for one in everything(of, text).values()]
    marked += [marked_up(view["blocks"]) for view in views(of, text).values()]
    found = {ping for one in marked for ping in pings(one)}

    assert found <= {"<@U0MIA", "<@U0KIM", "<@U0ADA"}


def test_our_own_words_are_calm() -> None:
    """No exclamation marks, and a top-level text that is a sentence."""
    for name, one in everything(unchanged, "A plan for two years.").items():
        shown = readable(one.blocks).replace("<!date", "")
        assert "!" not in shown + one.text, name
        assert len(one.text) > 20, name
    for name, view in views(unchanged, "A plan for two years.").items():
        assert "!" not in readable(view).replace("<!date", ""), name
