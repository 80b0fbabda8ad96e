/** What stands on the doors: a ticket, a plate, a telephone, a dial. Said by nobody. */

import type { ReactNode } from "react";

function Drawing({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="way__drawing" viewBox="0 0 32 32" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="2">
        {children}
      </g>
    </svg>
  );
}

export function TicketDrawing() {
  return (
    <Drawing>
      <path d="M8 3h16v25l-2.7-2-2.6 2-2.7-2-2.7 2-2.6-2L8 28z" />
      <path d="M12 10h8M12 15h8M12 20h5" />
    </Drawing>
  );
}

export function PlateDrawing() {
  return (
    <Drawing>
      <circle cx="16" cy="16" r="8" />
      <circle cx="16" cy="16" r="4" />
      <path d="M3 5v7a2 2 0 0 0 4 0V5M5 5v22M29 5c-3 2-3 9-1 11v11" />
    </Drawing>
  );
}

export function PhoneDrawing() {
  return (
    <Drawing>
      <rect x="9" y="3" width="14" height="26" rx="3" />
      <path d="M12.5 15.5l2.5 2.5 4.5-5M14.5 25.5h3" />
    </Drawing>
  );
}

export function DialDrawing() {
  return (
    <Drawing>
      <path d="M4 23a12 12 0 1 1 24 0z" />
      <path d="M16 23l5-8M8 21h1M23 21h1M16 13v1" />
    </Drawing>
  );
}

export function PersonDrawing() {
  return (
    <Drawing>
      <circle cx="16" cy="11" r="6" />
      <path d="M5 28c1-7 5-10 11-10s10 3 11 10" />
    </Drawing>
  );
}

export function DeskDrawing() {
  return (
    <Drawing>
      <path d="M8 4h16v24H8z" />
      <path d="M12 10h8M12 15h8M12 22l2 2 4-5" />
    </Drawing>
  );
}
