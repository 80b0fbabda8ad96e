// express + pg, as one would ordinarily run it at its best: a pool as large as the hub's, named prepared statements,
// tokens verified and kept. `/bare/…/orders` merely inserts an order and its lines; `/whole/…/orders` does what the hub
// does, in the hub's own tables and its order of locks. `/menu` reads and shapes, `/kept/menu` sends bytes it has.
// It prints its port as JSON.

import { createHash, randomUUID } from 'node:crypto'
import express from 'express'
import { createVerifier } from 'fast-jwt'
import pg from 'pg'
import { createClient } from 'redis'

const POOL_SIZE_MAX = 16
const LINES_MAX = 100
const QUANTITY_MAX = 99

const { REDIS_SOCKET, PUBLIC_KEY } = process.env
const pool = new pg.Pool({ max: POOL_SIZE_MAX })
const redis = createClient({ socket: { path: REDIS_SOCKET } })
await redis.connect()

const verify = createVerifier({
  key: PUBLIC_KEY,
  algorithms: ['EdDSA'],
  allowedIss: 'brigade',
  allowedAud: 'brigade:staff',
  cache: 10_000,
})

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.use(express.json())
app.use((req, res, next) => {
  try {
    req.user = verify(req.headers.authorization.slice('Bearer '.length)).sub
  } catch {
    return res.status(401).json({ code: 'unauthorized' })
  }
  next()
})

