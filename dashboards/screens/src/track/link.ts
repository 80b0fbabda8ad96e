/**
 * What a guest's link opens: one order, or the table where the party sits.
 *
 * A link is a token that only the hub can verify; here it is merely read, to know which room to ask for. It goes to
 * this hub and nowhere else. Not its business: whether it still holds.
 */

export interface Link {
  readonly token: string;
  readonly opens: "order" | "table";
  /** The name of the room that it opens. */
  readonly room: string;
}

const PREFIX = "/track/";
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The link in a page's address; null where it cannot be one. */
export function linkIn(pathname: string): Link | null {
  if (!pathname.startsWith(PREFIX)) return null;
  const token = pathname.slice(PREFIX.length).replace(/\/$/, "");
  const [header, payload, signature] = token.split(".");
  if (header === undefined || payload === undefined || !signature) return null;
  const claims = decoded(payload);
  switch (decoded(header).typ) {
    case "order+jwt":
      return isId(claims.sub) ? { token, opens: "order", room: `order:${claims.sub}` } : null;
    case "seating+jwt":
      return isId(claims.table) ? { token, opens: "table", room: `table:${claims.table}` } : null;
    default:
      return null;
  }
}

/** One part of the token; nothing where it is not one. */
function decoded(part: string): Readonly<Record<string, unknown>> {
  try {
    const told: unknown = JSON.parse(atob(part.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof told === "object" && told !== null ? { ...told } : {};
  } catch {
    return {};
  }
}

function isId(value: unknown): value is string {
  return typeof value === "string" && ID.test(value);
}
