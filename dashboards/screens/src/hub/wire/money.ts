/**
 * What travels between a hub and its screens: money.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

/** `amount` counts the currency's minor units: 895 and GBP are £8.95, 895 and JPY are ¥895. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}
