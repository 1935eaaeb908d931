import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Platforms that have a package with a binary, as npm describes them. */
export const platforms = {
  'linux-x64': { os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
  'linux-arm64': { os: ['linux'], cpu: ['arm64'], libc: ['glibc'] },
  'linux-x64-musl': { os: ['linux'], cpu: ['x64'], libc: ['musl'] },
  'linux-arm64-musl': { os: ['linux'], cpu: ['arm64'], libc: ['musl'] },
  'darwin-arm64': { os: ['darwin'], cpu: ['arm64'] },
  'darwin-x64': { os: ['darwin'], cpu: ['x64'] },
  'win32-x64': { os: ['win32'], cpu: ['x64'] },
};

/** Names the package with the binary for a platform. */
export function getPlatformPackage(target) {
  return `@footlight/kernels-${target}`;
}

/**
 * Returns the platform of a binary, which names its package. Node-API addons work in every version of Node that has
 * their version of Node-API.
 */
export function getTarget() {
  return [process.platform, process.arch, ...(isMusl() ? ['musl'] : [])].join('-');
}

/** Whether the C library is musl, as on Alpine, instead of glibc. */
export function isMusl() {
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

/** Lists the sources of the addon: all but the binding for WebAssembly. */
export function listAddonSources(folder) {
  return listSources(folder).filter((file) => !file.startsWith('binding/wasm/'));
}

/** Hashes the sources that a binary is compiled from. Returns `undefined` if the sources are not in the folder. */
export function hashSources(folder) {
  try {
    const hash = createHash('sha256').update(readNormalized(join(folder, 'kernels.gypi')));
    for (const file of listAddonSources(join(folder, 'src')))
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

/** Describes what a binary was compiled from and for. `load` refuses a binary that does not fit its description. */
export function createFingerprint(binary, sources) {
  return { target: getTarget(), sources, sha256: hashFile(binary) };
}
