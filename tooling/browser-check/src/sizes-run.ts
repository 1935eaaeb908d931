import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { browserPackages } from '@footlight/tooling-structure/browser-packages';
import { describeSize, measureBundle, writeSize } from './sizes.js';

// Prints how much JavaScript a page loads for each package, and writes it into the READMEs.
for (const name of browserPackages) {
  const path = fileURLToPath(new URL(`../../../packages/${name}/README.md`, import.meta.url));
  const bytes = await measureBundle(name);
  console.log(`@footlight/${name}: ${describeSize(bytes)}`);
  await writeFile(path, writeSize(await readFile(path, 'utf8'), bytes));
}
