"""Cohorts: made, renamed, dated and removed by staff, and the requests that belong to each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update

from core.models import Cohort, Match, Request, User
from core.rules.cohorts import CohortInUse, check_days, checked_name
from core.rules.errors import InvalidFields, NotFound
from core.rules.requests import OPEN, RequestState
from core.services.audit import Deed, Subject, record
from core.uow import Reading, Work

TAKEN = "There is a cohort of this name already."
MOST_LISTED = 200


@dataclass(frozen=True)
class CohortView:
    """A cohort, and how many requests and matches belong to it."""

    id: UUID
    name: str
    since: datetime | None
    until: datetime | None  # the moment when the last day is over
    open_requests: int
    requests: int
    matches: int

    @property
    def is_empty(self) -> bool:
        """Whether it can be removed."""
        return not (self.requests or self.matches)


@dataclass(frozen=True)
class Listed:
    """An open request on a cohort's page."""

    id: UUID
    student: str
    state: RequestState
    created_at: datetime


def cohort_views(reading: Reading, *which: ColumnElement[bool]) -> list[CohortView]:
    """All cohorts, the one that ends last first, or those of `which`."""
    of_it = Request.cohort_id == Cohort.id
    count = select(func.count()).correlate(Cohort)
    rows = reading.session.execute(
        select(
            Cohort.id,
            Cohort.name,
            Cohort.starts_on,
            Cohort.ends_on,
            count.where(of_it, Request.state.in_(OPEN)).scalar_subquery(),
            count.where(of_it).scalar_subquery(),
            count.where(Match.cohort_id == Cohort.id).scalar_subquery(),
        )
        .where(*which)
        .order_by(Cohort.ends_on.desc().nulls_first(), Cohort.name)
    )
    return [CohortView(*row) for row in rows]


def cohort_view(reading: Reading, cohort_id: UUID) -> CohortView:
    """One cohort. Raises `NotFound`."""
    found = cohort_views(reading, Cohort.id == cohort_id)
    if not found:
        raise NotFound(cohort_id=cohort_id)
    return found[0]


def open_requests(reading: Reading, cohort_id: UUID | None) -> list[Listed]:
    """The first open requests of a cohort, or of none, who asked first before all others."""
    rows = reading.session.execute(
        select(Request.id, User.name, Request.state, Request.created_at)
        .join(User, User.id == Request.student_id)
        .where(Request.cohort_id == cohort_id, Request.state.in_(OPEN))
        .order_by(Request.created_at, Request.id)
        .limit(MOST_LISTED)
    )
    return [Listed(*row) for row in rows]


def make_cohort(work: Work, name: str, since: datetime | None = None, until: datetime | None = None) -> UUID:
    """Make a cohort. Requests made in its days join it by themselves. Raises `InvalidFields`."""
    cohort = Cohort(name=_free_name(work, name), created_at=work.now)
    _set_days(cohort, since, until)
    work.session.add(cohort)
    work.session.flush()
    record(work, Deed.COHORT_MADE, Subject.COHORT, cohort.id, after=_told(cohort))
    return cohort.id


def change_cohort(work: Work, cohort_id: UUID, name: str, since: datetime | None, until: datetime | None) -> None:
    """Rename and date a cohort. Who belongs to it stays. Raises `InvalidFields` or `NotFound`."""
    cohort = _lock(work, cohort_id)
    before = _told(cohort)
    if name != cohort.name:
        cohort.name = _free_name(work, name, but=cohort_id)
    _set_days(cohort, since, until)
    work.session.flush()
    if _told(cohort) != before:
        record(work, Deed.COHORT_CHANGED, Subject.COHORT, cohort.id, before=before, after=_told(cohort))


def remove_cohort(work: Work, cohort_id: UUID) -> None:
    """Remove a cohort that nothing belongs to. Raises `CohortInUse` or `NotFound`."""
    cohort = _lock(work, cohort_id)
    if not cohort_view(work, cohort_id).is_empty:
        raise CohortInUse(cohort_id=cohort_id)
    record(work, Deed.COHORT_REMOVED, Subject.COHORT, cohort.id, before=_told(cohort))
    work.session.delete(cohort)
    work.session.flush()


def put_in(work: Work, cohort_id: UUID, request_ids: Collection[UUID]) -> int:
    """Put open requests of no cohort into one; how many that were. Raises `NotFound`."""
    return _put_in(work, cohort_id, Request.id.in_(request_ids))


def put_in_all(work: Work, cohort_id: UUID, *, of_its_days: bool) -> int:
    """Put all open requests of no cohort into one, or those that were made in its days. Raises `NotFound`."""
    cohort = _lock(work, cohort_id)
    if not of_its_days:
        return _put_in(work, cohort_id)
    if cohort.starts_on is None or cohort.ends_on is None:
        raise InvalidFields({"days": "This cohort has no days yet."})
    return _put_in(work, cohort_id, Request.created_at >= cohort.starts_on, Request.created_at < cohort.ends_on)


def take_out(work: Work, cohort_id: UUID, request_ids: Collection[UUID]) -> int:
    """Take open requests out of a cohort; they go on as they are. Returns how many that were. Raises `NotFound`."""
    _lock(work, cohort_id)
    return _move(work, cohort_id, None, Request.id.in_(request_ids))


def _put_in(work: Work, cohort_id: UUID, *which: ColumnElement[bool]) -> int:
    _lock(work, cohort_id)
    return _move(work, None, cohort_id, *which)


def _move(work: Work, old: UUID | None, new: UUID | None, *which: ColumnElement[bool]) -> int:
    """Let open requests of one cohort be of another. They are locked in the order of their ids, as everywhere."""
    theirs = Request.cohort_id == old, Request.state.in_(OPEN), *which
    locked = work.session.scalars(select(Request.id).where(*theirs).order_by(Request.id).with_for_update()).all()
    moved = work.session.scalars(
        update(Request).where(Request.id.in_(locked), *theirs).values(cohort_id=new).returning(Request.id)
    ).all()
    deed = Deed.COHORT_FILLED if new else Deed.COHORT_EMPTIED
    if moved:
        record(work, deed, Subject.COHORT, new or old, after={"requests": len(moved)})
    return len(moved)


def _free_name(work: Work, name: str, but: UUID | None = None) -> str:
    """The name as it is kept, if no other cohort has it. Two at once wait here for each other."""
    name = checked_name(name)
    work.session.execute(select(func.pg_advisory_xact_lock(func.hashtext("names of cohorts"))))
    if work.session.scalar(select(Cohort.id).where(func.lower(Cohort.name) == name.lower(), Cohort.id != but)):
        raise InvalidFields({"name": TAKEN})
    return name


def _set_days(cohort: Cohort, since: datetime | None, until: datetime | None) -> None:
    check_days(since, until)
    cohort.starts_on, cohort.ends_on = since, until


def _lock(work: Work, cohort_id: UUID) -> Cohort:
    statement = select(Cohort).where(Cohort.id == cohort_id).with_for_update(key_share=True)  # matches may name it
    cohort = work.session.scalar(statement.execution_options(populate_existing=True))
    if cohort is None:
        raise NotFound(cohort_id=cohort_id)
    return cohort


def _told(cohort: Cohort) -> dict[str, str | None]:
    return {"name": cohort.name, "since": _day(cohort.starts_on), "until": _day(cohort.ends_on)}


def _day(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
