/** A file that can be read from any position. */
export interface RandomAccess {
  readonly bytes: number;
  /** Reads the bytes from `from` to before `to`; fewer if the file ends before. */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Reads the bytes from `from` to before `to` in chunks. Default: all of them. */
  stream(from?: number, to?: number): AsyncIterable<Uint8Array>;
}

/** What is known of a file before it is read. */
export interface Inspected {
  readonly bytes: number;
  /** Its first four bytes as Latin-1; empty if it can be read only once. */
  readonly signature: string;
}
