"""A person's own places: profile, Home tab, menu, settings, privacy."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from bot.ids import Action
from bot.views.home import home_view
from bot.views.mentoring import (
    moved_on_message,
    pause_over_message,
    paused_message,
    resumed_message,
    silence_message,
)
from bot.views.menu import help_message, menu_message
from bot.views.notices import notice, notice_modal, open_again, type_again
from bot.views.preferences import preferences_modal
from bot.views.privacy import (
    empty_home,
    erase_modal,
    erased_modal,
    export_message,
    own_data_message,
    privacy_message,
    privacy_modal,
)
from bot.views.profiles import profile_modal, profile_view_modal
from core.rules.attention import QuietHours
from core.rules.questions import QuestionState
from core.rules.roles import Role
from core.services.home import MentorLoad
from core.services.mentoring import PauseView
from core.services.preferences import Preferences
from core.services.refused import MovedOn
from tests.bot.views import meeting_samples, samples
from tests.bot.views.claim_samples import question
from tests.bot.views.samples import NOON, ONE, TWO
from tests.gallery.catalogue.feedback import check_in
from tests.gallery.catalogue.matches import ASKS_ME, MENTEE, MINE
from tests.gallery.catalogue.requests import ASKED
from tests.gallery.catalogue.told import MENTOR, PAGE, PEOPLE, STUDENT, offer
from tests.gallery.exhibits import KIM, MIA, Room, shown

ZONE, NEW_YORK = "Europe/Amsterdam", "America/New_York"
QUIET, NO_HOURS = QuietHours(), Preferences(QuietHours(), True, True)
BUSY, PAUSED = MentorLoad(2, 4, 2, None), MentorLoad(1, 2, 0, NOON + timedelta(days=14))
PAUSE = PauseView(ONE, TWO, NOON + timedelta(days=30), NEW_YORK)
MOVED_ON = MovedOn(ONE, TWO, ("Mia Tan", "Noor Haddad"), False, NOON + timedelta(days=30), NEW_YORK)
TO_PICK, TO_WAIT, PLANNED, BEGUN, OVER, TWICE = meeting_samples.coming("What a first year could look like")
COMING = (
    TO_PICK,
    TO_WAIT,
    PLANNED,
    replace(BEGUN, starts_at=NOON - timedelta(minutes=15)),
    replace(OVER, starts_at=NOON - timedelta(days=1)),
    replace(TWICE, held=meeting_samples.held(disputed=True)),
)
ITEMS = (meeting_samples.item("Read the market report"), meeting_samples.item("Find a date for the visit", owned=False))
KNOWN = {Role.STUDENT: STUDENT, Role.MENTOR: MENTOR}
MENTEES = tuple(
    replace(MENTEE, match_id=UUID(int=number + 10), partner=replace(MENTEE.partner, name=name))
    for number, name in enumerate(PEOPLE[:2])
)
MANY = tuple(
    replace(MENTEE, match_id=UUID(int=number + 10), partner=replace(MENTEE.partner, name=name))
    for number, name in enumerate(PEOPLE)
)
CLAIMED = (question(QuestionState.CLAIMED, name="Noor Haddad"),)

STUDENT_HOME = samples.home(
    matches=(MINE,),
    asks=(check_in(),),
    meetings=(PLANNED,),
    items=ITEMS,
    questions=(question(QuestionState.CLAIMED),),
)
MENTOR_HOME = samples.home(
    name="Kim Alder",
    student=False,
    load=BUSY,
    offers=(offer(), offer(name="Dov Katz", number=2)),
    matches=MENTEES,
    asks=(check_in(name=PEOPLE[0], student=False),),
    meetings=(replace(TO_PICK, partner_name=PEOPLE[0]),),
    claimed=CLAIMED,
    open_questions=3,
)

ROOM = Room(
    "people",
    "People",
    (
        shown(MIA, "home-new", "Home of somebody new", home_view, samples.home(student=False)),
        shown(MIA, "home-no-request", "Home of a student without a request", home_view, samples.home()),
        shown(
            MIA,
            "home-request",
            "Home with a request, about which a mentor asks",
            home_view,
            samples.home(request=ASKED),
        ),
        shown(MIA, "home-student", "Home of a student with a mentor", home_view, STUDENT_HOME),
        shown(MIA, "home-goals", "Home when the mentor proposed goals", home_view, samples.home(matches=(ASKS_ME,))),
        shown(
            MIA,
            "home-suggestion",
            "Home with a suggestion",
            home_view,
            samples.home(suggestions=(samples.suggestion(),)),
        ),
        shown(
            MIA,
            "home-meetings",
            "Home with a meeting of every sort",
            home_view,
            samples.home(matches=(MINE,), meetings=COMING),
        ),
        shown(KIM, "home-mentor", "Home of a mentor with offers, mentees and a question", home_view, MENTOR_HOME),
        shown(
            KIM,
            "home-mentor-idle",
            "Home of a mentor for whom nothing waits",
            home_view,
            samples.home(name="Kim Alder", student=False, load=MentorLoad(0, 2, 0, None)),
        ),
        shown(
            KIM,
            "home-mentor-paused",
            "Home while paused",
            home_view,
            samples.home(name="Kim Alder", student=False, load=PAUSED),
        ),
        shown(
            KIM,
            "home-mentor-many",
            "Home of a mentor of many",
            home_view,
            samples.home(name="Kim Alder", student=False, load=MentorLoad(6, 6, 0, None), matches=MANY),
        ),
        shown(MIA, "home-erased", "Home of somebody of whom nothing is left", empty_home),
        shown(MIA, "profile-new", "`Your profile`, empty", profile_modal, {}, Role.STUDENT),
        shown(MIA, "profile-student", "`Your profile` of a student", profile_modal, KNOWN, Role.STUDENT),
        shown(KIM, "profile-mentor", "`Your profile` of a mentor", profile_modal, KNOWN, Role.MENTOR),
        shown(KIM, "profile-view", "`View profile`", profile_view_modal, samples.card(STUDENT)),
        shown(
            MIA,
            "profile-view-both",
            "Of somebody who is student and mentor",
            profile_view_modal,
            samples.card(STUDENT, "Kim Alder"),
            samples.card(MENTOR, "Kim Alder"),
        ),
        shown(MIA, "menu-new", "`/mentor`, to somebody new", menu_message, samples.home(student=False)),
        shown(MIA, "menu-student", "`/mentor`, to a student", menu_message, STUDENT_HOME),
        shown(MIA, "menu-none", "`/mentor` without a request", menu_message, samples.home()),
        shown(KIM, "menu-mentor", "`/mentor`, to a mentor", menu_message, MENTOR_HOME),
        shown(
            KIM,
            "menu-paused",
            "`/mentor` while paused",
            menu_message,
            samples.home(name="Kim Alder", student=False, load=PAUSED),
        ),
        shown(
            MIA,
            "help",
            "`/mentor help`",
            help_message,
            contact="Write to Ada Brandt, mentorship@example.org, or come by in room 2.14.",
        ),
        shown(MIA, "help-unknown", "A word that is no command", help_message, unknown="mentee"),
        shown(KIM, "pause", "`/mentor pause`", paused_message, NOON + timedelta(days=30), NEW_YORK),
        shown(KIM, "resume", "`/mentor resume`", resumed_message),
        shown(KIM, "mentor-pause-over", "A pause that ended by itself", pause_over_message),
        shown(KIM, "silence", "Three offers without an answer", silence_message, PAUSE),
        shown(KIM, "silence-over", "The same, after `Resume`", silence_message, replace(PAUSE, paused_until=None)),
        shown(KIM, "moved-on", "Slack did not let us write", moved_on_message, MOVED_ON),
        shown(
            KIM, "moved-on-over", "The same, taking students", moved_on_message, replace(MOVED_ON, paused_until=None)
        ),
        shown(MIA, "settings", "`Message settings`", preferences_modal, Preferences(QUIET, optional=True), ZONE),
        shown(KIM, "settings-mentor", "`Message settings` of a mentor", preferences_modal, NO_HOURS, NEW_YORK),
        shown(MIA, "privacy", "`/mentor privacy`", privacy_message, PAGE),
        shown(MIA, "privacy-modal", "`Privacy`, from the Home tab", privacy_modal, PAGE),
        shown(MIA, "own-data", "To who asked staff for their data", own_data_message),
        shown(MIA, "export", "`Export my data`", export_message, PAGE),
        shown(MIA, "erase-form", "`Erase me`", erase_modal),
        shown(MIA, "erased", "After it", erased_modal),
        shown(
            MIA,
            "notice",
            "A sentence instead of a form",
            notice_modal,
            "Mia Tan has found a mentor meanwhile, so there is nothing left to decide.",
        ),
        shown(
            MIA,
            "notice-message",
            "The same in a conversation",
            notice,
            "Only your mentor and staff can read this profile.",
        ),
        shown(MIA, "open-again", "When Slack's three seconds were over", open_again, Action.MENU_PROFILE, ""),
        shown(MIA, "type-again", "The same for what no button opens", type_again),
    ),
    ("own-data", "mentor-paused", "pause-over"),
    phone=frozenset({"home-student", "home-mentor", "profile-student", "letter-own-data"}),
)
