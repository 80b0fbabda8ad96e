/** Secrets as people read, type and keep them. */

const GROUP = 4;

/** A secret as it is easily typed: in groups of four. What reads it does not mind the blanks. */
export function inFours(secret: string): string {
  return secret.match(new RegExp(`.{1,${GROUP}}`, "g"))?.join(" ") ?? "";
}

/** What goes onto a clipboard: what they are for, and one code on each line. */
export function asText(title: string, codes: readonly string[]): string {
  return [title, ...codes].join("\n");
}
