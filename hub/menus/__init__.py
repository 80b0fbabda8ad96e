"""Menus from outside: a list of names and prices becomes stations, sections and items, by rules that anybody can edit.

`reading` and `rules` are pure; `importing` asks the hub's deeds for what is not there yet.
"""

from hub.menus.importing import Existing, Imported, existing_menu, import_menu
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
    "WrongMenu",
    "existing_menu",
    "import_menu",
    "read_menu",
    "read_rules",
]
