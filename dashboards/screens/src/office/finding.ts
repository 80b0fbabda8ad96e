/** Finding people by anything that somebody remembers of them: a part of the name, the email, or a role. */

import type { Colleague, Role } from "../hub/index.ts";

/** Those in whom every word of the wish is found, in whatever case and with whatever accents. */
export function found(
  people: readonly Colleague[],
  wish: string,
  nameOf: (role: Role) => string,
): readonly Colleague[] {
  const words = plain(wish).split(/\s+/).filter(Boolean);
  return people.filter((one) => {
    const text = plain([one.name, one.email, ...one.roles.map(nameOf)].join(" "));
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
