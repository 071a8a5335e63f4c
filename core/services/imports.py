"""People from a file: first what would happen, then just that, in a few units of work that may be done again.

Nobody is sent anything because they were imported. Whoever has an account in Slack is tied to it by a worker later,
see `core.services.sought_accounts`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, any_, func, literal, select
from sqlalchemy.exc import IntegrityError

from core.models import Profile, Request, User, new_id
from core.queue import Job
from core.rules.errors import DomainError
from core.rules.import_files import Fault, Table
from core.rules.imports import COLUMN_OF, ImportedRow, completed, read_people
from core.rules.profiles import ProfileAnswers
from core.rules.roles import PersonState, Role
from core.services.audit import Deed, Subject, record
from core.services.people import known_zone
from core.services.profiles import answers_of, fill_in, save_profile
from core.services.taxonomy import current_taxonomy
from core.services.waves import SOUGHT
from core.uow import Reading, Work

AT_ONCE = 500
"""Rows in one unit of work: long enough to be fast, short enough that no click waits for it."""


class ImportOutdated(DomainError):
    """People have changed since it was said what an import would do: it has to be looked at again."""

    code = "import_outdated"


class Change(StrEnum):
    """What importing a row does."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Step:
    """What importing one row does, and to whom. `columns` are those in which somebody known changes, `before` is what
    stood in their profile, `answers` what stands there afterwards.
    """

    row: ImportedRow
    change: Change
    person_id: UUID | None
    answers: ProfileAnswers
    before: ProfileAnswers | None = None
    columns: tuple[str, ...] = ()

    @property
    def is_fewer(self) -> bool:
        """Whether a mentor wants fewer mentees, so that offers may have to be taken back."""
        return self.before is not None and self.answers.max_mentees < self.before.max_mentees


@dataclass(frozen=True)
class Preview:
    """What an import would do: nothing is written yet."""

    steps: tuple[Step, ...]
    faults: tuple[Fault, ...]
    waiting: int  # requests for which mentors are looked for at this moment, also among new ones

    def people(self, change: Change) -> int:
        """How many people it does this to. Who is new in one role and changed in another counts once, as new."""
        order = list(Change)
        best: dict[str, Change] = {}
        for step in self.steps:
            known = best.get(step.row.key, Change.UNCHANGED)
            best[step.row.key] = min(known, step.change, key=order.index)
        return sum(found is change for found in best.values())

    @property
    def importing(self) -> int:
        """How many people are new or change."""
        return self.people(Change.NEW) + self.people(Change.UPDATED)

    @property
    def new_mentors(self) -> int:
        """How many mentors there will be more."""
        return sum(step.before is None and step.answers.role is Role.MENTOR for step in self.steps)

    @property
    def fewer(self) -> bool:
        """Whether a mentor wants fewer mentees."""
        return any(step.is_fewer for step in self.steps)

    @property
    def faulty(self) -> int:
        """How many rows cannot be taken."""
        return len({fault.number for fault in self.faults})

    @property
    def fingerprint(self) -> str:
        """Equal for what would do the same to the same people."""
        told = hashlib.sha256()
        for step in self.steps:
            who = step.row.number, step.row.name, step.row.email, step.row.slack_id, step.person_id
            told.update(repr((who, step.change, step.columns, step.before, step.answers)).encode())
        told.update(repr(self.faults).encode())
        return told.hexdigest()


def preview(reading: Reading, table: Table) -> Preview:
    """What importing a file would do as things stand. For staff: others would not know of everybody."""
    sheet = read_people(table, current_taxonomy(reading))
    steps, faults = _planned(reading, sheet.rows)
    in_order = sorted((*sheet.faults, *faults), key=lambda fault: fault.number)
    return Preview(tuple(steps), tuple(in_order), _waiting(reading))


def parts(seen: Preview) -> Iterator[tuple[Step, ...]]:
    """The units of work in which a preview is carried out: new people first, then those known in the order of their
    ids. A mentor who wants fewer mentees comes last and alone, for that locks what others wait for. The rows of one
    person are never apart.
    """
    new = _by_person(step for step in seen.steps if step.change is Change.NEW)
    known = _by_person(step for step in seen.steps if step.change is Change.UPDATED)
    yield from _parts(new)
    yield from _parts(steps for steps in known if not _takes_back(steps))
    yield from filter(_takes_back, known)


def _takes_back(steps: Sequence[Step]) -> bool:
    """Whether offers may have to be taken back."""
    return any(step.is_fewer for step in steps)


def import_part(work: Work, steps: Sequence[Step], tz: str = "UTC") -> None:
    """Carry out one of the parts, as the actor, who is staff. Raises `ImportOutdated` if it would do otherwise by now.

    New people live in the zone `tz`, until Slack knows better. Done a second time there is nothing left to do.
    """
    work.session.execute(select(func.pg_advisory_xact_lock(func.hashtext("import people"))))
    now, faults = _planned(work, [step.row for step in steps])
    if faults or now != list(steps):
        raise ImportOutdated
    for profile_id in _carried_out(work, steps, known_zone(tz)):
        work.queue(Job.ENCODE_PROFILE, profile_id)
    work.queue(Job.FIND_ACCOUNTS)
    counts = {change.value: sum(step.change is change for step in steps) for change in (Change.NEW, Change.UPDATED)}
    record(work, Deed.PEOPLE_IMPORTED, Subject.LIST, None, after={"rows": counts})


def _by_person(steps: Iterable[Step]) -> list[tuple[Step, ...]]:
    """The rows of each person; that of a mentor who wants fewer mentees first, before anything else is locked."""
    found: dict[str, list[Step]] = {}
    for step in sorted(steps, key=lambda step: (str(step.person_id), step.row.key, not step.is_fewer)):
        found.setdefault(step.row.key, []).append(step)
    return [tuple(theirs) for theirs in found.values()]


