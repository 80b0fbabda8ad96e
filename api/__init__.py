"""The API: the hub's request-and-answer face, `/api/v2` as JSON over HTTP.

`routes.CHAPTERS` is the table of contents: one line per route says what it asks of the hub or what it shows. From that
table come the handlers, the OpenAPI document and the tests. A request's way through the house:

    counter       before all that: what lies ready is handed over at once, and the rest is let through
    watching      a request id, one line in the log, one number in the metrics
    headers       what browsers are told about every answer, and who may call from other origins
    errors        whatever goes wrong becomes one kind of answer, a problem with a stable code
    limiting      how often whoever asks has asked, and what is left
    v1            the older version: the same, in an envelope, with pages and older names
    versions      which version of the API it speaks, by address, header or query
    asking        a command: token, path and body become an Actor and a Command; `hub.deeds` does the rest
    showing       a look: token, path and query become a call of a short read in `menus`, `floor`, `orders` …

Besides it serves `health`, `metrics`, the documents and the pages that show them (`documents`). `client` is for other
programs, and knows nothing of all this. Not its business:
rules, rights beyond passing on who asks, and anything that stays connected (`rooms`).
"""
