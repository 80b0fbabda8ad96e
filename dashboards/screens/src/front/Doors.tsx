/**
 * A door to each screen. In a demo a tap begins a shift as somebody who works there; elsewhere doors are links.
 *
 * They stay real links everywhere, so that they open in other tabs too. Not its business: what is behind them.
 */

import { type MouseEvent, type ReactNode, useState } from "react";

import { get } from "../house/api.ts";
import { useWords } from "../house/language.ts";
import { useTell } from "../house/Notices.tsx";
import { type Demo, keepShift, type ScreenName, shiftAt, signInAs, type Welcome } from "../house/shift.ts";
import { refused, WORDS as HOUSE_WORDS } from "../house/words.ts";
import { type GuestLink, Refusal, type Role, type WaitersBoard } from "../hub/index.ts";
import { DeskDrawing, DialDrawing, PersonDrawing, PhoneDrawing, PlateDrawing, TicketDrawing } from "./drawings.tsx";
import { orderToFollow } from "./pick.ts";
import { WORDS } from "./words.ts";

type DoorName = Exclude<ScreenName, "front" | "live">;

/** As whom a demo's visitor comes in. */
const DOORS: readonly { readonly screen: DoorName; readonly role: Role; readonly drawing: ReactNode }[] = [
  { screen: "kitchen", role: "cook", drawing: <TicketDrawing /> },
  { screen: "floor", role: "waiter", drawing: <PlateDrawing /> },
  { screen: "office", role: "owner", drawing: <DeskDrawing /> },
  { screen: "ops", role: "owner", drawing: <DialDrawing /> },
];

interface DoorsProps {
  readonly greeting: Welcome | null;
  /** The token of whoever looks in, if anybody does. */
  readonly token: string | null;
}

export function Doors({ greeting, token }: DoorsProps) {
  const say = useWords(WORDS);
  const demo = greeting?.demo ?? null;
  const { isBusy, enter } = useEntering();
  const [kitchen, floor, office, ops] = DOORS.map(({ screen, role, drawing }) => {
    const person = demo?.people.find((one) => one.role === role);
    const open = (event: MouseEvent): void => {
      if (person === undefined || isForAnotherTab(event) || shiftAt(screen) !== null) return;
      event.preventDefault();
      enter(async () => {
        keepShift(screen, await signInAs(screen, role));
        return `/${screen}`;
      });
    };
    return (
      <li key={screen}>
        <a className="way" href={`/${screen}`} onClick={open} aria-disabled={isBusy}>
          {drawing}
          <strong>{say(`door.${screen}`)}</strong>
          <span>{say(`door.${screen}.what`)}</span>
          {person && <AsPerson name={person.name} role={role} />}
        </a>
      </li>
    );
  });
  return (
    <nav className="ways" aria-label={say("doors")}>
      <ul>
        {kitchen}
        {floor}
        <li>
          <GuestDoor demo={demo} token={token} isBusy={isBusy} enter={enter} />
        </li>
        {office}
        {ops}
        <li>
          <a className="way" href="/account">
            <PersonDrawing />
            <strong>{say("door.account")}</strong>
            <span>{say("door.account.what")}</span>
          </a>
        </li>
      </ul>
      <p className="ways__papers">
        <a className="button" href="/docs">
          {say("docs")}
        </a>
        <a className="button" href="/docs/rooms">
          {say("docsRooms")}
        </a>
      </p>
    </nav>
  );
}

function AsPerson({ name, role }: { readonly name: string; readonly role: Role }) {
  const say = useWords(WORDS);
  const sayHouse = useWords(HOUSE_WORDS);
  return <em>{say("comeInAs", { name, role: sayHouse(`role.${role}`) })}</em>;
}

interface GuestDoorProps {
  readonly demo: Demo | null;
  readonly token: string | null;
  readonly isBusy: boolean;
  readonly enter: Enter;
}

/** An order's page opens with its link alone. In a demo one is borrowed; elsewhere the guest has it. */
function GuestDoor({ demo, token, isBusy, enter }: GuestDoorProps) {
  const say = useWords(WORDS);
  const tell = useTell();
  const inside = (
    <>
      <PhoneDrawing />
      <strong>{say("door.guest")}</strong>
      <span>{say("door.guest.what")}</span>
    </>
  );
  if (demo === null) return <div className="way way--shut">{inside}</div>;
  const open = (): void => {
    if (token === null) return;
    enter(async () => {
      const link = await borrowedLink(demo.restaurantId, token);
      if (link === null) tell({ text: say("noOpenOrder") });
      return link && `/track/${link}`;
    });
  };
  return (
    <button type="button" className="way" onClick={open} disabled={isBusy || token === null}>
      {inside}
      <em>{say("comeInAsGuest")}</em>
    </button>
  );
}

/** The link of an order that somebody waits for now; null where nobody does. */
async function borrowedLink(restaurantId: string, token: string): Promise<string | null> {
  const { board } = await get<{ readonly board: WaitersBoard }>(`/rooms/waiters:${restaurantId}`, token);
  const order = orderToFollow(board.orders);
  if (order === null) return null;
  return (await get<GuestLink>(`/orders/${order.orderId}/link`, token)).guestLink;
}

/** Come in by a door that takes a moment to open, and says where it leads; null where it leads nowhere now. */
type Enter = (open: () => Promise<string | null>) => void;

function useEntering(): { readonly isBusy: boolean; readonly enter: Enter } {
  const sayHouse = useWords(HOUSE_WORDS);
  const tell = useTell();
  const [isBusy, setBusy] = useState(false);
  const enter: Enter = (open) => {
    if (isBusy) return;
    setBusy(true);
    open()
      .then(
        (address) => address !== null && location.assign(address),
        (no: unknown) => tell({ text: no instanceof Refusal ? refused(sayHouse, no) : String(no), isBad: true }),
      )
      .finally(() => setBusy(false));
  };
  return { isBusy, enter };
}

function isForAnotherTab(event: MouseEvent): boolean {
  return event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}
