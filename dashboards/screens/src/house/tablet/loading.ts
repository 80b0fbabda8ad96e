/** The door of a tablet, which is loaded by those that are one. Whoever leaves offline must find it there. */

export function loadTabletDoor(): Promise<typeof import("./TabletDoor.tsx")> {
  return import("./TabletDoor.tsx");
}
