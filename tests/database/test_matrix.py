"""The matrix of row security in docs/row-security.md is what the database does, and no table is missing."""

from sqlalchemy import Engine

from core.models import Base
from tests.conftest import empty
from tests.database.matrix import expected, lines
from tests.database.world import ROWS, fill

TRY_AGAIN = "`python -m tests.database.matrix` writes it anew; then read what changed"


def test_every_table_stands_in_the_matrix() -> None:
    missing = set(Base.metadata.tables) - {row.table for row in ROWS}
    assert not missing, "tests/database/world.py has no row of these tables"


def test_the_database_lets_people_do_what_the_documentation_says(engine: Engine, owner: Engine) -> None:
    with owner.begin() as connection:
        empty(connection)
        fill(connection)
    assert lines(engine, owner) == expected(), TRY_AGAIN
