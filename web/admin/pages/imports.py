"""Import: a file of people, what it would do, and the button that does just that.

The file travels with the page, packed, so that what is imported is what was looked at, whichever process answers. The
page's fingerprint tells when people have changed in between.
"""

import base64
import binascii
import zlib
from collections import deque

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette_admin.routing import route

from core.rules.import_files import (
    COLUMNS,
    MOST_BYTES,
    MOST_ROWS,
    Table,
    UnreadableFile,
    faulty_rows,
    read_table,
    template,
)
from core.services.imports import Change, ImportOutdated, Preview, import_part, parts, preview
from web.admin.forms import text_in
from web.admin.lists.files import CSV, MEDIA
from web.admin.pages.base import OwnPage
from web.admin.reading import reading_of, work_as_staff
from web.auth.door import staff

AT_A_PRESS = 1_000
"""Rows that one press imports: no browser, and no page that reads, waits for more."""
SHOWN = 200
"""So many faults, and so many people who change, are on the page; the file of faulty rows holds them all."""
CHOOSE = "Please choose a file."
OUTDATED = "People have changed since you looked, so nothing more was imported. This is what the file would do now."
TICK = "Please tick that the faulty rows are left out, or mend them first."
REFUSED = 422


class Import(OwnPage):
    """People from a CSV file."""

    menu_label, icon, path = "Import", "fa fa-file-import", "/import"

    @route("", name="import")
    async def index(self, request: Request) -> Response:
        """What a file has to look like, and where to choose one."""
        return self._form(request)

    @route("/template", name="import-template")
    async def template(self, request: Request) -> Response:
        """A file to begin with."""
        del request
        return _file("ithaca-people-template", template())

    @route("/look", methods=["POST"], name="import-look")
    async def look(self, request: Request) -> Response:
        """What the file would do. Nothing is written."""
        async with request.form() as form:
            chosen = form.get("file")
            if not isinstance(chosen, UploadFile) or not chosen.filename:
                return self._form(request, CHOOSE)
            content = await chosen.read(MOST_BYTES + 1)
        return await self._seen(request, content)

    @route("/faults", methods=["POST"], name="import-faults")
    async def faults(self, request: Request) -> Response:
        """The faulty rows as a file to mend."""
        try:
            _, table = await run_in_threadpool(_looked_at, text_in(await request.form(), "packed"))
        except UnreadableFile as error:
            return self._form(request, error.why)
        seen = await run_in_threadpool(preview, reading_of(request), table)
        return _file("ithaca-people-to-mend", await run_in_threadpool(faulty_rows, table, seen.faults))

    @route("/people", methods=["POST"], name="import-people")
    async def people(self, request: Request) -> Response:
        """Import what was looked at."""
        form = await request.form()
        try:
            content, table = await run_in_threadpool(_looked_at, text_in(form, "packed"))
        except UnreadableFile as error:
            return self._form(request, error.why)
        seen = await run_in_threadpool(preview, reading_of(request), table)
        if seen.fingerprint != form.get("fingerprint"):
            return await self._seen(request, content, OUTDATED)
        if seen.faults and form.get("leave_out") != "yes":
            return await self._seen(request, content, TICK)
        try:
            rest = await run_in_threadpool(_carry_out, request, seen)
        except ImportOutdated:
            return await self._seen(request, content, OUTDATED)
        if rest:
            return await self._seen(request, content, f"{rest:,} rows are left to import. Press again to go on.")
        done = f"{seen.people(Change.NEW):,} added, {seen.people(Change.UPDATED):,} updated."
        return self.go(request, "/people/list", f"People imported: {done}")

    async def _seen(self, request: Request, content: bytes, problem: str = "") -> Response:
        try:
            table = await run_in_threadpool(read_table, content)
        except UnreadableFile as error:
            return self._form(request, error.why)
        seen = await run_in_threadpool(_as_it_is_now, request, table)
        updated = [step for step in seen.steps if step.change is Change.UPDATED]
        return self.page(
            request,
            "import_preview.html",
            REFUSED if problem else 200,
            seen=seen,
            new=seen.people(Change.NEW),
            updated=seen.people(Change.UPDATED),
            unchanged=seen.people(Change.UNCHANGED),
            in_header=any(fault.number == 1 for fault in seen.faults),
            changes=updated[:SHOWN],
            more_changes=max(0, len(updated) - SHOWN),
            shown_faults=seen.faults[:SHOWN],
            more_faults=max(0, len(seen.faults) - SHOWN),
            packed=await run_in_threadpool(_packed, content),
            problem=problem,
        )

    def _form(self, request: Request, problem: str = "") -> Response:
        status = REFUSED if problem else 200
        return self.page(request, "import.html", status, problem=problem, columns=COLUMNS, most_rows=MOST_ROWS)


def _carry_out(request: Request, seen: Preview) -> int:
    """Import as much as one press does. How many rows are left."""
    waiting = deque(parts(seen))
    done = 0
    while waiting and done < AT_A_PRESS:
        done += len(waiting[0])
        with work_as_staff(request) as work:
            import_part(work, waiting.popleft(), staff(request).tz)
    return sum(map(len, waiting))


def _as_it_is_now(request: Request, table: Table) -> Preview:
    """What a file would do after what this very press has done: the page itself reads how things stood before."""
    with work_as_staff(request) as work:
        return preview(work, table)


def _packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content)).decode()


def _looked_at(packed: str) -> tuple[bytes, Table]:
    """The file that was looked at, and what stands in it. Raises `UnreadableFile`."""
    content = _unpacked(packed)
    return content, read_table(content)


def _unpacked(packed: str) -> bytes:
    """The file that travelled with the page, never more than a file may hold. Raises `UnreadableFile`."""
    try:
        return zlib.decompressobj().decompress(base64.b64decode(packed, validate=True), MOST_BYTES + 1)
    except (binascii.Error, zlib.error, ValueError):
        raise UnreadableFile("The file was lost on its way. Please choose it once more.") from None


def _file(name: str, body: bytes) -> Response:
    return Response(body, media_type=MEDIA[CSV], headers={"Content-Disposition": f'attachment; filename="{name}.csv"'})
