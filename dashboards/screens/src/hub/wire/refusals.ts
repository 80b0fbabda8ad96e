/**
 * What travels between a hub and its screens: refusals.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

export interface Refused {
  readonly ok: false;
  readonly error: {
    /** Stable. */
    readonly code: string;
    /** A sentence for people. */
    readonly message: string;
    /** Whether to send the same again in a moment. */
    readonly retry: boolean;
  };
}

export interface FieldError {
  readonly field: string;
  /** A sentence for a person. */
  readonly message: string;
  readonly code:
    | "missing"
    | "not_allowed"
    | "not_one_of"
    | "too_large"
    | "too_long"
    | "too_short"
    | "too_small"
    | "unknown_field"
    | "wrong_type";
}

/** What went wrong (RFC 9457). The facts of a refusal are further members: ids, names, numbers. */
export interface Problem {
  readonly type: "about:blank";
  /** The status in words. */
  readonly title: string;
  readonly status: number;
  /** A sentence for a person. */
  readonly detail: string;
  /** Whether the same request may do better in a moment. */
  readonly retry?: boolean;
  /** Stable: decide by this one. */
  readonly code: string;
  /** What the answer's X-Request-ID says, and the hub's log. */
  readonly requestId?: string;
  /** With the code `invalid`: what is wrong, field by field. */
  readonly errors?: readonly FieldError[];
}