async function inTransaction(work) {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const done = await work((name, text, values) => client.query({ name, text, values }).then(({ rows }) => rows))
    await client.query('commit')
    return done
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

// ---------------------------------------------------------------- orders

const INSERT_ORDER = `
  insert into customer_order (id, restaurant_id, number, kind, status, currency, tax_rates, is_tax_included,
    tax_rounding, placed_at, placed_by, customer_name)
  values ($1, $2, $3, $4, $5, 'GBP', '{"dine_in": 2000, "pickup": 500}', true, 'per_order', now(), $6, $7)`

app.post('/bare/restaurants/:restaurant/orders', async (req, res) => {
  const { kind, customerName, lines } = req.body
  const id = randomUUID()
  await inTransaction(async (query) => {
    await query('order', INSERT_ORDER, [id, req.params.restaurant, 1, kind, 'placed', req.user, customerName])
    await query(
      'lines',
      `insert into order_line (id, order_id, position, item_id, name, quantity, unit_price, course, station_id,
         prep_seconds, status, modifiers, allergens)
       select gen_random_uuid(), $1, wanted.n, item.id, item.name, wanted.quantity, item.price, 1, item.station_id,
         item.prep_seconds, 'held', '[]', item.allergens
       from unnest($2::uuid[], $3::int[]) with ordinality as wanted (id, quantity, n) join menu_item item using (id)`,
      [id, lines.map((line) => line.itemId), lines.map((line) => line.quantity)],
    )
  })
  res.status(201).json({ id, kind, status: 'placed' })
})

const isWhole = (value, max) => Number.isInteger(value) && value >= 1 && value <= max
const isOrder = ({ kind, lines }) =>
  ['dine_in', 'pickup', 'delivery'].includes(kind) &&
  Array.isArray(lines) &&
  isWhole(lines.length, LINES_MAX) &&
  lines.every((line) => typeof line.itemId === 'string' && isWhole(line.quantity, QUANTITY_MAX))

app.post('/whole/restaurants/:restaurant/orders', async (req, res) => {
  const restaurant = req.params.restaurant
  const command = req.headers['idempotency-key'] ?? randomUUID()
  if (!isOrder(req.body)) return res.status(422).json({ code: 'bad_input' })
  const digest = createHash('sha256').update(JSON.stringify(req.body)).digest()
  const done = await inTransaction((query) => place(query, restaurant, req.user, command, digest, req.body))
  if (done.kept) return res.status(200).type('json').send(done.kept)
  for (const entry of done.entries) redis.publish(`ledger:restaurant:${restaurant}`, JSON.stringify(entry))
  res.status(201).type('json').send(done.answer)
})

async function place(query, restaurant, user, command, digest, { kind, customerName, lines }) {
  const actor = `user:${user}`
  const scope = `restaurant:${restaurant}`
  const [claimed] = await query(
    'claim',
    `insert into command (actor, id, name, digest) values ($1, $2, 'place_order', $3)
     on conflict do nothing returning at`,
    [actor, command, digest],
  )
  if (!claimed) {
    const [{ answer }] = await query('kept', 'select answer from command where actor = $1 and id = $2', [actor, command])
    return { kept: JSON.stringify(answer) }
  }
  const granted = await query(
    'granted',
    `select r.currency from restaurant r join role_grant g on g.restaurant_id = r.id
     where r.id = $1 and g.person_id = $2`,
    [restaurant, user],
  )
  if (!granted.length) throw new Error('not found')
  const ids = lines.map((line) => line.itemId)
  const items = new Map(
    (
      await query('items', 'select * from menu_item where id = any($1::uuid[]) and restaurant_id = $2 and removed_at is null', [
        ids,
        restaurant,
      ])
    ).map((item) => [item.id, item]),
  )
  const portions = await query(
    'portions',
    `with counted as (
       select id from menu_item where id = any($1::uuid[]) and portions_left is not null order by id for update
     )
     update menu_item set portions_left = portions_left - wanted.quantity
     from unnest($1::uuid[], $2::int[]) as wanted (id, quantity), counted
     where menu_item.id = wanted.id and counted.id = wanted.id
     returning menu_item.id, menu_item.name, portions_left`,
    [ids, lines.map((line) => line.quantity)],
  )
  const [{ last: number }] = await query(
    'number',
    `insert into order_number as n (restaurant_id, day, last)
     select id, (now() at time zone time_zone - interval '4 hours')::date, 1 from restaurant where id = $1
     on conflict (restaurant_id) do update
     set last = case when n.day = excluded.day then n.last + 1 else 1 end, day = excluded.day
     returning last`,
    [restaurant],
  )
  const id = randomUUID()
  await query('order', INSERT_ORDER, [id, restaurant, number, kind, 'in_kitchen', user, customerName])
  const placed = lines.map((line, n) => {
    const item = items.get(line.itemId)
    return { lineId: randomUUID(), n, item, itemId: item.id, name: item.name, quantity: line.quantity, unitPrice: item.price }
  })
  const stations = [...new Set(placed.map((line) => line.item.station_id))]
  const tickets = stations.map((station) => ({ ticketId: randomUUID(), station, status: 'fired', course: 1 }))
  const ticketOf = new Map(tickets.map((ticket) => [ticket.station, ticket.ticketId]))
  await query(
    'tickets',
    `insert into ticket (id, restaurant_id, order_id, station_id, course, status, fired_at)
     select id, $1, $2, station, 1, 'fired', now() from unnest($3::uuid[], $4::uuid[]) as ticket (id, station)`,
    [restaurant, id, tickets.map((ticket) => ticket.ticketId), stations],
  )
  await query(
    'placed lines',
    `insert into order_line (id, order_id, position, item_id, name, quantity, unit_price, course, station_id,
       prep_seconds, status, modifiers, allergens, ticket_id)
     select line.id, $1, line.n, item.id, item.name, line.quantity, item.price, 1, item.station_id,
       item.prep_seconds, 'fired', '[]', item.allergens, line.ticket
     from unnest($2::uuid[], $3::uuid[], $4::int[], $5::uuid[]) with ordinality
       as line (id, item_id, quantity, ticket, n) join menu_item item on item.id = line.item_id`,
    [
      id,
      placed.map((line) => line.lineId),
      ids,
      lines.map((line) => line.quantity),
      placed.map((line) => ticketOf.get(line.item.station_id)),
    ],
  )
  const shown = placed.map(({ item, n, ...line }) => ({ ...line, ticketId: ticketOf.get(item.station_id) }))
  const total = placed.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0)
  const facts = [
    ['order_placed', [`waiters:${restaurant}`], { orderId: id, number, kind, customerName, lines: shown }],
    ['order_status_update', [`order:${id}`, `waiters:${restaurant}`], { orderId: id, status: 'in_kitchen', total }],
    ...portions.map(({ id: item, name, portions_left: left }) => [
      'inventory_update',
      [`item:${item}`],
      { productId: item, quantity: left, details: { productName: name, available: left > 0, reason: 'sold' } },
    ]),
    ...tickets.map(({ ticketId, station }) => [
      'ticket_fired',
      [`kitchen:${restaurant}:${station}`, `kitchen:${restaurant}`, `waiters:${restaurant}`],
      { ticketId, orderId: id, stationId: station, number, kind, lines: shown.filter((line) => line.ticketId === ticketId) },
    ]),
  ]
  const answer = JSON.stringify({ id, orderId: id, restaurantId: restaurant, number, kind, status: 'in_kitchen', total, lines: shown, tickets })
  await query('answer', 'update command set scope = $3, events = $4, answer = $5 where actor = $1 and id = $2', [
    actor,
    command,
    scope,
    facts.map(([name]) => name),
    answer,
  ])
  const [{ seq }] = await query(
    'append',
    `with head as (
       insert into ledger_head as h (scope, seq) values ($1, $2)
       on conflict (scope) do update set seq = h.seq + excluded.seq returning seq
     ), appended as (
       insert into ledger (scope, seq, name, rooms, payload, actor, at, command_id)
       select $1, head.seq - $2 + place, name, string_to_array(rooms, chr(31)), payload::json, $6, now(), $7
       from head, unnest($3::text[], $4::text[], $5::text[]) with ordinality as fact (name, rooms, payload, place)
     )
     select seq from head`,
    [
      scope,
      facts.length,
      facts.map(([name]) => name),
      facts.map(([, rooms]) => rooms.join('\x1f')),
      facts.map(([, , payload]) => JSON.stringify(payload)),
      actor,
      command,
    ],
  )
  const entries = facts.map(([name, rooms, payload], n) => ({ seq: Number(seq) - facts.length + n + 1, name, rooms, payload }))
  return { answer, entries }
}

