"""What Piccolo knows of the tables."""

from piccolo.table import Table

from hub.store import tables
from hub.store.connections import ENGINE

TABLES = [one for one in vars(tables).values() if isinstance(one, type) and issubclass(one, Table) and one is not Table]


def test_no_table_looks_for_its_engine_in_the_middle_of_a_request() -> None:
    assert len(TABLES) > 10
    assert {one._meta._db for one in TABLES} == {ENGINE}
