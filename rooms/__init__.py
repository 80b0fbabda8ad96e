"""The rooms: the hub's live face, where screens listen and people ask.

Read the house from the bottom up:

- `frames`       WebSocket's bytes, pure; `upgrade` takes a connection over from aiohttp
- `link`         one connection: Engine.IO, bounded in bytes, pinged, closed with a reason; no task, no timer
- `attention`    how many connections are listened to in one turn of the loop, however many have come
- `turn`         what is said within a turn of the loop is one write; `deadlines` are those of all links, on one timer
- `engine`       all connections, as python-socketio's Engine.IO server
- `packets`      which Socket.IO packets are read, and how ours are written
- `sockets`      one client: who it is, which rooms it is in, whose turn it is
- `members`      who is in which room; delivering an entry to all of them in one step
- `hearing`      the glass at which the hub hears itself
- `messages`     the shapes of what a client may say about rooms
- `acks`         how everything is acknowledged, and every no said
- `rights`       tokens, and what follows when somebody's rights, seating or shift ends
- `subscribing`  subscribe, unsubscribe, delivered
- `kept`         authenticate, track_order, track_inventory: three messages whose clients exist
- `asking`       one message per command
- `signals`      the shapes of beat, hub_pulse, goodbye: about the connection and the hub, not facts
- `vitals`       how this hub is, as beats and pulses tell it
- `beating`      the beat and the goodbye that every socket hears
- `pulse`        what operators see of every hub of the house
- `server`       all of it attached to the application
- `asyncapi`     all of it described, from the code itself, with `examples`

A socket is glass: it shows what the ledger says and decides nothing.
"""
