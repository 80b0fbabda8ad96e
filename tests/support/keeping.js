/*
 * A device has kept something before its page is opened the first time; what becomes of it then is the page's business.
 * Playwright's own way there is another page, in a process of its own.
 */

(origin, kept) => {
  if (location.origin !== origin || sessionStorage.getItem("watching.kept") !== null) return;
  sessionStorage.setItem("watching.kept", "yes");
  for (const [name, text] of Object.entries(kept)) localStorage.setItem(name, text);
}
