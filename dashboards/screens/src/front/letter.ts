/**
 * What a link in a letter asks for: it stands behind the `#`, so that no server's log and no other site is told it.
 *
 * Not its business: what is done then (`FromLetter.tsx`).
 */

/** To begin an account, to choose a new password, or to have a letter sent for that; or to come and work somewhere. */
export type Letter =
  | { readonly kind: "invitation"; readonly token: string }
  | { readonly kind: "verify"; readonly token: string }
  | { readonly kind: "reset"; readonly token: string }
  | { readonly kind: "forgot" };

/** What somebody comes to the front door for by an address: with a letter, or for the first one of all. */
export type Errand = Letter | { readonly kind: "register" };

/** What an address asks for behind its `#`; null where that is nothing of ours. */
export function errandIn(hash: string): Errand | null {
  return hash === "#register" ? { kind: "register" } : letterIn(hash);
}

/** The same, of letters alone. */
export function letterIn(hash: string): Letter | null {
  if (hash === "#forgot") return { kind: "forgot" };
  const [, kind, token] = /^#(verify|reset|invitation)=([\w-]+)$/.exec(hash) ?? [];
  if (token === undefined) return null;
  return kind === "verify" || kind === "invitation" ? { kind, token } : { kind: "reset", token };
}