def _parts(people: Iterable[tuple[Step, ...]]) -> Iterator[tuple[Step, ...]]:
    part: list[Step] = []
    for steps in people:
        part += steps
        if len(part) >= AT_ONCE:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


def _planned(reading: Reading, rows: Sequence[ImportedRow]) -> tuple[list[Step], list[Fault]]:
    """What each row does as things stand, and which contradict what is known."""
    known = _known(reading, rows)
    owners = _owners(reading, rows)
    profiles = _profiles(reading, [user.id for user in known.values()])
    steps, faults = [], []
    for row in rows:
        user = known.get(row.key)
        fault = _contradiction(row, user, owners.get(row.slack_id))
        if fault:
            faults.append(fault)
        else:
            steps.append(_step(row, user, profiles.get((user.id, row.answers.role)) if user else None))
    return steps, faults


def _step(row: ImportedRow, user: User | None, profile: Profile | None) -> Step:
    if user is None:
        return Step(row, Change.NEW, None, row.answers)
    columns = []
    if not user.slack_user_id:  # what Slack tells of a person comes first
        columns += ["name"] if user.name != row.name else []
        columns += ["slack_id"] if row.slack_id and user.slack_named != row.slack_id else []
    if profile is None:
        return Step(row, Change.UPDATED, user.id, row.answers, None, (*columns, "role"))
    before = answers_of(profile)
    answers = completed(row, before)
    columns += [column for field, column in COLUMN_OF.items() if getattr(answers, field) != getattr(before, field)]
    change = Change.UPDATED if columns else Change.UNCHANGED
    return Step(row, change, user.id, answers, before, tuple(columns))


def _contradiction(row: ImportedRow, user: User | None, owner: UUID | None) -> Fault | None:
    if user and user.state is not PersonState.ACTIVE:
        return Fault(row.number, "email", "This person has left. Leave the row out, or give another address of theirs.")
    if user and user.slack_user_id and row.slack_id not in ("", user.slack_user_id):
        why = f"The account of this address is {user.slack_user_id}. Correct one of the two, or leave this empty."
        return Fault(row.number, "slack_id", why)
    if owner and (user is None or user.id != owner):
        why = "This account is known by another address. Give that address, or correct the ID."
        return Fault(row.number, "slack_id", why)
    return None


def _known(reading: Reading, rows: Iterable[ImportedRow]) -> dict[str, User]:
    address = func.lower(User.email)
    wanted = literal(sorted({row.key for row in rows}), ARRAY(Text))
    found = reading.session.execute(
        select(address, User).where(address == any_(wanted)).execution_options(populate_existing=True)
    )
    return {str(row[0]): row[1] for row in found}


def _owners(reading: Reading, rows: Iterable[ImportedRow]) -> dict[str, UUID]:
    named = sorted({row.slack_id for row in rows} - {""})
    if not named:
        return {}
    found = select(User.slack_user_id, User.id).where(User.slack_user_id == any_(literal(named, ARRAY(Text))))
    return {str(slack_id): person_id for slack_id, person_id in reading.session.execute(found)}


def _profiles(reading: Reading, person_ids: Sequence[UUID]) -> dict[tuple[UUID, Role], Profile]:
    theirs = Profile.user_id == any_(literal(person_ids, ARRAY(Uuid)))
    found = reading.session.scalars(select(Profile).where(theirs).execution_options(populate_existing=True))
    return {(profile.user_id, profile.role): profile for profile in found}


def _waiting(reading: Reading) -> int:
    return reading.session.scalars(select(func.count()).where(Request.state.in_(SOUGHT))).one()


def _carried_out(work: Work, steps: Sequence[Step], tz: str) -> list[UUID]:
    """The profiles that are new or changed."""
    people = _new_people(work, [step.row for step in steps if step.person_id is None], tz)
    ids = [step.person_id for step in steps if step.person_id]
    people |= {user.id: user for user in work.session.scalars(select(User).where(User.id.in_(ids)))}
    profiles = _profiles(work, ids)
    changed = []
    for step in steps:
        user = people[step.person_id or step.row.key]
        _renamed(work, user, step)
        if step.is_fewer:
            changed.append(save_profile(work, user.id, step.answers))
        else:
            changed.append(_told(work, user, step.answers, profiles.get((user.id, step.answers.role))))
    work.session.flush()
    return changed


def _new_people(work: Work, rows: Sequence[ImportedRow], tz: str) -> dict[str | UUID, User]:
    made: dict[str | UUID, User] = {
        row.key: User(
            id=new_id(),
            name=row.name,
            email=row.email,
            tz=tz,
            roles=[],
            slack_named=row.slack_id or None,
            seek_account_at=work.now,
        )
        for row in rows
    }
    work.session.add_all(made.values())
    try:
        work.session.flush()
    except IntegrityError:  # somebody turned up by one of these addresses at the same moment
        raise ImportOutdated from None
    return made


def _renamed(work: Work, user: User, step: Step) -> None:
    if "name" in step.columns:
        user.name = step.row.name
    if "slack_id" in step.columns:
        user.slack_named, user.seek_account_at = step.row.slack_id, work.now


def _told(work: Work, user: User, answers: ProfileAnswers, profile: Profile | None) -> UUID:
    """What `save_profile` does, for many at once; new places are found by the sweep within a minute."""
    user.roles = sorted({*user.roles, answers.role.value})
    if profile is None:
        profile = Profile(id=new_id(), user_id=user.id, role=answers.role)
        work.session.add(profile)
    fill_in(profile, answers)
    return profile.id
