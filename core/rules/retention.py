"""How long things are kept. What a rule says here stands in docs/privacy.md and on the privacy page, word for word."""

from dataclasses import dataclass
from datetime import datetime, timedelta

NIGHT = 3
"""The hour of the day, in UTC, in which old things are forgotten: a few each minute."""
AT_ONCE = 500
DAY, YEAR = timedelta(days=1), timedelta(days=365)
YEARS = {1: "a year", 2: "two years", 3: "three years"}
RUNS_ON = "as long as the programme runs"


@dataclass(frozen=True)
class Retained:
    """One kind of thing. `keep` counts from the moment named by `since`, which says all where there is no end."""

    what: str
    since: str
    keep: timedelta | None
    why: str

    @property
    def how_long(self) -> str:
        """In words."""
        if self.keep is None:
            return self.since
        years, days = divmod(self.keep.days, 365)
        span = f"{YEARS[years]}" if not days else "a day" if self.keep == DAY else f"{days} days"
        return f"{span} {self.since}"

    def forgotten_before(self, now: datetime) -> datetime:
        """What is older goes."""
        assert self.keep is not None  # noqa: S101 - only what has an end is asked
        return now - self.keep


PROFILE = Retained(
    "Name, account, profile and message settings", "until you have it erased", None, "to match people and write to them"
)
WISHES = Retained(
    "Wishes, and what was compared to find mentors", "after mentors were asked", YEAR, "to explain and repeat a match"
)
DECLINES = Retained("Notes and questions about offers", "after the offer", YEAR, "to make better offers")
MEETINGS = Retained("Notes and agendas of meetings", "after the mentorship", 2 * YEAR, "for the two to look things up")
COMMENTS = Retained("Comments in feedback", "after the mentorship", YEAR, "to look after people and learn")
HELP = Retained("What people said when they asked for help", "after the mentorship", 3 * YEAR, "to protect people")
DRAFTS = Retained("Questions that were never posted", "after they were closed", 30 * DAY, "to undo a slip")
RUNS = Retained("What staff had computed", "after it was used", YEAR, "to explain what came of it")
CHANGES = Retained("Changes to messages that were sent", "after they went out", 90 * DAY, "to find out what went wrong")
TROUBLES = Retained("Troubles with deliveries", "after they were over", YEAR, "to see what goes wrong often")
LINKS = Retained("Which links in mails were used", "after their time", DAY, "so that each does its deed once")
SIGN_INS = Retained("How staff signed in", "after it was last used", 30 * DAY, "to notice misuse")
STUBS = Retained("That there was somebody who was erased, without a name", RUNS_ON, None, "so that counts stay right")
AUDIT = Retained(
    "The audit log: ids, deeds and staff's reasons", RUNS_ON, None, "so that staff answer for what they did"
)

RULES: tuple[Retained, ...] = (
    PROFILE,
    WISHES,
    DECLINES,
    MEETINGS,
    COMMENTS,
    HELP,
    DRAFTS,
    RUNS,
    CHANGES,
    TROUBLES,
    LINKS,
    SIGN_INS,
    STUBS,
    AUDIT,
)


def is_time(now: datetime) -> bool:
    """Whether old things are looked for now."""
    return now.hour == NIGHT
