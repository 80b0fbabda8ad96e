"""Everything that can be asked of a hub over a socket, each as a function.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.client.line import Line

if TYPE_CHECKING:
    from api.client.shapes.addresses import AddAddress, AddressAnswer, AddressGoneAnswer, ChangeAddress, RemoveAddress
    from api.client.shapes.answers import (
        GoneAnswer,
        ItemAnswer,
        OrderAnswer,
        PlacedAnswer,
        RestaurantAnswer,
        RolesAnswer,
        SaidAnswer,
        SeatingAnswer,
        SectionAnswer,
        SessionsEndedAnswer,
        StationAnswer,
        TableAnswer,
        TicketAnswer,
    )
    from api.client.shapes.avatars import NoAvatarAnswer
    from api.client.shapes.devices import (
        DeviceAnswer,
        DeviceCodeAnswer,
        InviteDevice,
        RenameDevice,
        RevokeDevice,
        RotateDevice,
    )
    from api.client.shapes.floor import AddSection, AddTable, ChangeTable, RemoveTable, SeatParty, SetTableStatus
    from api.client.shapes.invitations import InvitationAnswer, InvitePerson, SendInvitationAgain, WithdrawInvitation
    from api.client.shapes.keys import ChangeKey, KeyAnswer, MakeKey, RevokeKey, RotateKey
    from api.client.shapes.menu import (
        AddItem,
        AddMenuSection,
        AddStation,
        ChangeItem,
        EightySixItem,
        RemoveItem,
        RestoreItem,
        SetStationBackup,
    )
    from api.client.shapes.orders import (
        AddLines,
        CancelOrder,
        CloseOrder,
        DecideVoid,
        FireCourse,
        MoveLine,
        PlaceOrder,
        ServeOrder,
        VoidLine,
    )
    from api.client.shapes.passkeys import PasskeyRemovedAnswer, RemovePasskey
    from api.client.shapes.people import Announce, GiveRole, Notify, TakeRole
    from api.client.shapes.pins import RemovePin
    from api.client.shapes.profiles import (
        ChangePreferences,
        ChangeProfile,
        PreferencesAnswer,
        ProfileAnswer,
        RemoveAvatar,
    )
    from api.client.shapes.restaurants import OpenRestaurant
    from api.client.shapes.sessions import EndSession, LogOut, LogOutEverywhere
    from api.client.shapes.tickets import BumpTicket, ClearTicket, RecallTicket, RushTicket, StartTicket
    from api.client.shapes.vouching import UnlinkAccount, UnlinkedAnswer


class Live(Line):
    """A line to a hub on which every command is a function. One that is asked again under its id is done once."""

    async def place_order(self, asked: PlaceOrder, *, command_id: str | None = None) -> PlacedAnswer:
        """Take an order. Dine-in names its table and is held; pickup and delivery are fired at once."""
        answer: PlacedAnswer = await self.asks("place_order", asked, command_id)
        return answer

    async def add_lines(self, asked: AddLines, *, command_id: str | None = None) -> OrderAnswer:
        """Add lines to an order that is still open."""
        answer: OrderAnswer = await self.asks("add_lines", asked, command_id)
        return answer

    async def fire_course(self, asked: FireCourse, *, command_id: str | None = None) -> OrderAnswer:
        """Send what is held of a course to the kitchen. Whoever names the lines means no others."""
        answer: OrderAnswer = await self.asks("fire_course", asked, command_id)
        return answer

    async def serve_order(self, asked: ServeOrder, *, command_id: str | None = None) -> OrderAnswer:
        """Bring what is ready, of one course or of all, to the guest. Whoever names the tickets means no others."""
        answer: OrderAnswer = await self.asks("serve_order", asked, command_id)
        return answer

    async def void_line(self, asked: VoidLine, *, command_id: str | None = None) -> OrderAnswer:
        """Take a line back. Once it is fired only a manager can."""
        answer: OrderAnswer = await self.asks("void_line", asked, command_id)
        return answer

    async def decide_void(self, asked: DecideVoid, *, command_id: str | None = None) -> OrderAnswer:
        """Say what holds where a void crossed a bump: the void stands, or the line was cooked and is the guest's."""
        answer: OrderAnswer = await self.asks("decide_void", asked, command_id)
        return answer

    async def move_line(self, asked: MoveLine, *, command_id: str | None = None) -> OrderAnswer:
        """Say that a line is for another guest: of this order, or, while it is held, of another. No seat is all of
        them.
        """
        answer: OrderAnswer = await self.asks("move_line", asked, command_id)
        return answer

    async def cancel_order(self, asked: CancelOrder, *, command_id: str | None = None) -> OrderAnswer:
        """Take the whole order back. Once anything is fired only a manager can."""
        answer: OrderAnswer = await self.asks("cancel_order", asked, command_id)
        return answer

    async def close_order(self, asked: CloseOrder, *, command_id: str | None = None) -> OrderAnswer:
        """Everything is served and settled."""
        answer: OrderAnswer = await self.asks("close_order", asked, command_id)
        return answer

    async def start_ticket(self, asked: StartTicket, *, command_id: str | None = None) -> TicketAnswer:
        """I am cooking this."""
        answer: TicketAnswer = await self.asks("start_ticket", asked, command_id)
        return answer

    async def bump_ticket(self, asked: BumpTicket, *, command_id: str | None = None) -> TicketAnswer:
        """My station is done with this. `lineIds` are the lines that stood on it unvoided, to whoever bumps it."""
        answer: TicketAnswer = await self.asks("bump_ticket", asked, command_id)
        return answer

    async def recall_ticket(self, asked: RecallTicket, *, command_id: str | None = None) -> TicketAnswer:
        """I bumped this too early."""
        answer: TicketAnswer = await self.asks("recall_ticket", asked, command_id)
        return answer

    async def rush_ticket(self, asked: RushTicket, *, command_id: str | None = None) -> TicketAnswer:
        """This one before the others."""
        answer: TicketAnswer = await self.asks("rush_ticket", asked, command_id)
        return answer

    async def clear_ticket(self, asked: ClearTicket, *, command_id: str | None = None) -> TicketAnswer:
        """I have seen that this is voided. `restores` is how often lines of it had been restored by then, all
        together.
        """
        answer: TicketAnswer = await self.asks("clear_ticket", asked, command_id)
        return answer

    async def add_section(self, asked: AddSection, *, command_id: str | None = None) -> SectionAnswer:
        """Add a section to the floor."""
        answer: SectionAnswer = await self.asks("add_section", asked, command_id)
        return answer

    async def add_table(self, asked: AddTable, *, command_id: str | None = None) -> TableAnswer:
        """Put a table on the plan. `x` and `y` are hundredths of a per cent of the room's width and height."""
        answer: TableAnswer = await self.asks("add_table", asked, command_id)
        return answer

    async def change_table(self, asked: ChangeTable, *, command_id: str | None = None) -> TableAnswer:
        """Change a table on the plan. What is not named stays as it is."""
        answer: TableAnswer = await self.asks("change_table", asked, command_id)
        return answer

    async def set_table_status(self, asked: SetTableStatus, *, command_id: str | None = None) -> TableAnswer:
        """Say what state a table is in."""
        answer: TableAnswer = await self.asks("set_table_status", asked, command_id)
        return answer

    async def remove_table(self, asked: RemoveTable, *, command_id: str | None = None) -> GoneAnswer:
        """Take a free table off the plan."""
        answer: GoneAnswer = await self.asks("remove_table", asked, command_id)
        return answer

    async def seat_party(self, asked: SeatParty, *, command_id: str | None = None) -> SeatingAnswer:
        """Seat a party of so many covers."""
        answer: SeatingAnswer = await self.asks("seat_party", asked, command_id)
        return answer

    async def add_station(self, asked: AddStation, *, command_id: str | None = None) -> StationAnswer:
        """Add a station to the kitchen."""
        answer: StationAnswer = await self.asks("add_station", asked, command_id)
        return answer

    async def set_station_backup(self, asked: SetStationBackup, *, command_id: str | None = None) -> StationAnswer:
        """Say which station shows this one's tickets as well when its own screen does not; null where none is to."""
        answer: StationAnswer = await self.asks("set_station_backup", asked, command_id)
        return answer

    async def add_menu_section(self, asked: AddMenuSection, *, command_id: str | None = None) -> SectionAnswer:
        """Add a section to the menu."""
        answer: SectionAnswer = await self.asks("add_menu_section", asked, command_id)
        return answer

    async def add_item(self, asked: AddItem, *, command_id: str | None = None) -> ItemAnswer:
        """Add an item to the menu; `price` in minor units of the restaurant's currency."""
        answer: ItemAnswer = await self.asks("add_item", asked, command_id)
        return answer

    async def change_item(self, asked: ChangeItem, *, command_id: str | None = None) -> ItemAnswer:
        """Change an item. What is not named stays as it is; modifier groups are replaced as a whole."""
        answer: ItemAnswer = await self.asks("change_item", asked, command_id)
        return answer

    async def remove_item(self, asked: RemoveItem, *, command_id: str | None = None) -> GoneAnswer:
        """Take an item off the menu. Orders that have it keep it."""
        answer: GoneAnswer = await self.asks("remove_item", asked, command_id)
        return answer

    async def eighty_six_item(self, asked: EightySixItem, *, command_id: str | None = None) -> ItemAnswer:
        """There is no more of it."""
        answer: ItemAnswer = await self.asks("eighty_six_item", asked, command_id)
        return answer

    async def restore_item(self, asked: RestoreItem, *, command_id: str | None = None) -> ItemAnswer:
        """It can be ordered again: so many portions, or, where none are named, uncounted."""
        answer: ItemAnswer = await self.asks("restore_item", asked, command_id)
        return answer

    async def open_restaurant(self, asked: OpenRestaurant, *, command_id: str | None = None) -> RestaurantAnswer:
        """Open a restaurant for somebody who has an account: they are its owner, and hire everybody else. For
        operators.
        """
        answer: RestaurantAnswer = await self.asks("open_restaurant", asked, command_id)
        return answer

    async def give_role(self, asked: GiveRole, *, command_id: str | None = None) -> RolesAnswer:
        """Let a person do one more job in a restaurant."""
        answer: RolesAnswer = await self.asks("give_role", asked, command_id)
        return answer

    async def take_role(self, asked: TakeRole, *, command_id: str | None = None) -> RolesAnswer:
        """A person does not do this job here any more. Their screens close at once."""
        answer: RolesAnswer = await self.asks("take_role", asked, command_id)
        return answer

    async def announce(self, asked: Announce, *, command_id: str | None = None) -> SaidAnswer:
        """Tell everyone something, or everyone who has this role in some restaurant or on the platform: `guest` is
        whoever holds a table's or an order's link, `customer` whoever has an account. For operators of the hub.
        """
        answer: SaidAnswer = await self.asks("announce", asked, command_id)
        return answer

    async def notify(self, asked: Notify, *, command_id: str | None = None) -> SaidAnswer:
        """Tell one person something, such as to see whether it reaches them. For operators of the hub."""
        answer: SaidAnswer = await self.asks("notify", asked, command_id)
        return answer

    async def invite_person(self, asked: InvitePerson, *, command_id: str | None = None) -> InvitationAnswer:
        """Write to somebody that they may work here, as all of this. Another invitation of this address is over by
        that.
        """
        answer: InvitationAnswer = await self.asks("invite_person", asked, command_id)
        return answer

    async def send_invitation_again(
        self, asked: SendInvitationAgain, *, command_id: str | None = None
    ) -> InvitationAnswer:
        """Write to them once more. It is good for as long as a new one, and whoever sends it answers for it."""
        answer: InvitationAnswer = await self.asks("send_invitation_again", asked, command_id)
        return answer

    async def withdraw_invitation(
        self, asked: WithdrawInvitation, *, command_id: str | None = None
    ) -> InvitationAnswer:
        """What the letter says does not count any more."""
        answer: InvitationAnswer = await self.asks("withdraw_invitation", asked, command_id)
        return answer

    async def make_key(self, asked: MakeKey, *, command_id: str | None = None) -> KeyAnswer:
        """Give a program a key of the restaurant, for these scopes. The key itself is in the answer, once."""
        answer: KeyAnswer = await self.asks("make_key", asked, command_id)
        return answer

    async def change_key(self, asked: ChangeKey, *, command_id: str | None = None) -> KeyAnswer:
        """Change a key. What is not named stays as it is; scopes and networks are replaced as a whole."""
        answer: KeyAnswer = await self.asks("change_key", asked, command_id)
        return answer

    async def rotate_key(self, asked: RotateKey, *, command_id: str | None = None) -> KeyAnswer:
        """Put another secret in the key's place: it is in the answer, once. The old one opens nothing from now on."""
        answer: KeyAnswer = await self.asks("rotate_key", asked, command_id)
        return answer

    async def revoke_key(self, asked: RevokeKey, *, command_id: str | None = None) -> KeyAnswer:
        """Nobody comes in with this key any more. Its sockets close."""
        answer: KeyAnswer = await self.asks("revoke_key", asked, command_id)
        return answer

    async def invite_device(self, asked: InviteDevice, *, command_id: str | None = None) -> DeviceCodeAnswer:
        """Have a code with which a tablet is enrolled: once, and within ten minutes. It is in the answer, once."""
        answer: DeviceCodeAnswer = await self.asks("invite_device", asked, command_id)
        return answer

    async def rename_device(self, asked: RenameDevice, *, command_id: str | None = None) -> DeviceAnswer:
        """Call a tablet something else."""
        answer: DeviceAnswer = await self.asks("rename_device", asked, command_id)
        return answer

    async def rotate_device(self, asked: RotateDevice, *, command_id: str | None = None) -> DeviceCodeAnswer:
        """The tablet's token opens nothing any more, and everybody is signed out there. With the code in the answer it
        comes in anew, as the same tablet.
        """
        answer: DeviceCodeAnswer = await self.asks("rotate_device", asked, command_id)
        return answer

    async def revoke_device(self, asked: RevokeDevice, *, command_id: str | None = None) -> DeviceAnswer:
        """The tablet is none of the house's any more, and everybody is signed out there."""
        answer: DeviceAnswer = await self.asks("revoke_device", asked, command_id)
        return answer

    async def log_out(self, asked: LogOut, *, command_id: str | None = None) -> SessionsEndedAnswer:
        """End the session that this is asked in. Its tokens open nothing any more, and its sockets close."""
        answer: SessionsEndedAnswer = await self.asks("log_out", asked, command_id)
        return answer

    async def log_out_everywhere(
        self, asked: LogOutEverywhere, *, command_id: str | None = None
    ) -> SessionsEndedAnswer:
        """End all of one's sessions, this one too."""
        answer: SessionsEndedAnswer = await self.asks("log_out_everywhere", asked, command_id)
        return answer

    async def end_session(self, asked: EndSession, *, command_id: str | None = None) -> SessionsEndedAnswer:
        """End one of one's own sessions, such as that of a telephone that was lost."""
        answer: SessionsEndedAnswer = await self.asks("end_session", asked, command_id)
        return answer

    async def remove_passkey(self, asked: RemovePasskey, *, command_id: str | None = None) -> PasskeyRemovedAnswer:
        """Let a passkey of one's own open nothing here any more, such as one on a telephone that was lost."""
        answer: PasskeyRemovedAnswer = await self.asks("remove_passkey", asked, command_id)
        return answer

    async def remove_pin(self, asked: RemovePin, *, command_id: str | None = None) -> SessionsEndedAnswer:
        """Have no PIN any more. Whoever is at a kitchen tablet with it is signed out."""
        answer: SessionsEndedAnswer = await self.asks("remove_pin", asked, command_id)
        return answer

    async def unlink_account(self, asked: UnlinkAccount, *, command_id: str | None = None) -> UnlinkedAnswer:
        """Let one's account elsewhere open this one no more. Whoever has no password yet chooses one by mail."""
        answer: UnlinkedAnswer = await self.asks("unlink_account", asked, command_id)
        return answer

    async def change_profile(self, asked: ChangeProfile, *, command_id: str | None = None) -> ProfileAnswer:
        """Change how one is described. What is not named stays as it is; a `phone` of null is forgotten."""
        answer: ProfileAnswer = await self.asks("change_profile", asked, command_id)
        return answer

    async def change_preferences(self, asked: ChangePreferences, *, command_id: str | None = None) -> PreferencesAnswer:
        """Change what one likes. What is not named stays as it is."""
        answer: PreferencesAnswer = await self.asks("change_preferences", asked, command_id)
        return answer

    async def remove_avatar(self, asked: RemoveAvatar, *, command_id: str | None = None) -> NoAvatarAnswer:
        """Have no picture any more."""
        answer: NoAvatarAnswer = await self.asks("remove_avatar", asked, command_id)
        return answer

    async def add_address(self, asked: AddAddress, *, command_id: str | None = None) -> AddressAnswer:
        """Keep one more address. The first one is the default, and so is any other that says so."""
        answer: AddressAnswer = await self.asks("add_address", asked, command_id)
        return answer

    async def change_address(self, asked: ChangeAddress, *, command_id: str | None = None) -> AddressAnswer:
        """Change an address. What is not named stays as it is; lines are replaced as a whole."""
        answer: AddressAnswer = await self.asks("change_address", asked, command_id)
        return answer

    async def remove_address(self, asked: RemoveAddress, *, command_id: str | None = None) -> AddressGoneAnswer:
        """Forget an address. The default one cannot be forgotten."""
        answer: AddressGoneAnswer = await self.asks("remove_address", asked, command_id)
        return answer
