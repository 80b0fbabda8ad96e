/** A part of the account that few look at: folded away, and not asked for before somebody opens it. */

import { type ReactNode, useState } from "react";

interface FoldedProps {
  readonly title: string;
  readonly children: () => ReactNode;
}

export function Folded({ title, children }: FoldedProps) {
  const [wasOpened, setOpened] = useState(false);
  return (
    <details
      className="account__part account__folded"
      onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}
    >
      <summary>
        <h3>{title}</h3>
      </summary>
      {wasOpened && <div className="account__inside">{children()}</div>}
    </details>
  );
}
