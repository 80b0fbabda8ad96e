/** How a square of dark and light modules is drawn: as one path, a stroke of it for each run of dark ones in a row. */

/** The path of the dark modules; a module is one unit wide. */
export function drawn(rows: readonly (readonly boolean[])[]): string {
  return rows.flatMap((row, y) => runs(row).map(([from, length]) => `M${from} ${y}h${length}v1h-${length}z`)).join("");
}

/** Where dark runs begin in a row, and how long they are. */
function runs(row: readonly boolean[]): readonly (readonly [from: number, length: number])[] {
  const begins = row.flatMap((isDark, x) => (isDark && row[x - 1] !== true ? [x] : []));
  return begins.map((from) => {
    const end = row.indexOf(false, from);
    return [from, (end === -1 ? row.length : end) - from];
  });
}
