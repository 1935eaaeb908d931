import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInterruptibly } from '@footlight/tooling-setup/run-child';
import { pack } from './pack.js';
import { packPlatform } from './pack-platform.js';
import { readPublishedPackages } from './published-packages.js';

// Packs every published package into `tarballs/`, or into the folder that is given, and the kernels that were compiled
// here as the package for this platform. The packages must be built.

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'tarballs'));
mkdirSync(folder, { recursive: true });
// Archives of an earlier version would be installed along with these.
for (const file of readdirSync(folder)) if (/^footlight-.*\.tgz$/.test(file)) rmSync(join(folder, file));
await runInterruptibly(async () => {
  for (const each of readPublishedPackages(root)) console.log(basename(await pack(each, folder)));
  const platform = await packPlatform(folder);
  if (platform) console.log(basename(platform));
  console.log(`\nInstall them: npm install ${relative(process.cwd(), folder)}/*.tgz`);
});
