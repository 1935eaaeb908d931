import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, installOptionalPeers, pack } from './install.js';
import { lint, typesOf } from './lint.js';
import { type Published, published } from './published.js';
import { use, useEntryPoints } from './use.js';

const project = mkdtempSync(join(tmpdir(), 'footlight-packed-'));
try {
  const packed = published(fileURLToPath(new URL('../../..', import.meta.url))).map((each) => ({
    each,
    archive: pack(each, project),
  }));
  for (const { each, archive } of packed) install(each, archive, project);
  const wrong = new Map<Published, string[]>();
  for (const { each, archive } of packed)
    wrong.set(each, [...(await lint(archive)), ...typesOf(archive), ...use(each, project)]);
  for (const { each } of packed) {
    installOptionalPeers(each, project);
    wrong.get(each)!.push(...useEntryPoints(each, project));
  }
  for (const [{ manifest }, complaints] of wrong) {
    console.log(`${complaints.length === 0 ? '✓' : '✗'} ${manifest.name}, packed`);
    for (const complaint of complaints) console.error(complaint);
    if (complaints.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(project, { recursive: true });
}
