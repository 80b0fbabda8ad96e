"""The attacks come by REST: on the same hub, house and people as the tests of that door."""

from tests.api.conftest import calls, client, cook, house, hub, manager, nobody, stranger, street, waiter

__all__ = ["calls", "client", "cook", "house", "hub", "manager", "nobody", "stranger", "street", "waiter"]
