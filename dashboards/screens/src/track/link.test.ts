import { expect, test } from "vitest";

import { linkIn } from "./link.ts";

const ORDER = "01a1fea4-cdb9-75a2-bbe1-9919d99f7bcc";
const TABLE = "01a1fea3-7f96-7750-b40d-ddafd2030932";

function part(told: unknown): string {
  return Buffer.from(JSON.stringify(told)).toString("base64url");
}

function token(typ: string, claims: object): string {
  return `${part({ alg: "EdDSA", typ })}.${part(claims)}.c2lnbmVk`;
}

test("an order's link opens the order's room", () => {
  const link = token("order+jwt", { sub: ORDER, restaurant: TABLE });
  expect(linkIn(`/track/${link}`)).toEqual({ token: link, opens: "order", room: `order:${ORDER}` });
});

test("a seating's link opens the room of its table", () => {
  const link = token("seating+jwt", { sub: ORDER, table: TABLE });
  expect(linkIn(`/track/${link}/`)).toEqual({ token: link, opens: "table", room: `table:${TABLE}` });
});

test("signs that only base64url has are read", () => {
  const link = token("order+jwt", { note: "ÿþ?>~~ÿÿ", sub: ORDER });
  expect(link).toMatch(/[-_]/);
  expect(linkIn(`/track/${link}`)?.room).toBe(`order:${ORDER}`);
});

test.each([
  ["nothing at all", ""],
  ["no token", "hello"],
  ["a staff token", token("staff+jwt", { sub: ORDER })],
  ["a link without its signature", token("order+jwt", { sub: ORDER }).replace(/\.[^.]+$/, ".")],
  ["a link with half of its payload", `${part({ typ: "order+jwt" })}.${part({ sub: ORDER }).slice(0, 20)}.c2ln`],
  ["a payload that is no object", `${part({ typ: "order+jwt" })}.${part(null)}.c2ln`],
  ["an order that is no id", token("order+jwt", { sub: "kitchen:1" })],
  ["a seating without a table", token("seating+jwt", { sub: ORDER })],
])("%s is no link", (_what, link) => {
  expect(linkIn(`/track/${link}`)).toBeNull();
});
