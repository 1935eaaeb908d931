import type { UserRecommendations } from '@footlight/trainer';

/** Encodes the lists of all users, a chunk of users at a time. */
export interface ListEncoder {
  /** The next piece of the file. */
  encode(lists: readonly UserRecommendations[]): string | Uint8Array;
  /** What a later process needs to continue after the last piece; absent if it needs nothing. */
  save?(): string;
  /** The end of the file; absent if there is none. */
  finish?(): Uint8Array;
}

/** Where an encoder continues a file. */
export interface EncoderStart {
  /** Bytes that the file has. */
  readonly bytes: number;
  /** What `save` returned after them. */
  readonly saved?: string;
}
