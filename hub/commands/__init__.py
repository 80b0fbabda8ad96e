"""Everything the hub can be asked, as one list. Each class says who may ask it and with which words."""

from hub.commands import floor, menu, orders, people, tickets
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
    # people
    people.GiveRole,
    people.TakeRole,
    people.Announce,
)

__all__ = ["COMMANDS", "Command"]
