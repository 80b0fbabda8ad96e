/**
 * When what was drawn is on the glass: a frame later, and only while somebody could see the page.
 *
 * A page that is hidden, or frozen, paints nothing, and claims nothing: the browser asks it for no frames. Not its
 * business: whom that is told (`../hub/glass.ts`).
 */

/** Tell what there was to see when the next frame was painted. A page that was hidden meanwhile waits for another. */
export function afterPaint<T>(drawn: () => T, tell: (seen: T) => void): void {
  requestAnimationFrame(() => {
    const seen = drawn();
    // The frame is painted when all that wanted to draw in it have drawn.
    setTimeout(() => {
      if (document.visibilityState === "visible") tell(seen);
      else afterPaint(drawn, tell);
    });
  });
}
