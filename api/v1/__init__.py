"""The first version, for clients that exist: every route of `/api/v2`, said as the systems before Brigade said it.

- `speaking`   one function for every route: asked in the older words, answered by the hub's own handler
- `envelope`   `{data, status, message, meta}` around every answer and every no, and when this version ends
- `pages`      lists by page and limit, with totals
- `statuses`   the older names of how far an order is
- `aliases`    older names of routes
- `formerly`   routes that were asked in another way
- `document`   its OpenAPI document, made from the hub's own

All of it is derived here: no rule and no model knows that there is another version. Not its business: which version a
request speaks (`api.versions`).
"""
