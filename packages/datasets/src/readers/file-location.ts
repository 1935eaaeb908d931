import { invalid, RecsysError } from '@footlight/core';
import { getBaseName, inspectPath, openPath } from '#platform/readers/disk';
import type { Inspected, RandomAccess } from './random-access.js';
import { readStream } from './read-stream.js';

/** The content of a file: a `File` or another `Blob`, or what `fetch` returned. */
export type FileContent = Blob | Response;

/** A file in memory, or one that the user of a page has chosen. */
export interface NamedContent {
  /** Name for messages, and for the format of the file. */
  readonly name: string;
  /** Where it comes from, for messages. */
  readonly place: string;
  readonly read: () => Promise<Blob>;
}

/** Where a file is: its path, or its content. */
export type FileLocation = string | NamedContent;

/**
 * Chooses between the options `path` and `file`, of which one is given.
 *
 * @throws {RecsysError} `invalid-argument` if it is not one of them, or of another type
 *
 * @param place names an option in errors
 */
export function locateFile(
  place: (option: string) => string,
  { path, file }: { readonly path?: string | undefined; readonly file?: FileContent | undefined },
): FileLocation {
  if (file === undefined)
    return typeof path === 'string' && path !== ''
      ? path
      : invalid(place('path'), 'the path of a file', JSON.stringify(path));
  if (path !== undefined) invalid(place('file'), 'either path or file', 'both', 'Leave one of them out.');
  if (file instanceof Blob) {
    const called = 'name' in file && typeof file.name === 'string' && file.name !== '' ? file.name : 'blob';
    return { name: called, place: called, read: async () => file };
  }
  if (file instanceof Response) return locateResponse(file);
  return invalid(place('file'), 'a File, a Blob or what fetch returned', typeof file, 'Wait for it with await.');
}

/** An answer can be read only once. */
const contents = new WeakMap<Response, Promise<Blob>>();

function locateResponse(response: Response): NamedContent {
  const place = response.url || 'an answer without address';
  const name = getBaseName(place.replace(/[?#].*$/, '')) || 'response';
  const read = async (): Promise<Blob> => {
    if (!response.ok)
      throw new RecsysError(
        'missing-file',
        `${name}: expected a file at ${place}, received the status ${response.status}. Check the address.`,
      );
    return response.blob();
  };
  return {
    name,
    place,
    read() {
      const content = contents.get(response) ?? read();
      contents.set(response, content);
      return content;
    },
  };
}

/** The name of a file without its folder. */
export function getFileName(location: FileLocation): string {
  return typeof location === 'string' ? getBaseName(location) : location.name;
}

/** Where a file is, for messages: its path, address or name. */
export function describePlace(location: FileLocation): string {
  return typeof location === 'string' ? location : location.place;
}

/**
 * The size of a file, and its first four bytes.
 *
 * @throws {RecsysError} `missing-file` if it is none, or cannot be opened
 */
export async function inspectFile(location: FileLocation): Promise<Inspected> {
  if (typeof location === 'string') return inspectPath(location);
  const blob = await readContent(location);
  const head = await readContent(location, async () => new Uint8Array(await blob.slice(0, 4).arrayBuffer()));
  return { bytes: blob.size, signature: String.fromCharCode(...head) };
}

/** Opens a file whose size is known. */
export async function openLocation(location: FileLocation, bytes?: number): Promise<RandomAccess> {
  if (typeof location === 'string') return openPath(location, bytes ?? (await inspectPath(location)).bytes);
  const blob = await readContent(location);
  return {
    bytes: blob.size,
    read: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
    stream: (from = 0, to = blob.size) => readStream(blob.slice(from, to).stream()),
  };
}

/** Reads a whole small file. */
export async function readWhole(location: FileLocation): Promise<Uint8Array<ArrayBuffer>> {
  const file = await openLocation(location);
  return file.read(0, file.bytes);
}

async function readContent(location: NamedContent): Promise<Blob>;
async function readContent<T>(location: NamedContent, read: () => Promise<T>): Promise<T>;
async function readContent(location: NamedContent, read: () => Promise<unknown> = location.read): Promise<unknown> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof RecsysError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RecsysError(
      'missing-file',
      `${location.name}: expected a file at ${location.place}, received the error "${reason}". ` +
        'Choose or fetch it again.',
      { cause },
    );
  }
}
