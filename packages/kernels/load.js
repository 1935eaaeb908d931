import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getPlatformPackage, getTarget, hashFile, hashSources, platforms } from './identity.js';
import { acceptOptions } from './named-options.js';

/**
 * Loads the kernels for a folder of this package: a local build, else the binary of the package for this platform.
 * Checks the fingerprint of a binary before the system loads it, because a damaged binary could crash the process.
 */
export function loadFrom(folder) {
  const target = getTarget();
  const reasons = [];
  for (const candidate of findCandidates(folder, target)) {
    const { kernels, reason } = loadCandidate(candidate, target, hashSources(folder));
    if (kernels) return { kernels };
    reasons.push(`${join(candidate.place, 'footlight.node')}: ${reason}`);
  }
  return { reason: reasons.join('; ') || describeAbsence(folder, target) };
}

/** Finds the folders of binaries, and what to do about a binary that does not fit. */
function findCandidates(folder, target) {
  const build = join(folder, 'build', 'Release');
  const installed = findPackageFolder(folder, getPlatformPackage(target));
  const candidates = [];
  if (existsSync(join(build, 'footlight.node')))
    candidates.push({ place: build, again: 'compile it again', sources: 'those here; compile it again' });
  if (installed !== undefined)
    candidates.push({
      place: installed,
      again: 'install it again',
      sources: 'those of this @footlight/kernels; install the same version of both packages',
    });
  return candidates;
}

function findPackageFolder(folder, name) {
  try {
    return dirname(createRequire(join(folder, 'package.json')).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function describeAbsence(folder, target) {
  return target in platforms
    ? `no C++ kernels for ${target}: expected ${getPlatformPackage(target)} or a build in ${folder}, found neither`
    : `no C++ kernels for ${target}: expected a build in ${folder}, found none`;
}

function loadCandidate({ place, again, sources: expected }, target, sources) {
  const binary = join(place, 'footlight.node');
  try {
    if (!existsSync(binary)) return { reason: `expected the binary, found none; ${again}` };
    const fingerprint = readFingerprint(place);
    if (!fingerprint) return { reason: `expected footlight.json beside it, found none; ${again}` };
    if (fingerprint.target !== target)
      return { reason: `expected kernels for ${target}, received ${fingerprint.target}` };
    if (sources !== undefined && fingerprint.sources !== sources)
      return { reason: `compiled from other sources than ${expected}` };
    if (fingerprint.sha256 !== hashFile(binary)) return { reason: `damaged; ${again}` };
    return { kernels: acceptOptions(createRequire(import.meta.url)(binary)) };
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
