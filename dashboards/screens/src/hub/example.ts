/** The whole use of this client in twenty lines: README.md shows them, and a test runs them against a hub. */

// [example]
import { BOARDS, freshness, Hub } from "./index.ts";

/** Keep saying how many tickets hang in a kitchen, and how old that is; `bump` takes the oldest off. */
export function watchKitchen(url: string, token: string, restaurant: string, say: (line: string) => void) {
  const hub = new Hub({ url, token, onSentAway: (refusal) => say(refusal.message) });
  const kitchen = hub.room(`kitchen:${restaurant}`, BOARDS.pass);
  const draw = (): void => {
    const { board, isConnected, provenAtMs, seq } = kitchen.now();
    const age = freshness({ isConnected, provenAtMs, nowMs: Date.now() });
    const open = board?.tickets.filter((one) => one.status === "fired" || one.status === "started") ?? [];
    say(`${age.state}: ${open.length} tickets at entry ${seq}`);
  };
  kitchen.listen(draw);
  const ageing = setInterval(draw, 1_000); // A board grows old without any news.
  const bump = async (): Promise<void> => {
    const oldest = kitchen.now().board?.tickets[0];
    if (oldest) await hub.ask("bump_ticket", { ticketId: oldest.ticketId }); // Waits for the line if need be.
  };
  return { bump, close: () => (clearInterval(ageing), hub.close()) };
}
// [/example]
