"""A list as a file: all the rows that its page finds, in the page's order, written in a thread."""

from zoneinfo import ZoneInfo

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette_admin import flash
from starlette_admin.types import RequestAction

from core.services.audit import Deed, Subject, record
from web.admin.lists.base import ListPage
from web.admin.lists.fields import cell
from web.admin.lists.files import CSV, MEDIA, as_csv, as_excel
from web.admin.reading import act_as_staff
from web.auth.door import staff
from web.auth.pages import ADMIN, SEE_OTHER

MOST_ROWS = 20_000
TOO_MANY = (
    f"A file holds at most {MOST_ROWS:,} rows, and here are more. Please find fewer by a filter or a search, and take "
    "the file again."
)


async def export(view: ListPage, request: Request, kind: str) -> Response:
    """The file of this kind, or back to a list that is too long for one: no file lacks rows without saying so.

    Who took which list, and how much of it, stands in the audit log.
    """
    if kind not in MEDIA:
        raise HTTPException(404)
    request.state.action = RequestAction.LIST  # what may be filtered and sorted by is what the page says
    asked = view._parse_list_params(request)
    request.state.action = RequestAction.EXPORT
    rows = await view.find_all(request, 0, MOST_ROWS + 1, asked.q, asked.sorts, asked.filters)
    if len(rows) > MOST_ROWS:
        flash(request, TOO_MANY, "warning")
        return RedirectResponse(f"{ADMIN}/{view.key}/list?{request.url.query}", SEE_OTHER)
    person = staff(request)
    columns = view.columns(request)
    zone = ZoneInfo(person.tz)

    def write() -> bytes:
        header = [str(column.label) for column in columns]
        lines = ([cell(column, row, zone) for column in columns] for row in rows)
        return as_csv(header, lines) if kind == CSV else as_excel(str(view.menu_label), header, lines)

    noted = {"list": view.key, "rows": len(rows), "as": kind}
    await act_as_staff(request, lambda work: record(work, Deed.EXPORTED, Subject.LIST, None, after=noted))
    body = await run_in_threadpool(write)
    name = f"ithaca-{view.key}.{kind}"
    return Response(body, media_type=MEDIA[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'})
