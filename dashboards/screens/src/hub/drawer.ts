/**
 * The drawer: what this device keeps for whoever works at it, in the browser's own database (IndexedDB).
 *
 * It outlives a reload, a closed tab and a crash. A browser may forbid it, or never open it; then everything here
 * rejects within two seconds, and whoever keeps something says so. Not its business: what is kept (`kept.ts`,
 * `remembered.ts`).
 */

const NAME = "brigade";
const EDITION = 1;
/** Some browsers, after a crash, neither open a database nor say that they will not. */
const OPEN_MS_MAX = 2_000;

/** What lies in the drawer, by compartment. */
export const ASKED = "asked";
export const SEEN = "seen";
type Compartment = typeof ASKED | typeof SEEN;

let opened: Promise<IDBDatabase> | null = null;

/** Do something with a compartment, as a whole or not at all; resolves when it lies there for good. */
export async function inDrawer<T>(
  compartment: Compartment,
  mode: "readonly" | "readwrite",
  act: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const database = await open();
  // Strict: a tap that is called kept outlives a tablet whose battery falls out.
  const transaction = database.transaction(compartment, mode, { durability: "strict" });
  const isDone = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("The drawer was shut."));
  });
  // Whatever is awaited within must be the transaction's own, or it is over before the next request.
  const acting = act(transaction.objectStore(compartment)).catch((why: unknown) => {
    abort(transaction);
    throw why;
  });
  const [result] = await Promise.all([acting, isDone]);
  return result;
}

/** What a request of the database answers. */
export function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The drawer did not answer."));
  });
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It was aborted by what went wrong in it.
  }
}

function open(): Promise<IDBDatabase> {
  opened ??= opening().catch((why: unknown) => {
    // What could not be opened now may be opened by the next tap.
    opened = null;
    throw why;
  });
  return opened;
}

function opening(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("The drawer does not open.")), OPEN_MS_MAX);
    // Where there is none, or it is forbidden, this throws, which rejects.
    const request = indexedDB.open(NAME, EDITION);
    request.onupgradeneeded = () => fitOut(request.result);
    request.onerror = () => reject(request.error ?? new Error("The drawer cannot be opened."));
    request.onsuccess = () => {
      const database = request.result;
      // A newer page, or the browser itself, wants it shut: the next one who needs it opens it anew.
      database.onversionchange = () => (database.close(), forget());
      database.onclose = forget;
      resolve(database);
    };
  });
}

function forget(): void {
  opened = null;
}

function fitOut(database: IDBDatabase): void {
  // Numbered as they are put in, so that they come out in the order in which they were asked.
  const asked = database.createObjectStore(ASKED, { keyPath: "nth", autoIncrement: true });
  asked.createIndex("owner", "owner");
  asked.createIndex("commandId", "commandId");
  database.createObjectStore(SEEN, { keyPath: ["owner", "name"] });
}
