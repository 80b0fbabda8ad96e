/* What is wrong with how a page looks, whatever its fonts: a list of sentences. Read by `looking.py`. */

({ targetPx }) => {
  const faults = [];
  const top = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  const CONTROLS = "a[href], button, input, select, textarea, summary, [role=button]";

  const named = (element) => {
    const name = element.ariaLabel || element.labels?.[0]?.innerText || element.innerText || element.className;
    return `<${element.localName}${element.className ? "." + String(element.className).split(" ")[0] : ""}> “${String(name)
      .trim()
      .replace(/\s+/g, " ")
      .slice(0, 50)}”`;
  };
  const px = (box) => [box.left, box.top, box.right, box.bottom].map(Math.round).join(",");
  /** Drawn into a single pixel: for ears alone. */
  const isForEars = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return width <= 1 && height <= 1 && getComputedStyle(element).overflow === "hidden";
  };
  const isUnseen = (element) => {
    if (element.localName !== "select" && element.closest("svg, datalist, select") !== null) return true;
    for (let one = element; one !== null; one = one.parentElement) if (isForEars(one)) return true;
    return false;
  };
  const isShown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !isUnseen(element);
  const clipsOf = (element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    return { x: overflowX, y: overflowY };
  };
  const parentOf = (element) =>
    element.localName === "dialog" || getComputedStyle(element).position === "fixed" ? null : element.parentElement;
  /** What of it can be seen now. */
  const seenOf = (element) => {
    const { left, top: upper, right, bottom } = element.getBoundingClientRect();
    const seen = { left, top: upper, right, bottom };
    for (let one = parentOf(element); one !== null && one !== document.documentElement; one = parentOf(one)) {
      const clips = clipsOf(one);
      const box = one.getBoundingClientRect();
      if (clips.x !== "visible") [seen.left, seen.right] = [Math.max(seen.left, box.left), Math.min(seen.right, box.right)];
      if (clips.y !== "visible") [seen.top, seen.bottom] = [Math.max(seen.top, box.top), Math.min(seen.bottom, box.bottom)];
    }
    [seen.left, seen.right] = [Math.max(seen.left, 0), Math.min(seen.right, innerWidth)];
    [seen.top, seen.bottom] = [Math.max(seen.top, 0), Math.min(seen.bottom, innerHeight)];
    return seen;
  };
  const stuck = [...top.querySelectorAll("*")].filter((one) => getComputedStyle(one).position === "sticky" && isShown(one));
  /** The same without what has slid beneath something that sticks. */
  const besideStuck = (element, box) => {
    for (const one of stuck) {
      const over = one.getBoundingClientRect();
      if (one.contains(element) || over.right <= box.left || over.left >= box.right) continue;
      if (over.top <= box.top && over.bottom > box.top) box.top = Math.min(over.bottom, box.bottom);
      else if (over.bottom >= box.bottom && over.top < box.bottom) box.bottom = Math.max(over.top, box.top);
    }
    return box;
  };
  const isWithin = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
  const isBig = ({ left, top: upper, right, bottom }) => right - left > 2 && bottom - upper > 2;

  // The page itself
  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) faults.push(`the page is ${page.scrollWidth} px wide on ${page.clientWidth}`);

  // Things to touch
  const controls = [...top.querySelectorAll(CONTROLS)].filter(
    (one) => isShown(one) && one.type !== "hidden" && one.getBoundingClientRect().width > 0,
  );
  const seen = new Map(controls.map((one) => [one, besideStuck(one, seenOf(one))]));
  const inSight = controls.filter((one) => isBig(seen.get(one)));
  for (const [at, one] of inSight.entries()) {
    for (const other of inSight.slice(at + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const [a, b] = [seen.get(one), seen.get(other)];
      // A small button is set into a big one on purpose.
      if (one.parentElement === other.parentElement && (isWithin(a, b) || isWithin(b, a))) continue;
      const both = {
        left: Math.max(a.left, b.left),
        right: Math.min(a.right, b.right),
        top: Math.max(a.top, b.top),
        bottom: Math.min(a.bottom, b.bottom),
      };
      if (isBig(both)) faults.push(`${named(one)} (${px(a)}) overlaps ${named(other)} (${px(b)})`);
    }
  }
  for (const one of inSight) {
    const box = seen.get(one);
    const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const isHit = hit !== null && (one.contains(hit) || hit.contains(one) || hit.closest("label")?.control === one);
    if (!isHit) faults.push(`${named(one)} (${px(box)}) lies under ${hit === null ? "nothing" : named(hit)}`);
  }
  for (const one of controls) {
    // A link in running text is as high as its line.
    if (one.localName === "a" && getComputedStyle(one).display === "inline") continue;
    const { width, height } = one.getBoundingClientRect();
    if (Math.min(width, height) < targetPx - 0.5) {
      faults.push(`${named(one)} is ${Math.round(width)}×${Math.round(height)} px, too small for a finger`);
    }
  }

  // Texts
  const texts = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  const told = new Set();
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (text.data.trim() === "" || !isShown(parent) || parent.closest("dialog:not([open])")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const [first, ...more] = [...range.getClientRects()].filter((box) => box.width > 0);
    if (first === undefined) continue;
    const box = more.reduce(
      (all, one) => ({
        left: Math.min(all.left, one.left),
        right: Math.max(all.right, one.right),
        top: Math.min(all.top, one.top),
        bottom: Math.max(all.bottom, one.bottom),
      }),
      { left: first.left, right: first.right, top: first.top, bottom: first.bottom },
    );
    const scrolls = { x: false, y: false };
    let isBlockPassed = false;
    for (let one = parent; one !== null && one !== document.documentElement; one = parentOf(one)) {
      if (getComputedStyle(one).display.startsWith("inline") && getComputedStyle(one).display === "inline") continue;
      const [clips, around] = [clipsOf(one), one.getBoundingClientRect()];
      // What lies beyond what is shown at all is not cut off; it is left out.
      const isLeftOut =
        (clips.x !== "visible" && (box.left >= around.right || box.right <= around.left)) ||
        (clips.y !== "visible" && (box.top >= around.bottom || box.bottom <= around.top));
      if (isLeftOut) {
        scrolls.x = scrolls.y = true;
        break;
      }
      scrolls.x ||= clips.x === "auto" || clips.x === "scroll";
      scrolls.y ||= clips.y === "auto" || clips.y === "scroll";
      // On a button a text keeps clear of the edge.
      const slackPx = one.localName === "button" ? -2 : 1.5;
      const isOut = {
        x: !scrolls.x && (box.left < around.left - slackPx || box.right > around.right + slackPx),
        // Letters may reach out of a tight line.
        y: !scrolls.y && (box.top < around.top - 4 || box.bottom > around.bottom + 4),
      };
      const isCut = (isOut.x && (!isBlockPassed || clips.x !== "visible")) || (isOut.y && clips.y !== "visible");
      if (isCut && !told.has(one)) {
        told.add(one);
        faults.push(`“${text.data.trim().slice(0, 50)}” (${px(box)}) does not fit into ${named(one)} (${px(around)})`);
      }
      isBlockPassed = true;
    }
    if (!scrolls.x && (box.left < -1.5 || box.right > innerWidth + 1.5)) {
      faults.push(`“${text.data.trim().slice(0, 50)}” (${px(box)}) hangs over the edge of the screen`);
    }
  }
  return [...new Set(faults)];
}
