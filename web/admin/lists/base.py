"""What every list is: read only, searched in a few columns, sorted and filtered by all, a page at a time."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from fastapi import Request
from sqlalchemy import Column, ColumnElement, String, cast, func, or_, select
from sqlalchemy.sql import Select
from starlette_admin.contrib.sqla import ModelView
from starlette_admin.fields import BaseField
from starlette_admin.types import RowActionsDisplayType

from core.listings import Listing

OF_MANY = frozenset({"in", "not_in"})
"""The operators of a filter that take a list."""


class ListPage(ModelView):
    """One list. Its class says which rows it shows, by which columns, and what a search looks at."""

    rows: ClassVar[type[Listing]]
    searched: ClassVar[Sequence[str]]
    named_by: ClassVar[Sequence[str]]
    """The columns that say on a row's own page what it is about."""
    nothing: ClassVar[str]
    """What stands there when there is no row at all."""
    hint: ClassVar[str] = ""
    """A word of explanation above the list."""
    related: ClassVar[Sequence[tuple[str, str]]] = ()
    """Lists that are searched for a row's name, with the words of the link."""

    page_size = 25
    page_size_options: Sequence[int] = (25, 50, 100)
    actions: Sequence[str] = ()
    importers = ()
    exporters = ()
    row_actions: Sequence[str] = ("view",)
    row_actions_display_type = RowActionsDisplayType.INLINE_LINKS
    list_template = "list_page.html"
    detail_template = "detail_page.html"

    def __init__(self) -> None:
        super().__init__(self.rows)

    def can_create(self, request: Request) -> bool:
        """Nothing is made here and, below, nothing changed, removed or taken in."""
        return False

    def can_edit(self, request: Request) -> bool:
        """No."""
        return False

    def can_delete(self, request: Request) -> bool:
        """No."""
        return False

    def can_import(self, request: Request) -> bool:
        """No."""
        return False

    def can_export(self, request: Request) -> bool:
        """Not by the library's dialogue: files are made by `web.admin.lists.export`."""
        return False

    def columns(self, request: Request) -> Sequence[BaseField]:
        """The columns that a file has: those of the list and those of a row's own page."""
        return self.get_fields_list(request)

    def name_of(self, row: object) -> str:
        """What a row is about, in a few words."""
        return " and ".join(str(getattr(row, name)) for name in self.named_by if getattr(row, name))

    async def repr(self, obj: Any, request: Request) -> str:
        """What a row is about."""
        return self.name_of(obj)

    def get_search_query(self, request: Request, term: str) -> ColumnElement[bool]:
        """The term stands in one of the columns that are searched, just as it was typed."""
        columns = (getattr(self.model, name) for name in self.searched)
        return or_(*(cast(column, String).icontains(term, autoescape=True) for column in columns))

    def get_count_query(self, request: Request) -> Select[Any]:
        """How many rows there are."""
        return select(func.count()).select_from(self.rows)

    def build_order_clauses(self, request: Request, sorts: Sequence[tuple[str, str]], stmt: Select[Any]) -> Select[Any]:
        """In the order asked for, what is unknown last. Equal rows are in the order of their ids, so that pages fit.

        Of a column that always has a value nothing is said of unknown ones: only then an index gives the order.
        """
        for name, direction in sorts:
            column = getattr(self.model, name)
            order = column.desc() if direction == "desc" else column.asc()
            known = isinstance(column.expression, Column) and not column.expression.nullable
            stmt = stmt.order_by(order if known else order.nulls_last())
        return stmt.order_by(self.model.id.desc())

    @staticmethod
    def _parse_filter_string(raw: str) -> Any:
        """As the library reads a filter, which takes a text with a comma for a list, whatever the operator."""
        return _with_whole_texts(ModelView._parse_filter_string(raw))

    async def find_by_pk(self, request: Request, pk: Any) -> Any:
        """A row by its id; None for what cannot be one."""
        try:
            UUID(str(pk))
        except ValueError:
            return None
        return await super().find_by_pk(request, pk)


def _with_whole_texts(node: dict[str, Any]) -> dict[str, Any]:
    """The tree of a filter, in which only lists are lists."""
    if "rules" in node:
        return node | {"rules": [_with_whole_texts(rule) for rule in node["rules"]]}
    value = node.get("value")
    if not isinstance(value, list) or node["filter"] in OF_MANY:
        return node
    text = ",".join(value)
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    return node | {"value": text[1:-1].replace('\\"', '"').replace("\\\\", "\\") if quoted else text}
