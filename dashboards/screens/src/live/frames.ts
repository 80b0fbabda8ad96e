/** What went over the line, either way, the latest first. Not its business: the line. */

export type Way = "said" | "answered" | "heard" | "line";

export interface Frame {
  readonly number: number;
  readonly atMs: number;
  readonly way: Way;
  readonly name: string;
  readonly body: unknown;
}

export interface Frames {
  readonly count: number;
  readonly shown: readonly Frame[];
}

/** What is older than so many is gone: a dinner has no end. */
export const FRAMES_MAX = 200;
export const NO_FRAMES: Frames = { count: 0, shown: [] };

/** With one more. */
export function withFrame(frames: Frames, atMs: number, way: Way, name: string, body: unknown): Frames {
  const count = frames.count + 1;
  return { count, shown: [{ number: count, atMs, way, name, body }, ...frames.shown].slice(0, FRAMES_MAX) };
}

/** Without the beats, which come every five seconds and say that nothing happened. */
export function withoutBeats(frames: readonly Frame[]): readonly Frame[] {
  return frames.filter((one) => one.name !== "beat");
}
