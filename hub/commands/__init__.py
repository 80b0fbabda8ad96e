"""Everything the hub can be asked, as one list. Each class says who may ask it and with which words."""

from hub.commands import (
    addresses,
    devices,
    floor,
    invitations,
    keys,
    menu,
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
from hub.commands.command import Command

COMMANDS: tuple[type[Command], ...] = (
    # orders
    orders.PlaceOrder,
    orders.AddLines,
    orders.FireCourse,
    orders.ServeOrder,
    orders.VoidLine,
    orders.DecideVoid,
    orders.MoveLine,
    orders.CancelOrder,
    orders.CloseOrder,
    # tickets
    tickets.StartTicket,
    tickets.BumpTicket,
    tickets.RecallTicket,
    tickets.RushTicket,
    tickets.ClearTicket,
    # the floor
    floor.AddSection,
    floor.AddTable,
    floor.ChangeTable,
    floor.SetTableStatus,
    floor.RemoveTable,
    floor.SeatParty,
    # the menu
    menu.AddStation,
    menu.SetStationBackup,
    menu.AddMenuSection,
    menu.AddItem,
    menu.ChangeItem,
    menu.RemoveItem,
    menu.EightySixItem,
    menu.RestoreItem,
    # restaurants
    restaurants.OpenRestaurant,
    # people
    people.GiveRole,
    people.TakeRole,
    people.Announce,
    people.Notify,
    # invitations
    invitations.InvitePerson,
    invitations.SendInvitationAgain,
    invitations.WithdrawInvitation,
    # keys
    keys.MakeKey,
    keys.ChangeKey,
    keys.RotateKey,
    keys.RevokeKey,
    # devices
    devices.InviteDevice,
    devices.RenameDevice,
    devices.RotateDevice,
    devices.RevokeDevice,
    # sessions
    sessions.LogOut,
    sessions.LogOutEverywhere,
    sessions.EndSession,
    # passkeys
    passkeys.RemovePasskey,
    # PINs
    pins.RemovePin,
    # accounts elsewhere
    vouching.UnlinkAccount,
    # profiles
    profiles.ChangeProfile,
    profiles.ChangePreferences,
    profiles.RemoveAvatar,
    # addresses
    addresses.AddAddress,
    addresses.ChangeAddress,
    addresses.RemoveAddress,
)

__all__ = ["COMMANDS", "Command"]
