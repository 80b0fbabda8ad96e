/**
 * What travels between a hub and its screens: rights.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

/** One thing that somebody may do. Who may is in `RIGHTS`. */
export type Permission =
  | "restaurant:read"
  | "people:manage"
  | "owners:make"
  | "keys:manage"
  | "devices:manage"
  | "audit:read"
  | "alerts:raise"
  | "menu:read"
  | "menu:change"
  | "items:eighty_six"
  | "floor:read"
  | "floor:watch"
  | "floor:plan"
  | "tables:seat"
  | "guests:invite"
  | "orders:read"
  | "orders:take"
  | "orders:serve"
  | "orders:void"
  | "fired:void"
  | "voids:decide"
  | "kitchen:watch"
  | "stations:read"
  | "stations:change"
  | "tickets:work"
  | "tickets:rush"
  | "session:leave"
  | "account:keep"
  | "restaurants:open"
  | "announcements:make"
  | "hubs:watch";

/**
 * What somebody is to one restaurant, or to the platform.
 *
 * On the platform whoever is signed in is a `customer`, and an operator of it is `admin` besides. A seated `guest` has
 * a link and no account. A `service` is a program with a key, which may do what its scopes say: it is in no row of the
 * table. `system` is the hub itself: it raises alerts.
 */
export type Role =
  | "guest"
  | "customer"
  | "waiter"
  | "host"
  | "cook"
  | "expo"
  | "manager"
  | "owner"
  | "admin"
  | "service"
  | "system";
