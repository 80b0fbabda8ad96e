/**
 * A guest's link as a square that a telephone reads: of a party's table, or of one order.
 *
 * Whoever holds the link may read and order as that guest, so it is asked for when somebody wants to show it, and
 * kept nowhere.
 */

import { useEffect, useState } from "react";

import { get } from "../house/api.ts";
import { Dialog } from "../house/Dialog.tsx";
import { useWords } from "../house/language.ts";
import { Square } from "../house/Square.tsx";
import type { GuestLink as Link } from "../hub/wire.ts";
import { useFloor } from "./floor.ts";
import { useRefused } from "./useAskHere.ts";
import { WORDS } from "./words.ts";

interface GuestLinkProps {
  /** `/tables/{id}` or `/orders/{id}`. */
  readonly about: `/tables/${string}` | `/orders/${string}`;
  readonly title: string;
  readonly onClose: () => void;
}

export function GuestLink({ about, title, onClose }: GuestLinkProps) {
  const say = useWords(WORDS);
  const sayNo = useRefused();
  const { token } = useFloor();
  const [address, setAddress] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    get<Link>(`${about}/link`, token).then(
      ({ guestLink }) => setAddress(`${location.origin}/track/${guestLink}`),
      (no: unknown) => setTrouble(sayNo(no)),
    );
    // Asked for once; in another language the refusal would be the same.
  }, [about, token]);
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="link">
        {trouble !== null && (
          <p className="trouble" role="alert">
            {trouble}
          </p>
        )}
        {address !== null && (
          <>
            <Square text={address} label={say("linkSquare")} />
            <p>{say("linkHow")}</p>
            <a className="link__address" href={address} target="_blank" rel="noreferrer">
              {say("linkOpen")}
            </a>
          </>
        )}
      </div>
    </Dialog>
  );
}
