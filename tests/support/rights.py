"""What the table of permissions says that somebody is told, at any door: what the matrices of routes and rooms demand.

Whoever asks is described by what they hold: roles in the house, an account, a party's seat, an order's link, a
program's scopes, and whether they came in with a PIN.
"""

from dataclasses import dataclass
from typing import Any

from hub.audience import RoomKind
from hub.boards import BOARDS
from hub.rights import AT_DEVICES, RIGHTS, STAFF, Permission, Role

LET_IN = "let in"
NOT_FOUND = "not_found"
NOT_YOUR_JOB = "not_your_job"
NOT_AT_DEVICE = "not_at_device"
NOT_SIGNED_IN = "not_signed_in"

SEATED_MAY_ENTER = {RoomKind.TABLE, RoomKind.ORDER, RoomKind.ITEM}
"""The rooms of a party's own table and of its own order, and any item's."""

NOTHING_THERE = {
    "PATCH /me/addresses/{addressId}": "address_not_found",
    "DELETE /me/addresses/{addressId}": "address_not_found",
    "GET /me/avatar": NOT_FOUND,
    "PUT /me/avatar": "not_a_picture",
    "DELETE /me/avatar": NOT_FOUND,
    "DELETE /me/links/{provider}": NOT_FOUND,
    "DELETE /me/passkeys/{passkeyId}": NOT_FOUND,
    "DELETE /me/pin": NOT_FOUND,
    "POST /restaurants": NOT_FOUND,
    "POST /me/invitations": "invitation_over",
}
"""What whoever has an account is told there: nobody has such an address, a picture, a link, a passkey, a PIN
or a letter; none is sent."""

NAMED_IN_BODIES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("POST", "/restaurants/{restaurantId}/orders", {"kind": "pickup", "lines": [{"itemId": "<itemId>"}]}),
    (
        "POST",
        "/restaurants/{restaurantId}/orders",
        {"kind": "dine_in", "tableId": "<tableId>", "lines": [{"itemId": "{itemId}"}]},
    ),
    ("POST", "/orders/{orderId}/lines", {"lines": [{"itemId": "<itemId>"}]}),
    ("POST", "/orders/{orderId}/lines/{lineId}/move", {"toOrderId": "<orderId>"}),
    (
        "POST",
        "/restaurants/{restaurantId}/items",
        {"sectionId": "<menuSectionId>", "name": "Pie", "price": 5, "station": "{station}"},
    ),
    (
        "POST",
        "/restaurants/{restaurantId}/items",
        {"sectionId": "{menuSectionId}", "name": "Pie", "price": 5, "station": "<station>"},
    ),
    ("PATCH", "/items/{itemId}", {"sectionId": "<menuSectionId>"}),
    ("PATCH", "/items/{itemId}", {"station": "<station>"}),
    ("PATCH", "/items/{itemId}", {"stationsByKind": {"pickup": "<station>"}}),
    ("POST", "/restaurants/{restaurantId}/tables", {"sectionId": "<sectionId>", "name": "7", "seats": 2}),
    ("PATCH", "/tables/{tableId}/plan", {"sectionId": "<sectionId>"}),
    ("PUT", "/stations/{stationId}/backup", {"backupStationId": "<station>"}),
)
"""Everything that a body can name. `{name}` is the own thing, `<name>` the other restaurant's."""


@dataclass(frozen=True)
class Holds:
    """What somebody holds. `roles` are those in the house that the matrix calls their own."""

    name: str
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[Permission] = frozenset()
    is_known: bool = True
    has_account: bool = True
    is_operator: bool = False
    has_link_of_order: bool = False
    is_at_device: bool = False

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & (STAFF | {Role.SERVICE}))

    def has_job(self, permission: Permission) -> bool:
        return bool(RIGHTS[permission] & self.roles) or permission in self.scopes

    def may(self, permission: Permission) -> bool:
        return self.has_job(permission) and self.may_here(permission)

    def may_here(self, permission: Permission) -> bool:
        """Whether anybody may who came in as they did."""
        return not self.is_at_device or permission in AT_DEVICES

    @property
    def is_seated(self) -> bool:
        return Role.GUEST in self.roles


def in_a_house(needs: Permission, who: Holds, *, is_own: bool) -> str:
    """What somebody is told who asks for what needs this, of their own house or of another."""
    if not who.is_known:
        return NOT_SIGNED_IN
    if not is_own or not who.roles:
        return NOT_FOUND
    if who.has_job(needs):
        return LET_IN if who.may_here(needs) else NOT_AT_DEVICE
    return NOT_YOUR_JOB


def on_the_platform(needs: Permission, who: Holds) -> str:
    """The same where no restaurant is asked for."""
    if not who.is_known:
        return NOT_SIGNED_IN
    is_let_in = {Role.ADMIN: who.is_operator, Role.CUSTOMER: who.has_account}
    if any(is_let_in.get(role) for role in RIGHTS[needs]):
        return LET_IN if who.may_here(needs) else NOT_AT_DEVICE
    return NOT_YOUR_JOB


def at_a_tablet(who: Holds) -> str:
    """The same of what is shown at kitchen tablets alone."""
    if not who.is_known:
        return NOT_SIGNED_IN
    return LET_IN if who.is_at_device else NOT_YOUR_JOB


def in_a_room(kind: RoomKind, who: Holds, *, is_own: bool) -> str:
    """What somebody is told who asks for a room: of their own house, table, order or account, or of another's."""
    if not who.is_known:
        return NOT_SIGNED_IN
    match kind:
        case RoomKind.ANNOUNCEMENTS:
            is_let_in = True
        case RoomKind.OPS:
            is_let_in = who.is_operator
        case RoomKind.USER:
            is_let_in = is_own and who.has_account
        case _:
            return _in_a_room_of_a_house(kind, who, is_own=is_own)
    return LET_IN if is_let_in else NOT_FOUND


def _in_a_room_of_a_house(kind: RoomKind, who: Holds, *, is_own: bool) -> str:
    needs = BOARDS[kind].needs
    assert needs is not None, f"{kind} is a room of a house."
    if not is_own:
        return NOT_FOUND
    if who.is_staff:
        return LET_IN if who.may(needs) else NOT_YOUR_JOB
    opens = (who.is_seated and kind in SEATED_MAY_ENTER) or (who.has_link_of_order and kind is RoomKind.ORDER)
    return LET_IN if opens else NOT_FOUND


def differences(said: dict[tuple[str, ...], str], demanded: dict[tuple[str, ...], str]) -> list[str]:
    """The cells of a matrix in which another thing was said than demanded, to be read by people."""
    assert said.keys() == demanded.keys()
    return [f"{' · '.join(cell)}: {said[cell]}, not {demanded[cell]}" for cell in said if said[cell] != demanded[cell]]
