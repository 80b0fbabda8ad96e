/** What of one's profile is another than before, as the hub is asked to change it. */

import type { ChangeProfile, Language, Me } from "../../hub/index.ts";

export interface Said {
  readonly name: string;
  readonly phone: string;
  readonly language: Language;
}

/** The fields that are another; a telephone that was wiped out is forgotten. Null where nothing is. */
export function changeOf(me: Pick<Me, "name" | "phone" | "language">, said: Said): ChangeProfile | null {
  const [name, phone] = [said.name.trim(), said.phone.trim()];
  const change: ChangeProfile = {
    ...(name !== (me.name ?? "") && { name }),
    ...(phone !== (me.phone ?? "") && { phone: phone === "" ? null : phone }),
    ...(said.language !== me.language && { language: said.language }),
  };
  return Object.keys(change).length === 0 ? null : change;
}
