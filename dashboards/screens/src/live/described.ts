/**
 * What can be said to the hub, as the rooms' own document tells: each message's name, what it does, and something to
 * begin with. Not its business: sending it.
 */

/** A message as the page offers it. */
export interface Message {
  readonly name: string;
  readonly summary: string;
  readonly example: object;
}

type Node = Readonly<Record<string, unknown>>;

/** Every message that carries an object and is answered, by name. */
export function messagesIn(document: unknown): readonly Message[] {
  return Object.values(nodeAt(nodeAt(document, "components"), "messages"))
    .filter(isNode)
    .filter((one) => "x-ack" in one)
    .flatMap(messageOf)
    .sort((one, other) => one.name.localeCompare(other.name));
}

function messageOf({ name, summary, examples }: Node): readonly Message[] {
  const shown: unknown = Array.isArray(examples) ? examples[0] : undefined;
  const example = isNode(shown) ? shown.payload : undefined;
  return isNode(example) ? [{ name: String(name), summary: String(summary), example }] : [];
}

function nodeAt(value: unknown, name: string): Node {
  const found = isNode(value) ? value[name] : undefined;
  return isNode(found) ? found : {};
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
