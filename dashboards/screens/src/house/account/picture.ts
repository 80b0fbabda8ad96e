/** Pictures as browsers choose and show them. What becomes of one is the hub's business. */

/** As much as the hub takes. */
export const PICTURE_BYTES_MAX = 5 * 1024 * 1024;
export const PICTURE_TYPES = ["image/jpeg", "image/png", "image/webp"];

/** What is wrong with a file, before it is sent over a slow line for nothing; null where nothing is. */
export function wrongWith({ type, size }: Pick<File, "type" | "size">): "notAPicture" | "tooLarge" | null {
  if (!PICTURE_TYPES.includes(type)) return "notAPicture";
  return size > PICTURE_BYTES_MAX ? "tooLarge" : null;
}

/** What stands where there is no picture: how somebody's first and last names begin. */
export function initials(name: string): string {
  const names = name.split(/\s+/).filter(Boolean);
  const ends = names.length > 1 ? [names[0], names.at(-1)] : names;
  return ends.map((one) => [...(one ?? "")][0]?.toLocaleUpperCase() ?? "").join("");
}
