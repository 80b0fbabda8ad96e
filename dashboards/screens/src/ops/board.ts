/**
 * The room of the operators as a client has it: the latest pulse of every hub.
 *
 * Pulses are signals: they have no number, and a lost one is made good by the next. Not its business: what came before
 * them (`watch.ts`), and what is to be thought of them (`verdict.ts`).
 */

import type { BoardKind, HubPulse, OpsBoard } from "../hub/index.ts";

/** More hubs than a house has; of one that is started again and again, the first are forgotten. */
const HUBS_MAX = 100;

export const OPS: BoardKind<OpsBoard> = {
  apply: (board) => board,
  hear: (board, name, body) => (name === "hub_pulse" && isPulse(body) ? withPulse(board, body) : board),
};

function withPulse(board: OpsBoard, pulse: HubPulse): OpsBoard {
  const isKnown = board.hubs.some((one) => one.instance === pulse.instance);
  const hubs = isKnown
    ? board.hubs.map((one) => (one.instance === pulse.instance ? pulse : one))
    : [...board.hubs, pulse].slice(-HUBS_MAX);
  return { ...board, hubs };
}

/** The hub's documents say what a pulse is made of; here it is only told from what is none. */
function isPulse(body: unknown): body is HubPulse {
  return typeof body === "object" && body !== null && "instance" in body && "at" in body && "redis" in body;
}
