"""A client of a hub in Python, for anybody's programs: it knows what travels, and nothing of what a hub is made of.

    async with aiohttp.ClientSession() as web:
        rest = Rest(Door(web, "https://hub.example", token))
        order = await rest.orders.place_order(restaurant, {"kind": "pickup", "lines": [{"itemId": soup}]})

        async with Live.open("https://hub.example", token) as live:
            opened = await live.subscribe(f"kitchen:{restaurant}")
            await live.bump_ticket({"ticketId": ticket})
            name, entry = await live.hears()

`shapes`, `rest` and `live` are written by `brigade schema` from the documents of both doors; `door` and `line`, which
send and hear, by hand. Not its business: chains, and coming back after anything, for which the README has an example.
"""
