"""What people do: one function per deed, one transaction each. This is the whole list."""

from hub.actions import (
    addresses,
    alerts,
    avatars,
    devices,
    floor,
    invitations,
    keys,
    menu,
    notices,
    orders,
    passkeys,
    people,
    pins,
    profiles,
    restaurants,
    sessions,
    tickets,
    vouching,
)
from hub.actions.deed import Deed
from hub.commands import Command

DEEDS: dict[type[Command], Deed] = {
    deed.command: deed
    for deed in (
        # orders
        orders.place,
        orders.add_lines,
        orders.fire_course,
        orders.serve,
        orders.void_line,
        orders.decide_void,
        orders.move_line,
        orders.cancel,
        orders.close,
        # tickets
        tickets.start,
        tickets.bump,
        tickets.recall,
        tickets.rush,
        tickets.clear,
        # the floor
        floor.add_section,
        floor.add_table,
        floor.change_table,
        floor.set_table_status,
        floor.remove_table,
        floor.seat_party,
        # the menu
        menu.add_station,
        menu.set_station_backup,
        menu.add_menu_section,
        menu.add_item,
        menu.change_item,
        menu.remove_item,
        menu.eighty_six,
        menu.restore,
        # restaurants
        restaurants.open_restaurant,
        # people
        people.give_role,
        people.take_role,
        notices.announce,
        notices.notify,
        # invitations
        invitations.invite_person,
        invitations.send_invitation_again,
        invitations.withdraw_invitation,
        # keys
        keys.make_key,
        keys.change_key,
        keys.rotate_key,
        keys.revoke_key,
        # devices
        devices.invite_device,
        devices.rename_device,
        devices.rotate_device,
        devices.revoke_device,
        # sessions
        sessions.log_out,
        sessions.log_out_everywhere,
        sessions.end_session,
        # passkeys
        passkeys.remove_passkey,
        # PINs
        pins.remove_pin,
        # accounts elsewhere
        vouching.unlink_account,
        # profiles
        profiles.change_profile,
        profiles.change_preferences,
        avatars.remove_avatar,
        # addresses
        addresses.add_address,
        addresses.change_address,
        addresses.remove_address,
        # the hub itself
        alerts.raise_alerts,
        alerts.calm_alerts,
    )
}

__all__ = ["DEEDS"]
