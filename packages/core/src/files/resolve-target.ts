import { constants, type Stats } from 'node:fs';
import { access, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** Where what is written to a path arrives. */
export type WriteTarget =
  /** A file, or a path where none is yet; `mode` are the permissions of the file that is there. */
  | { readonly kind: 'file'; readonly path: string; readonly mode?: number }
  /** A device, a pipe or a terminal. */
  | { readonly kind: 'device'; readonly path: string }
  /** An open file of this process, e.g. that of `> file` behind `/dev/stdout`. */
  | { readonly kind: 'descriptor'; readonly descriptor: number };

/** Links that may follow one another, as in Linux. */
const maximumLinks = 40;

/**
 * Follows symbolic links to what they name, also if that does not exist yet.
 *
 * @throws an error of the system if it is a folder, if links form a circle, or if an existing file may not be written
 */
export async function resolveTarget(path: string): Promise<WriteTarget> {
  let current = resolve(path);
  for (let links = 0; links <= maximumLinks; links++) {
    const folder = await realpath(dirname(current)).catch(() => dirname(current));
    current = join(folder, basename(current));
    const descriptor = parseDescriptor(current);
    if (descriptor !== undefined) return resolveDescriptor(current, descriptor);
    const link = await readlink(current).catch(() => undefined); // no link, or nothing at all
    if (link === undefined) return resolveFile(current);
    current = resolve(folder, link);
  }
  throw createSystemError('ELOOP', 'too many symbolic links encountered');
}

async function resolveFile(path: string): Promise<WriteTarget> {
  const found = await findStats(path);
  if (!found) return { kind: 'file', path };
  if (found.isDirectory()) throw createSystemError('EISDIR', 'it is a folder. Name a file in it');
  if (!found.isFile()) return { kind: 'device', path };
  await access(path, constants.W_OK); // a rename would replace a file that is protected
  return { kind: 'file', path, mode: found.mode & 0o777 };
}

/** The number in `/proc/self/fd/1` or `/dev/fd/1`; undefined for other paths. */
function parseDescriptor(path: string): number | undefined {
  const match = /^\/(?:proc\/(self|\d+)|dev)\/fd\/(\d+)$/.exec(path);
  if (!match || (match[1] !== undefined && match[1] !== 'self' && match[1] !== String(process.pid))) return undefined;
  return Number(match[2]);
}

/** A file is written to where its other writers stand; a pipe is opened anew, since Node's own does not block. */
async function resolveDescriptor(path: string, descriptor: number): Promise<WriteTarget> {
  return (await stat(path)).isFile() ? { kind: 'descriptor', descriptor } : { kind: 'device', path };
}

/** Stats of what is at a path; undefined if there is nothing. */
export async function findStats(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** An error as the system reports it. */
export function createSystemError(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}
