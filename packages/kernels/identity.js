import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * Returns the platform of a binary, which names the folder of its prebuild. Node-API addons work in every version of
 * Node that has their version of Node-API.
 */
export function getTarget() {
  return [process.platform, process.arch, ...(isMusl() ? ['musl'] : [])].join('-');
}

function isMusl() {
  if (process.platform !== 'linux') return false;
  const network = process.report.excludeNetwork;
  process.report.excludeNetwork = true; // otherwise the report looks up host names
  try {
    return process.report.getReport().header.glibcVersionRuntime === undefined;
  } finally {
    process.report.excludeNetwork = network;
  }
}

/** Lists the files of the folder of sources and of all its subfolders, sorted, with slashes between their parts. */
export function listSources(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** Hashes the sources that a binary is compiled from. Returns `undefined` if the sources are not in the folder. */
export function hashSources(folder) {
  try {
    const hash = createHash('sha256').update(readNormalized(join(folder, 'binding.gyp')));
    for (const file of listSources(join(folder, 'src')))
      hash.update(file).update(readNormalized(join(folder, 'src', file)));
    return hash.digest('hex').slice(0, 16);
  } catch {
    return undefined;
  }
}

/** Reads a text with the line ends of Unix: git may have changed them on Windows. */
function readNormalized(file) {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

export function hashFile(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