// ---------------------------------------------------------------- the menu

async function menu(restaurant) {
  const query = (name, text) => pool.query({ name, text, values: [restaurant] }).then(({ rows }) => rows)
  const [[house], sections, items] = await Promise.all([
    query('house', 'select currency from restaurant where id = $1'),
    query('sections', 'select id, name from menu_section where restaurant_id = $1 order by id'),
    query('menu', 'select * from menu_item where restaurant_id = $1 and removed_at is null order by id'),
  ])
  const shown = (item) => ({
    id: item.id,
    sectionId: item.section_id,
    name: item.name,
    description: item.description,
    price: { amount: item.price, currency: house.currency },
    station: item.station_id,
    stationsByKind: item.stations_by_kind,
    prepSeconds: item.prep_seconds,
    allergens: item.allergens,
    dietTags: item.diet_tags,
    portionsLeft: item.portions_left,
    isEightySixed: item.is_eighty_sixed,
    available: !item.is_eighty_sixed && item.portions_left !== 0,
    modifierGroups: item.modifier_groups,
  })
  return {
    restaurantId: restaurant,
    currency: house.currency,
    sections: sections.map(({ id, name }) => ({
      id,
      name,
      items: items.filter((item) => item.section_id === id).map(shown),
    })),
  }
}

app.get('/restaurants/:restaurant/menu', async (req, res) => res.json(await menu(req.params.restaurant)))

const kept = new Map()
app.get('/kept/restaurants/:restaurant/menu', async (req, res) => {
  const { restaurant } = req.params
  if (!kept.has(restaurant)) kept.set(restaurant, Buffer.from(JSON.stringify(await menu(restaurant))))
  res.setHeader('Content-Type', 'application/json')
  res.end(kept.get(restaurant))
})

const server = app.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })))
