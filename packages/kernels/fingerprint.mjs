/**
 * Writes the fingerprint of a binary beside it: the platform, a hash of the sources and a hash of the binary. The last
 * step of a build.
 *
 *   node fingerprint.mjs footlight.node footlight.json
 */
import { writeFileSync } from 'node:fs';
import { getTarget, hashFile, hashSources } from './identity.js';

const [binary, output] = process.argv.slice(2);
const fingerprint = { target: getTarget(), sources: hashSources(import.meta.dirname), sha256: hashFile(binary) };
writeFileSync(output, `${JSON.stringify(fingerprint)}\n`);
