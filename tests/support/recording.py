"""Examples of the law, written down for whoever applies entries outside the hub: the screens' own reducers.

One file for each kind of room, one example a line: `{room, kind, verb, before, entries, after}`, all of it as clients
get it. Not its business: whether the law holds, which whoever records has seen to.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from hub.audience import Room
from hub.boards import Board
from hub.boards.wire import list_json, listed_entry_json
from hub.store.ledger import Entry


class Recording:
    """A folder that examples are written into as they happen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._heads: dict[str, int] = {}

    def add(self, room: Room, verb: str, before: Board, entries: Sequence[Entry], after: Board) -> None:
        """Keep what a deed's entries made of a room's board; where the room heard none of them, nothing."""
        heard = [entry for entry in entries if str(room) in entry.rooms]
        if not heard:
            return
        parts = {
            "room": json.dumps(str(room)),
            "kind": json.dumps(room.kind),
            "verb": json.dumps(verb),
            "before": _board(before),
            "entries": list_json([self._listed(entry, str(room)) for entry in heard]).decode(),
            "after": _board(after),
        }
        example = ",".join(f"{json.dumps(name)}:{part}" for name, part in parts.items())
        with (self._folder / f"{room.kind}.jsonl").open("a", encoding="utf-8") as file:
            file.write(f"{{{example}}}\n")

    def _listed(self, entry: Entry, room: str) -> bytes:
        prev = self._heads.get(room, entry.seq - 1)
        self._heads[room] = entry.seq
        return listed_entry_json(entry, room, prev)


def _board(board: Board) -> str:
    return board.model_dump_json(by_alias=True)
