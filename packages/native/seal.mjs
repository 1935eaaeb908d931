// Writes beside a binary what it was made from and for: `node seal.mjs footlight.node footlight.json`. The last step of
// a build.
import { writeFileSync } from 'node:fs';
import { checksumOf, stampOf, target } from './identity.js';

const [binary, seal] = process.argv.slice(2);
writeFileSync(
  seal,
  `${JSON.stringify({ target: target(), stamp: stampOf(import.meta.dirname), sha256: checksumOf(binary) })}\n`,
);
