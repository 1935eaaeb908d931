import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a binary is for: the folder of its prebuild. Addons of Node-API work in every Node since the one that brought
 * their version of it.
 */
export function target() {
  return [process.platform, process.arch, ...(onMusl() ? ['musl'] : [])].join('-');
}

function onMusl() {
  if (process.platform !== 'linux') return false;
  const network = process.report.excludeNetwork;
  process.report.excludeNetwork = true; // names of hosts would be looked up
  try {
    return process.report.getReport().header.glibcVersionRuntime === undefined;
  } finally {
    process.report.excludeNetwork = network;
  }
}

/** Hash of what a binary is made from; `undefined` where the sources are not there. */
export function stampOf(folder) {
  try {
    const hash = createHash('sha256').update(withoutReturns(join(folder, 'binding.gyp')));
    for (const file of readdirSync(join(folder, 'src')).sort())
      hash.update(file).update(withoutReturns(join(folder, 'src', file)));
    return hash.digest('hex').slice(0, 16);
  } catch {
    return undefined;
  }
}

// git may have changed the ends of lines on Windows.
function withoutReturns(file) {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

export function checksumOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
