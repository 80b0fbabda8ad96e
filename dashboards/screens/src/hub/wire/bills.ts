/**
 * What travels between a hub and its screens: bills.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

export type Rounding = "per_order" | "per_line";
