"""What each side tells of a meeting: both versions are kept, and one stands until the two agree on another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from core.rules.errors import InvalidFields
from core.rules.meetings import MOST_MINUTES, MeetingClosed, MeetingState
from core.rules.profiles import TEXT
from core.rules.scheduling import KINDS
from core.rules.texts import keep_under

MOST_NOTES = 2 * TEXT
FARTHEST_BACK = timedelta(days=366)


@dataclass(frozen=True)
class Account:
    """A held meeting as one side tells of it."""

    held_on: date
    minutes: int
    kind: str
    notes: str
    told_at: datetime

    def agrees_with(self, other: "Account") -> bool:
        """Whether both tell the same of the day, the length and the kind. Notes are each side's own."""
        return (self.held_on, self.minutes, self.kind) == (other.held_on, other.minutes, other.kind)

    def says_as(self, other: "Account") -> bool:
        """Whether nothing was told anew."""
        return self.agrees_with(other) and self.notes == other.notes


@dataclass(frozen=True)
class Told:
    """All that was told of one meeting: whose version stands, and who holds that for true."""

    accounts: Mapping[UUID, Account]
    standing: UUID
    confirmed: frozenset[UUID]

    @property
    def disputed(self) -> bool:
        """Whether there are two versions that nobody has settled."""
        versions = list(self.accounts.values())
        return len(self.confirmed) < 2 and any(not one.agrees_with(versions[0]) for one in versions[1:])


def check(account: Account, items: Sequence[str], today: date) -> None:
    """Refuse what cannot be, with all that is wrong at its field. `today` is the teller's. Raises `InvalidFields`."""
    problems = {}
    if account.held_on > today:
        problems["held_on"] = "This day is still to come. Please choose the day you met."
    elif account.held_on < today - FARTHEST_BACK:
        problems["held_on"] = "This is more than a year ago. Please check the date."
    if not 1 <= account.minutes <= MOST_MINUTES:
        problems["minutes"] = "Please enter how many minutes it took, up to a day."
    if account.kind not in KINDS:
        problems["kind"] = "Please choose how you met."
    if len(account.notes) > MOST_NOTES:
        problems["notes"] = keep_under(MOST_NOTES)
    if sum(map(len, items)) > MOST_NOTES:
        problems["action_items"] = keep_under(MOST_NOTES)
    if problems:
        raise InvalidFields(problems)


def correct(told: Told, person: UUID, version: Account) -> Told:
    """A side tells it differently. The other side's version is never touched, and stands if it stood.

    Whoever tells the same as the other side confirms with it. Notes alone change nothing of what was agreed on.
    """
    former, accounts = told.accounts.get(person), {**told.accounts, person: version}
    others = [account for who, account in accounts.items() if who != person]
    if others and all(version.agrees_with(account) for account in others):
        return Told(accounts, told.standing, frozenset(accounts))
    if former and version.agrees_with(former):
        return Told(accounts, told.standing, told.confirmed)
    if told.standing == person:
        return Told(accounts, person, frozenset({person}))
    return Told(accounts, told.standing, told.confirmed - {person})


def confirm(told: Told, person: UUID) -> Told:
    """A side holds the other's version for true, which then stands. Raises `MeetingClosed` if it has done so before."""
    if person in told.confirmed and not told.disputed:
        raise MeetingClosed(state=MeetingState.HELD, confirmed=True)
    other = next((who for who in told.accounts if who != person), told.standing)
    return Told(told.accounts, other, frozenset({other, person}))
