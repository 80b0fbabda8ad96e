/** A text as a square that a telephone reads. */

import { encode } from "uqr";

import { drawn } from "./square.ts";

/** Modules of white around the square, without which no telephone finds it. */
const QUIET_MODULES = 4;

export function Square({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, data } = encode(text, { border: QUIET_MODULES });
  return (
    <svg className="square" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect className="square__paper" width={size} height={size} />
      <path className="square__ink" d={drawn(data)} />
    </svg>
  );
}
