/*
 * Put into every page before its own scripts. What the page's policy forbids is complained of; and of every entry that
 * changes what is shown, the time from hearing it to the frame that shows it is kept in `watching.paintsMs`.
 */

(() => {
  const watching = { paintsMs: [] };
  window.watching = watching;

  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });

  let heardAtMs = null;
  const NativeWebSocket = window.WebSocket;
  window.WebSocket = class extends NativeWebSocket {
    constructor(...how) {
      super(...how);
      // Before the page's own listeners: those are added later, and are called in order.
      this.addEventListener("message", () => {
        heardAtMs = performance.now();
        // What changes after this turn has another cause.
        setTimeout(() => (heardAtMs = null));
      });
    }
  };

  const changed = () => {
    if (heardAtMs === null) return;
    const sinceMs = heardAtMs;
    heardAtMs = null;
    requestAnimationFrame(() => {
      // A message is delivered after the frame is painted.
      const painted = new MessageChannel();
      painted.port1.onmessage = () => watching.paintsMs.push(performance.now() - sinceMs);
      painted.port2.postMessage(null);
    });
  };
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(changed).observe(document, everything);
})();
