/** Addresses as they are typed and kept. What makes one the default is the hub's business. */

/** As the hub takes them. */
export const LABEL_LENGTH_MAX = 50;
const [LINES_MAX, LINE_LENGTH_MAX] = [7, 120];

/** The lines of what was typed, without empty ones and blanks around them. */
export function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** What is wrong with an address before it is sent; null where nothing is. */
export function wrongWithLines(lines: readonly string[]): "noLine" | "tooManyLines" | "longLine" | null {
  if (lines.length === 0) return "noLine";
  if (lines.length > LINES_MAX) return "tooManyLines";
  return lines.some((line) => line.length > LINE_LENGTH_MAX) ? "longLine" : null;
}
