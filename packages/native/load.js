import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checksumOf, stampOf, target } from './identity.js';

/**
 * The kernels in a folder of this package: built there, else prebuilt. Whether a binary fits is known before the system
 * loads it: a damaged one could take the process with it.
 */
export function loadFrom(folder) {
  const here = target();
  const candidates = [join(folder, 'build', 'Release'), join(folder, 'prebuilds', here)].filter((each) =>
    existsSync(join(each, 'footlight.node')),
  );
  const reasons = [];
  for (const candidate of candidates) {
    const { kernels, reason } = attempt(candidate, here, stampOf(folder));
    if (kernels) return { kernels };
    reasons.push(`${join(candidate, 'footlight.node')}: ${reason}`);
  }
  return {
    reason:
      reasons.join('; ') || `no C++ kernels for ${here}: expected a prebuild or a build in ${folder}, found neither`,
  };
}

function attempt(folder, here, sources) {
  const binary = join(folder, 'footlight.node');
  try {
    const seal = sealOf(folder);
    if (!seal) return { reason: 'expected footlight.json beside it, found none; compile it again' };
    if (seal.target !== here) return { reason: `expected kernels for ${here}, received ${seal.target}` };
    if (sources !== undefined && seal.stamp !== sources)
      return { reason: 'made from other sources than those here; compile it again' };
    if (seal.sha256 !== checksumOf(binary)) return { reason: 'damaged; compile or install it again' };
    return { kernels: createRequire(import.meta.url)(binary) };
  } catch (error) {
    return { reason: error.message.split('\n')[0] };
  }
}

function sealOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'footlight.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
