import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInterruptibly } from '@footlight/tooling-setup/run-child';
import { writeSizes } from './installed-sizes.js';
import { createProject, npmInstall } from './npm-project.js';
import { pack } from './pack.js';
import { readPublishedPackages } from './published-packages.js';

// Packs every published package, installs all of them with npm, prints what they take on disk, and writes it into their
// READMEs. The packages must be built.
const root = fileURLToPath(new URL('../../..', import.meta.url));
const archives = mkdtempSync(join(tmpdir(), 'footlight-packed-'));
const project = createProject();
try {
  await runInterruptibly(async () => {
    const packages = readPublishedPackages(root);
    const packed: string[] = [];
    for (const each of packages) packed.push(await pack(each, archives));
    const { problems, unreachable } = await npmInstall(project, packed);
    if (unreachable) problems.push(`npm cannot reach its registry (${unreachable}).`);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    for (const line of writeSizes(project, packages)) console.log(line);
  });
} finally {
  for (const each of [archives, project]) rmSync(each, { recursive: true });
}
