"""The life of a match, from the introduction to the keepsake."""

from dataclasses import replace
from datetime import timedelta

from bot.views.keepsakes import keepsake_link_message, keepsake_message
from bot.views.matches import introduction_message
from bot.views.mentorship_forms import another_modal, end_modal, goals_modal, manage_modal, pause_modal
from bot.views.mentorships import changed_message, goals_proposed_message, kick_off_message, match_pause_over_message
from bot.views.staff_messages import staff_message
from core.rules.matches import MatchState
from core.services.keepsakes import Keepsake, KeptMeeting
from tests.bot.views import meeting_samples, samples
from tests.bot.views.samples import NOON, ONE, TWO
from tests.gallery.catalogue.told import PAGE, REACHED, pair
from tests.gallery.exhibits import KIM, MIA, Room, pressed, shown

State = MatchState
NEW, PAIR = replace(pair(), state=State.PENDING), pair()
PROPOSED = replace(PAIR, agreement=samples.agreed(REACHED, (ONE,)))
AGREED = replace(PAIR, agreement=samples.agreed(REACHED))
PAUSED = replace(AGREED, state=State.PAUSED, paused_until=NOON + timedelta(days=14))
ENDED, COMPLETED = (replace(AGREED, state=state) for state in (State.ENDED, State.COMPLETED))

MINE = samples.mentorship(agreement=samples.agreed(REACHED), contact=samples.MET)
NOT_SET = samples.mentorship()
ASKS_ME = samples.mentorship(agreement=samples.agreed(REACHED, (TWO,)))
MENTEE = replace(samples.mentorship("Noor Haddad", student=False, slack_user_id=None), agreement=MINE.agreement)
HELD = meeting_samples.held()
HISTORY = tuple(replace(HELD, held_on=HELD.held_on - timedelta(days=14 * number)) for number in range(3))
DONE = ("Read the market report", "Two applications, one answer", "A talk at the data club")


def kept() -> Keepsake:
    """Four meetings in three months."""
    made = samples.kept(REACHED)
    notes = ("What she wants, and what she can", "Her project, line by line", "Two job adverts", "What comes next")
    held = tuple(
        KeptMeeting(NOON.date() + timedelta(days=20 * number), 45, "Video", note) for number, note in enumerate(notes)
    )
    return replace(made, meetings=held, done=DONE)


MANAGE = shown(MIA, "manage", "`Manage`, as a student", manage_modal, MINE, HISTORY)

ROOM = Room(
    "matches",
    "Matches",
    (
        shown(MIA, "introduction", "The introduction opens the conversation of the two", introduction_message, PAIR),
        shown(MIA, "introduction-over", "The same, once it is over", introduction_message, ENDED),
        shown(MIA, "kick-off", "What to reach, and how often to meet: asked of both", kick_off_message, PAIR),
        shown(MIA, "goals-form", "`Goals and cadence`", goals_modal, NOT_SET),
        shown(KIM, "goals-proposed", "Proposed, to the other side", goals_proposed_message, PROPOSED),
        shown(MIA, "goals-agreed", "Agreed, to both", kick_off_message, AGREED),
        shown(MIA, "goals-over", "Once it is over", kick_off_message, ENDED),
        MANAGE,
        pressed("Complete", MANAGE),
        shown(MIA, "manage-new", "`Manage` before goals are set", manage_modal, NOT_SET),
        shown(MIA, "manage-proposed", "`Manage` when the other side proposed goals", manage_modal, ASKS_ME),
        shown(KIM, "manage-mentor", "`Manage`, as a mentor", manage_modal, MENTEE, HISTORY),
        shown(MIA, "manage-paused", "`Manage` while paused", manage_modal, samples.mentorship(state=State.PAUSED)),
        shown(
            MIA,
            "manage-completed",
            "`Manage`, completed",
            manage_modal,
            replace(MINE, state=State.COMPLETED, ended_at=NOON, contact=replace(samples.MET, next=None)),
            HISTORY,
        ),
        shown(MIA, "manage-ended", "`Manage`, ended", manage_modal, samples.mentorship(state=State.ENDED)),
        shown(MIA, "pause-form", "`Pause`", pause_modal, MINE),
        shown(MIA, "paused", "Paused, to both", changed_message, PAUSED),
        shown(MIA, "resumed", "`Resume`, to both", changed_message, AGREED),
        shown(MIA, "pause-over", "The pause came to its date", match_pause_over_message, AGREED),
        shown(MIA, "end-form", "`End`", end_modal, MINE),
        shown(MIA, "ended", "Ended, to both", changed_message, ENDED),
        shown(MIA, "find-another-form", "`Find another mentor`", another_modal, MINE),
        shown(MIA, "completed", "Completed, to both", changed_message, COMPLETED),
        shown(MIA, "keepsake", "The keepsake, to each", keepsake_message, kept()),
        shown(MIA, "keepsake-link", "The way to its page", keepsake_link_message, PAGE, kept()),
        shown(MIA, "from-staff", "What staff write to a pair", staff_message, samples.from_staff(name="Ada Brandt")),
        shown(
            MIA, "from-staff-to-one", "To one of the two", staff_message, samples.from_staff(name="Ada Brandt", to=ONE)
        ),
    ),
    (
        "introduction-to-mentor",
        "introduction-to-student",
        "introduction-in-slack-too",
        "kick-off",
        "kick-off-agreed",
        "goals-proposed",
        "match-paused",
        "match-resumed",
        "match-ended",
        "match-pause-over",
        "keepsake",
        "staff-message",
    ),
    phone=frozenset({"introduction", "manage", "letter-introduction-to-student"}),
)
