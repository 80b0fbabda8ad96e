"""Playing a service: people who order, cook, seat and clear, through the public doors alone.

    service     what happens of itself: parties that come, what they want        (evening: drawn, trace: from a file)
    ear         a person's way to listen, on a socket; how they ask, over REST, is `hub.caller`
    chain       the arithmetic by which a listener proves that it missed nothing
    screens     the little that each person needs to see of a board
    host waiter cook guest    the people; `party` is one visit from door to door
    audit       holds everything that was heard against the ledger
    play        puts it together; `report` is what came of it; `command` shows it on a terminal

This package knows the hub as any client does: by its documents. It imports the names of events and rooms and nothing
else of the house, so whatever it reports is what a stranger would have seen.
"""
