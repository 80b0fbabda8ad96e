/**
 * What travels between a hub and its screens: asking.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

/**
 * What sends a request, and answers with what the hub does. A name of the query that has a list of values stands there
 * once for each of them, and one that has none does not stand there.
 */
export type Ask = <T>(
  method: string,
  path: string,
  asked?: { readonly body?: object; readonly query?: object },
) => Promise<T>;
