"""What documents say that somebody may be refused is read from the code, as far as it goes and no further."""

from hub import refusing
from hub.commands.floor import SeatParty
from hub.commands.keys import MakeKey
from hub.commands.orders import VoidLine
from hub.commands.tickets import BumpTicket


def codes(refusals: refusing.Refusals) -> set[str]:
    return {one.code for one in refusals}


def test_what_may_become_of_any_deed() -> None:
    of_claims, of_rights = {"in_progress", "key_reused", "other_ledger"}, {"not_found", "not_your_job", "not_at_device"}
    assert codes(refusing.of_deeds()) == {"busy", "database_unavailable"} | of_claims | of_rights


def test_what_whoever_comes_may_be_told() -> None:
    over = {"token_invalid", "token_expired", "session_over", "link_over", "key_over", "address_not_allowed"}
    assert codes(refusing.of_coming()) == over | {"busy", "database_unavailable"}


def test_a_rule_is_found_wherever_a_deed_asks_for_it() -> None:
    assert "illegal_ticket_step" in codes(refusing.of_asking(BumpTicket))
    assert {"needs_manager", "already_voided", "not_as_seen"} <= codes(refusing.of_asking(VoidLine))
    assert "scope_not_yours" in codes(refusing.of_asking(MakeKey))


def test_a_rule_that_a_deed_does_not_ask_for_is_not_named() -> None:
    seating = codes(refusing.of_asking(SeatParty))
    assert seating - codes(refusing.of_deeds()) == {"illegal_table_step"}
