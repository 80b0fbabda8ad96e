"""Menus from outside: a list of names and prices becomes stations, sections and items, by rules that anybody can edit.

`reading` and `rules` are pure; `importing` asks a hub for what is not there yet, as any manager could; `command` shows
it on a terminal.
"""

from hub.menus.importing import Existing, Imported, WhichRestaurant, existing_menu, import_menu, restaurant_of
from hub.menus.reading import ImportedItem, ImportedMenu, read_menu
from hub.menus.rules import DEFAULT_RULES, Rule, Rules, WrongMenu, read_rules

__all__ = [
    "DEFAULT_RULES",
    "Existing",
    "Imported",
    "ImportedItem",
    "ImportedMenu",
    "Rule",
    "Rules",
    "WhichRestaurant",
    "WrongMenu",
    "existing_menu",
    "import_menu",
    "read_menu",
    "read_rules",
    "restaurant_of",
]
