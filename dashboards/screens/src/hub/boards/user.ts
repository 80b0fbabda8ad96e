/**
 * What a person is told: their own notices and rights, and the announcements that everybody hears.
 *
 * Not its business: acting on a change of rights, which the hub does by itself.
 */

import {
  type AnnouncementsBoard,
  type Entry,
  type Notice,
  NOTICES_MAX,
  type Place,
  type RealTimeNotification,
  type SystemAnnouncement,
  type UserBoard,
  type YourRightsChanged,
} from "../wire.ts";
import { changed } from "./sharing.ts";
import { sorted, sortedByName } from "./sorting.ts";

export function applyToOwn(board: UserBoard, entry: Entry): UserBoard {
  switch (entry.event) {
    case "real_time_notification":
      return changed(board, { notices: withNotice(board.notices, entry) });
    case "your_rights_changed":
      return changed(board, { roles: rolesAfter(board.roles, entry) });
    default:
      return board;
  }
}

export function applyToAnnouncements(board: AnnouncementsBoard, entry: Entry): AnnouncementsBoard {
  if (entry.event !== "system_announcement") return board;
  return changed(board, { announcements: withNotice(board.announcements, entry) });
}

/** The newest comes first. */
function withNotice(
  notices: readonly Notice[],
  { title, message, type, timestamp }: (RealTimeNotification | SystemAnnouncement) & Place,
): readonly Notice[] {
  return [{ title, message, type, timestamp }, ...notices].slice(0, NOTICES_MAX);
}

/** Who has no role left in a restaurant is nothing to it any more. */
function rolesAfter(before: UserBoard["roles"], { restaurantId, roles }: YourRightsChanged): UserBoard["roles"] {
  const { [restaurantId]: _before, ...others } = before;
  if (roles.length === 0) return others;
  return sortedByName({ ...others, [restaurantId]: sorted(roles, (one) => one) });
}
