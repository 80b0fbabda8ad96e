/**
 * How the hub says no: a stable code to decide by, a sentence to show, and whether to try again.
 *
 * Not its business: other languages, which the screens have by code.
 */

/** What an acknowledgement or a problem says. Facts of the refusal travel beside its code. */
export interface RefusalFacts {
  readonly code: string;
  readonly message: string;
  readonly retry: boolean;
  readonly [fact: string]: unknown;
}

export class Refusal extends Error {
  readonly code: string;
  readonly retry: boolean;
  readonly facts: RefusalFacts;

  /** `isLate` says that whoever asked has gone on meanwhile, and looks elsewhere. */
  constructor(
    facts: RefusalFacts,
    readonly isLate = false,
  ) {
    super(facts.message);
    this.name = "Refusal";
    this.code = facts.code;
    this.retry = facts.retry;
    this.facts = facts;
  }

  /** The same, of something that had waited. */
  late(): Refusal {
    return new Refusal(this.facts, true);
  }
}

/** Whether something that came from outside is a refusal's facts. */
export function isRefusalFacts(value: unknown): value is RefusalFacts {
  if (typeof value !== "object" || value === null) return false;
  return "code" in value && typeof value.code === "string" && "message" in value && typeof value.message === "string";
}
