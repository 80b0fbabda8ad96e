/**
 * What travels between a hub and its screens: audience.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

/** Every kind of room; a bounded label, unlike a room's name. */
export type RoomKind = "pass" | "station" | "waiters" | "table" | "order" | "item" | "user" | "announcements" | "ops";
