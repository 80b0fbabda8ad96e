// socket.io with @socket.io/redis-adapter, as one would ordinarily run it at its best: WebSocket only, no compression,
// ws with its native helper. It verifies the hub's tokens and enters rooms that are asked for, no more: no ledger, no
// chain, no rights. A token that was verified is kept. It prints its port as JSON, and emits as benchmarks/control.py says.

import { createServer } from 'node:http'
import { createServer as createLine } from 'node:net'
import { createInterface } from 'node:readline'
import { createAdapter } from '@socket.io/redis-adapter'
import { createVerifier } from 'fast-jwt'
import { createClient } from 'redis'
import { Server } from 'socket.io'

const { REDIS_SOCKET, PUBLIC_KEY, CONTROL } = process.env

const pub = createClient({ socket: { path: REDIS_SOCKET } })
const sub = pub.duplicate()
await Promise.all([pub.connect(), sub.connect()])

const http = createServer()
const io = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
  adapter: createAdapter(pub, sub),
})

const verify = createVerifier({
  key: PUBLIC_KEY,
  algorithms: ['EdDSA'],
  allowedIss: 'brigade',
  allowedAud: 'brigade:staff',
  cache: 10_000,
})

io.use((socket, next) => {
  try {
    socket.data.user = verify(socket.handshake.auth.token).sub
    next()
  } catch {
    next(new Error('unauthorized'))
  }
})

io.on('connection', (socket) => {
  socket.on('subscribe', ({ room }, answer) => {
    socket.join(room)
    answer({ ok: true, room })
  })
})

// ---------------------------------------------------------------- emitting

const TICK_MS = 1
let rooms = []
let number = 0
let times = []

// The same event as the hub's, byte for byte but for its times and numbers.
function emitNext() {
  const [room, productId] = rooms[number % rooms.length]
  const quantity = Math.floor(number / rooms.length) + 1
  number += 1
  io.to(room).emit('inventory_update', {
    productId,
    quantity,
    details: { productName: 'Grilled mackerel, pickled cucumber', available: true, reason: 'sold' },
    room,
    seq: quantity,
    prev: quantity - 1,
    timestamp: new Date().toISOString(),
  })
}

const now = () => Number(process.hrtime.bigint())

// So many a second. When it is late it makes up for it, and the time it notes is the true one.
function pace(rate, seconds, done) {
  const began = now()
  const wanted = Math.floor(rate * seconds)
  let emitted = 0
  const tick = () => {
    const due = Math.min(wanted, Math.floor(((now() - began) / 1e9) * rate) + 1)
    for (; emitted < due; emitted += 1) {
      times.push(now())
      emitNext()
    }
    if (emitted < wanted) setTimeout(tick, TICK_MS)
    else done(times)
  }
  tick()
}

const verbs = {
  rooms: (answer, named) => {
    ;[rooms, number, times] = [named, 0, []]
  },
  emit: (answer, count) => {
    for (let n = 0; n < count; n += 1) emitNext()
  },
  pace: (answer, rate, seconds) => pace(rate, seconds, answer),
  gc: (answer) => {
    globalThis.gc()
    answer(null)
  },
}

createLine((line) => {
  createInterface({ input: line }).on('line', (said) => {
    const [verb, ...words] = JSON.parse(said)
    verbs[verb]((value) => line.write(`${JSON.stringify(value)}\n`), ...words)
  })
}).listen(CONTROL, () => {
  http.listen(0, '127.0.0.1', 4096, () => console.log(JSON.stringify({ port: http.address().port })))
})
