import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { omitUndefined } from '@footlight/core';
import { publishPart, writeFileAtomically, writePart } from '@footlight/core/files';

/** How far a file is written. */
interface Extent {
  /** Users whose lists are in it. */
  readonly users: number;
  /** Those of them without a list. */
  readonly without: number;
  /** What the encoder of the file needs to continue. */
  readonly saved?: string;
}

/** A file that is written in pieces, and continued by a later process. */
export interface OutputPart extends Extent {
  /** Bytes that are complete, when it is opened. */
  readonly bytes: number;
  /** Appends a piece, which is on the disk then. */
  append(piece: string | Uint8Array, extent: Extent): Promise<void>;
  /** Gives the complete file its name, after its last bytes. */
  publish(end?: Uint8Array): Promise<void>;
}

/** What is known of a part: beyond `bytes` there may be a piece that was not complete. */
interface State extends Extent {
  readonly key: string;
  readonly bytes: number;
}

/**
 * Opens the part of a file: `<path>.part`, and `<path>.part.json`, which says how far it is complete. What was written
 * for another `key` is replaced.
 */
export async function openOutputPart(path: string, key: string): Promise<OutputPart> {
  const [part, description] = [`${path}.part`, `${path}.part.json`];
  const found = await readState(description);
  const size = (await stat(part).catch(() => undefined))?.size ?? -1;
  const state: State = found?.key === key && size >= found.bytes ? found : { key, bytes: 0, users: 0, without: 0 };
  let { bytes } = state;
  if (bytes === 0) await writePart(part, (async function* () {})(), false);
  else if (size > bytes) {
    await writePart(`${part}.cut`, createReadStream(part, { end: bytes - 1 }), false);
    await publishPart(`${part}.cut`, part);
  }
  const write = async (chunk: Uint8Array): Promise<void> => {
    const yieldChunk = async function* () {
      yield chunk;
    };
    await writePart(part, yieldChunk(), true);
  };
  return {
    users: state.users,
    without: state.without,
    bytes,
    ...omitUndefined({ saved: state.saved }),
    async append(piece, extent) {
      const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
      await write(chunk);
      bytes += chunk.byteLength;
      await writeFileAtomically(description, JSON.stringify({ key, bytes, ...extent } satisfies State));
    },
    async publish(end) {
      if (end) await write(end); // beyond the bytes that are described: a later process cuts it off
      await publishPart(part, path);
      await rm(description, { force: true });
    },
  };
}

/** The description of a part; none if it is missing or damaged. */
async function readState(description: string): Promise<State | undefined> {
  try {
    const state = JSON.parse(await readFile(description, 'utf8')) as State;
    const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
    const { bytes, users, without, saved = '' } = state;
    return [bytes, users, without].every(isCount) && typeof saved === 'string' ? state : undefined;
  } catch {
    return undefined;
  }
}
