"""Lists by page and limit, with totals, as the first version has them.

What the hub lists whole is cut here. Not its business: lists too long for that, which their own routes count and skip.
"""

from typing import Any, Self

from multidict import MultiDict, MultiMapping

from api.showing import Paged, read_query
from hub.events.event import Shape


class Pagination(Shape):
    """Where an answer's page stands among all of them."""

    page: int
    limit: int
    total: int
    total_pages: int
    has_next_page: bool
    has_prev_page: bool

    @classmethod
    def of(cls, paged: Paged, total: int) -> Self:
        pages = -(-total // paged.limit)
        return cls(
            page=paged.page,
            limit=paged.limit,
            total=total,
            total_pages=pages,
            has_next_page=paged.page < pages,
            has_prev_page=paged.page > 1,
        )


def paged(query: MultiMapping[str]) -> Paged:
    """What a query says of its page. Raises BadInput."""
    names = [name for name in Paged.model_fields if name in query]
    found = read_query(Paged, MultiDict((name, value) for name in names for value in query.getall(name)))
    assert isinstance(found, Paged)
    return found


def cut(items: list[Any], paged: Paged) -> list[Any]:
    """What of a whole list is on the page."""
    return items[(paged.page - 1) * paged.limit : paged.page * paged.limit]
