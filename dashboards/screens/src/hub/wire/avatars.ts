/**
 * What travels between a hub and its screens: avatars.
 *
 * Written by `brigade schema` from the code of the hub. Change the code, not this page.
 */

/** There is no picture any more. */
export interface NoAvatarAnswer {
}

/** The picture that is kept now: `digest` changes with it, and is its ETag. */
export interface AvatarAnswer {
  readonly digest: string;
  readonly sizeBytes: number;
}
