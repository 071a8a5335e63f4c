"""What a tick says of a moment: messages by kind and reader, then everything else that changed."""

from collections.abc import Iterator
from datetime import datetime
from textwrap import wrap

from core.changes import Change, Row
from core.queue import Job
from core.uow import Units
from tasks.tick.people import Names
from tasks.tick.ticking import Moment

WIDTH, INDENT = 112, 46
MESSAGES = "notifications"
NOISE = frozenset({"id", "created_at", "updated_at", "slack_dm_channel"})
DONE = {
    Job.MATCH_REQUEST: "requests searched for",
    Job.ENCODE_PROFILE: "profiles encoded",
    Job.CHECK_QUESTION: "questions compared with earlier ones",
}


class Report:
    """Writes lines about moments; those at which nothing happened are passed over."""

    def __init__(self, units: Units) -> None:
        self._names = Names(units)

    def lines(self, moment: Moment) -> Iterator[str]:
        """The lines about one moment, if there is anything to say."""
        said = [*self._changes(moment), *_jobs(moment), *_troubles(moment)]
        if said:
            yield shown(moment.at)
            yield from said

    def _changes(self, moment: Moment) -> Iterator[str]:
        groups: dict[str, list[Change]] = {}
        for change in moment.changes:
            if title := _title(change):
                groups.setdefault(title, []).append(change)
        for title in sorted(groups, key=lambda title: not title.startswith("sent")):
            names = dict.fromkeys(name for one in groups[title] for name in self._names.of(one))
            yield from _row(title, len(groups[title]), ", ".join(names))


def shown(at: datetime) -> str:
    """A moment, for a heading."""
    return f"{at:%a %d %b %Y, %H:%M} {at.tzname()}"


def _title(change: Change) -> str:
    """What became of a row, in a few words; empty if it is not worth a line."""
    if change.table == MESSAGES:
        return _message(change)
    thing = change.table.replace("_", " ")
    if change.before is None:
        return f"{thing}: new"
    if change.before.get("state") != change.after.get("state"):
        return f"{thing}: {change.before['state']} → {change.after['state']}"
    changed = sorted(name for name in _differing(change.before, change.after) if name not in NOISE)
    return f"{thing}: {', '.join(changed).replace('_', ' ')}" if changed else ""


def _message(change: Change) -> str:
    """Of a message only counts whether it went out, or why it did not."""
    row, before = change.after, change.before or {}
    kind = str(row["kind"]).replace("_", " ") + (", again" if row["updates_id"] else "")
    if row["state"] == before.get("state"):
        return ""
    if row["state"] == "sent":
        by = f" by {row['channel']}" if row["channel"] and not row["updates_id"] else ""
        return f"sent{by}: {kind}"
    if row["state"] in ("pending", "sending"):
        return f"not yet sent: {kind}" + (f" ({row['last_error']})" if row["last_error"] else "")
    return f"{row['state']}: {kind}" + (f" ({row['last_error']})" if row["last_error"] else "")


def _differing(before: Row, after: Row) -> Iterator[str]:
    return (name for name in after if before.get(name) != after[name])


def _jobs(moment: Moment) -> Iterator[str]:
    for job, what in DONE.items():
        if count := moment.jobs[job]:
            yield from _row(what, count, "")


def _troubles(moment: Moment) -> Iterator[str]:
    for what, failure in moment.failures.items():
        lines = str(failure).splitlines() or [""]
        yield f"  FAILED {what}: {type(failure).__name__}: {lines[0]}"
    if moment.left:
        yield from _row("left to the workers", moment.left, "jobs, which were too many at once")


def _row(title: str, count: int, names: str) -> Iterator[str]:
    first, *rest = wrap(names, WIDTH - INDENT - 8) or [""]
    yield f"  {title:<{INDENT}} {count:>4}  {first}".rstrip()
    yield from (f"{'':<{INDENT + 9}}{line}" for line in rest)
