"""What staff read in Slack: what needs a person, mentorships at risk, figures, matches by hand, troubles."""

from dataclasses import replace
from datetime import timedelta

from bot.views.delivery import digest_message, trouble_message
from bot.views.health import at_risk_list_message, at_risk_message
from bot.views.manual_matches import (
    confirm_modal,
    end_as_staff_modal,
    name_two_message,
    pair_message,
    scoring_message,
)
from bot.views.staff import (
    admin_help_message,
    dashboard_message,
    departure_message,
    export_message,
    requests_message,
    staff_request_message,
    stats_message,
)
from core.models import TroubleName
from core.rules.health import HealthState
from core.rules.offers import OfferState
from core.rules.requests import RequestState
from core.services.accounts import Departure
from core.services.health import HealthView
from core.services.manual_runs import ManualRun
from core.services.matches import Pair
from core.services.question_reports import QuestionStats
from core.services.reports import AskedMentor, OpenRequest, Stats
from core.services.troubles import TroubleView
from tests.bot.views import meeting_samples, samples
from tests.bot.views.samples import NOON, ONE, TWO
from tests.gallery.catalogue.requests import status
from tests.gallery.catalogue.told import CRITERIA, PAGE, PEOPLE
from tests.gallery.exhibits import ADA, KIM, Room, shown

State, ZONE = RequestState, "Europe/Amsterdam"
MIA_TAN, KIM_ALDER = meeting_samples.people()
STATS = Stats(1_240, 310, 85, 12, 3, 1, 296, 30.25), QuestionStats(80, 0.91, 3.5, 61, 4.4, 4, 7)
AT_FIRST = Stats(0, 0, 0, 0, 0, 0, 0, None), QuestionStats(0, None, None, 0, None, 0, 0)
LEFT = Departure(TWO, "Kim Alder", False, frozenset({"mentor"}), (samples.live("Mia Tan", student=False),))
CODES = {
    TroubleName.INSTALLATION: "token_revoked",
    TroubleName.MAIL: "smtp_unavailable",
    TroubleName.DRAWING: "offer: invalid_blocks",
    TroubleName.STUCK: "late by more than 300 seconds",
    TroubleName.UNREACHED: "channel_not_found",
    TroubleName.CHANNEL: "quick-questions",
}
TROUBLES = {name: TroubleView(name, CODES[name], 3, None) for name in TroubleName}
HEALTHY = HealthView(ONE, "Mia Tan", "Kim Alder", HealthState.HEALTHY)
RISK = samples.at_risk()
ASKED = (
    AskedMentor("Kim Alder", OfferState.OPEN, 79, CRITERIA),
    AskedMentor("Ann Osei", OfferState.DECLINED, 71, CRITERIA[1:4]),
)
REQUESTS = (
    OpenRequest("Mia Tan", State.OFFERED, 1, NOON + timedelta(days=3), ASKED),
    OpenRequest("Dov Katz", State.STAFF, 3, NOON + timedelta(days=1), ()),
    OpenRequest("Noor Haddad", State.WAITING, 0, None, ()),
)
BEHIND = (
    "Kim Alder proposed goals for your mentorship.",
    "The time to answer for Noor Haddad has passed. Nothing is left for you to do.",
)


def by_hand() -> ManualRun:
    """Mia, and Kim who has no place left."""
    run = samples.by_hand()
    mentor = replace(run.mentors[0], name="Kim Alder", score=79, criteria=CRITERIA)
    return replace(run, mentors=(mentor,))


ROOM = Room(
    "staff",
    "Staff",
    (
        shown(
            ADA,
            "request",
            "A request after three waves without a yes",
            staff_request_message,
            status(State.STAFF, 3),
            MIA_TAN,
        ),
        *(
            shown(ADA, f"request-{state}", f"The same, {said}", staff_request_message, status(state, 3), MIA_TAN)
            for state, said in (
                (State.MATCHED, "once there is a mentor"),
                (State.CANCELLED, "once cancelled"),
                (State.SEARCHING, "once we look again"),
            )
        ),
        shown(ADA, "left", "Somebody left Slack", departure_message, LEFT),
        shown(ADA, "left-alone", "Somebody without a match left", departure_message, replace(LEFT, matches=())),
        shown(ADA, "back", "Somebody is back", departure_message, replace(LEFT, is_back=True)),
        shown(ADA, "at-risk", "A mentorship that came to be at risk", at_risk_message, RISK),
        shown(ADA, "at-risk-over", "The same, at risk no more", at_risk_message, HEALTHY),
        shown(
            ADA,
            "at-risk-list",
            "`/mentor-admin at-risk`",
            at_risk_list_message,
            (RISK, samples.at_risk(*PEOPLE[:2])),
            ZONE,
        ),
        shown(ADA, "at-risk-none", "`/mentor-admin at-risk` with none", at_risk_list_message, (), ZONE),
        shown(ADA, "stats", "`/mentor-admin stats`", stats_message, *STATS),
        shown(ADA, "stats-at-first", "The same, before anything happened", stats_message, *AT_FIRST),
        shown(ADA, "requests", "`/mentor-admin requests`", requests_message, REQUESTS, ZONE),
        shown(ADA, "requests-none", "`/mentor-admin requests` with none", requests_message, (), ZONE),
        shown(ADA, "match-scoring", "`/mentor-admin match`, while a worker looks", scoring_message, MIA_TAN, KIM_ALDER),
        shown(ADA, "match-pair", "How well the two fit", pair_message, by_hand()),
        shown(
            ADA,
            "match-failed",
            "When it cannot be told",
            pair_message,
            samples.by_hand(failure="Kim Alder has no profile as a mentor any more."),
        ),
        shown(ADA, "match-form", "`Confirm`", confirm_modal, by_hand(), by_hand().mentors[0]),
        shown(ADA, "match-two-names", "The command without names", name_two_message, "match"),
        shown(ADA, "end-form", "`/mentor-admin end`", end_as_staff_modal, Pair(ONE, MIA_TAN, KIM_ALDER, None)),
        shown(ADA, "dashboard", "`/mentor-admin dashboard`", dashboard_message, PAGE),
        shown(ADA, "export", "`/mentor-admin export`", export_message, lambda page: f"{PAGE}/{page}"),
        shown(ADA, "admin-help", "`/mentor-admin help`", admin_help_message),
        *(
            shown(ADA, f"trouble-{name}", f"Something is out of order: {name}", trouble_message, trouble)
            for name, trouble in TROUBLES.items()
        ),
        shown(
            ADA,
            "trouble-over",
            "The same, over",
            trouble_message,
            replace(TROUBLES[TroubleName.INSTALLATION], ended_at=NOON),
        ),
        shown(KIM, "digest", "What was too much for one day, to anybody", digest_message, BEHIND),
    ),
    (
        "staff-request",
        "person-left",
        "match-at-risk",
        "delivery-trouble",
        "delivery-trouble-over",
        "digest",
    ),
    phone=frozenset({"letter-match-at-risk"}),
)
