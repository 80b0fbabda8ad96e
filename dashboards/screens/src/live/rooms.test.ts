import { expect, test } from "vitest";

import type { Role } from "../hub/index.ts";
import { roomsFor } from "./rooms.ts";

const inside = (...roles: readonly Role[]) => ({ userId: "somebody", roles: { house: roles } });

test("the room that is offered first is one that opens to whoever came in", () => {
  expect(roomsFor(inside("cook"))[0]).toBe("kitchen:house");
  expect(roomsFor(inside("waiter"))[0]).toBe("waiters:house");
  expect(roomsFor(inside("cook", "host"))[0]).toBe("waiters:house");
});

test("a guest is offered what everybody has", () => {
  expect(roomsFor(null)).toEqual(["announcements", "ops"]);
});
