/**
 * What travels between a hub and its screens: messages.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

/**
 * Everything of this room up to `seq` has reached this device's glass.
 *
 * A ticket that no device of its station has shown in this way within the house's seconds raises an alert.
 */
export interface Delivered {
  readonly room: string;
  readonly seq: number;
}

/** Show me this room: its board, or what I missed `since` the number I hold. */
export interface Subscribe {
  readonly room: string;
  readonly since?: number | null;
  readonly epoch?: string | null;
}

/** I am done with this room. */
export interface Unsubscribe {
  readonly room: string;
}
