import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInterruptibly } from '@footlight/tooling-setup/run-child';
import { checkConsumer, type Packed } from './consumer.js';
import { installIsolated, installOptionalPeers } from './isolated-install.js';
import { lintManifest, lintTypes } from './lint.js';
import { createProject } from './npm-project.js';
import { pack } from './pack.js';
import { readPublishedPackages } from './published-packages.js';
import { importFurtherEntryPoints, runSmokeCall } from './smoke-calls.js';

// Packs every published package and checks the archives, alone and together.
const root = fileURLToPath(new URL('../../..', import.meta.url));
const project = mkdtempSync(join(tmpdir(), 'footlight-packed-'));
const folder = createProject();
try {
  await runInterruptibly(async () => {
    const packed: Packed[] = [];
    for (const published of readPublishedPackages(root))
      packed.push({ published, archive: await pack(published, project) });
    await checkOneByOne(packed);
    const { problems, unreachable } = await checkConsumer(packed, folder);
    if (unreachable)
      console.log(`– installed together: skipped, since npm cannot reach its registry (${unreachable}).`);
    else report('installed together with npm, from JavaScript and TypeScript', problems);
  });
} finally {
  for (const each of [project, folder]) rmSync(each, { recursive: true });
}

async function checkOneByOne(packed: readonly Packed[]): Promise<void> {
  for (const { published, archive } of packed) installIsolated(published, archive, project);
  const problems = new Map<Packed, string[]>();
  for (const each of packed)
    problems.set(each, [
      ...(await lintManifest(each.archive)),
      ...(await lintTypes(each.archive)),
      ...(await runSmokeCall(each.published, project)),
    ]);
  for (const each of packed) {
    installOptionalPeers(each.published, project);
    problems.get(each)!.push(...(await importFurtherEntryPoints(each.published, project)));
  }
  for (const [{ published }, messages] of problems) report(`${published.manifest.name}, packed`, messages);
}

function report(name: string, problems: readonly string[]): void {
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${name}`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
