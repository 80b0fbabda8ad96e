/** The client of a hub, for these screens and for anybody's: see README.md beside it. */

export { BOARDS } from "./boards/index.ts";
export { fit, type Fit, type Held } from "./chain.ts";
export { HubClock } from "./clock.ts";
export { freshness, type Freshness, isStale, LIVE_MS_MAX, STALE_MS_MIN } from "./freshness.ts";
export { Hub, type HubOptions, type LineNow } from "./hub.ts";
export { newId } from "./ids.ts";
export { type Acknowledged, type Ear, type Line, type LineOptions, openLine } from "./line.ts";
export { type Keeper, keptCount, memory } from "./kept.ts";
export { type Asked, type OnLate, Outbox, SHOWN_MS_MAX, type Verb } from "./outbox.ts";
export { forgetSeen, type Memory, memoryOf, type Remembered } from "./remembered.ts";
export { isRefusalFacts, Refusal, type RefusalFacts } from "./refusal.ts";
export { alone } from "./tabs.ts";
export { type BoardKind, Room, type RoomNow } from "./room.ts";
export * from "./wire.ts";
export * as witness from "./witness.ts";
