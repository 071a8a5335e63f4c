"""Rows as files: CSV and Excel that open with the same rows everywhere, and in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.cells import harmless
from web.admin.lists.fields import Cell

CSV, EXCEL = "csv", "xlsx"
MEDIA = {CSV: "text/csv; charset=utf-8", EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
WIDTH, NARROW = 28, 14
MOMENT = "yyyy-mm-dd hh:mm"

Rows = Iterable[Sequence[Cell]]


def as_csv(header: Sequence[str], rows: Rows) -> bytes:
    """Comma separated (RFC 4180), in UTF-8. Moments carry their offset."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_written(value) for value in row] for row in rows)
    return text.getvalue().encode()


def as_excel(title: str, header: Sequence[str], rows: Rows) -> bytes:
    """A workbook of one sheet, its header always in sight. Numbers and moments are what they are, the rest is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(place)].width = max(NARROW, min(len(name) + 4, WIDTH))
    sheet.append([_cell(sheet, name, bold=True) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, _safe(value)) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _safe(value: Cell) -> Cell:
    return harmless(value) if isinstance(value, str) else value


def _written(value: Cell) -> Cell:
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else _safe(value)


def _cell(sheet: object, value: Cell, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(value, datetime):
        made = WriteOnlyCell(sheet, value.replace(tzinfo=None))
        made.number_format = MOMENT
        return made
    made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        made.data_type = "s"  # whatever it begins with
        made.alignment = Alignment(vertical="top")
    if bold:
        made.font = Font(bold=True)
    return made
