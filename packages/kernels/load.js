import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { getTarget, hashFile, hashSources } from './identity.js';

/**
 * Loads the kernels from a folder of this package: a local build, else a prebuild. Checks the fingerprint of a binary
 * before the system loads it, because a damaged binary could crash the process.
 */
export function loadFrom(folder) {
  const target = getTarget();
  const candidates = [join(folder, 'build', 'Release'), join(folder, 'prebuilds', target)].filter((candidate) =>
    existsSync(join(candidate, 'footlight.node')),
  );
  const reasons = [];
  for (const candidate of candidates) {
    const { kernels, reason } = loadCandidate(candidate, target, hashSources(folder));
    if (kernels) return { kernels };
    reasons.push(`${join(candidate, 'footlight.node')}: ${reason}`);
  }
  return {
    reason:
      reasons.join('; ') || `no C++ kernels for ${target}: expected a prebuild or a build in ${folder}, found neither`,
  };
}

function loadCandidate(folder, target, sources) {
  const binary = join(folder, 'footlight.node');
  try {
    const fingerprint = readFingerprint(folder);
    if (!fingerprint) return { reason: 'expected footlight.json beside it, found none; compile it again' };
    if (fingerprint.target !== target)
      return { reason: `expected kernels for ${target}, received ${fingerprint.target}` };
    if (sources !== undefined && fingerprint.sources !== sources)
      return { reason: 'compiled from other sources than those here; compile it again' };
    if (fingerprint.sha256 !== hashFile(binary)) return { reason: 'damaged; compile or install it again' };
    return { kernels: createRequire(import.meta.url)(binary) };
  } catch (error) {
    return { reason: error.message.split('\n')[0] };
  }
}

function readFingerprint(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'footlight.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
