import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, pack } from './install.js';
import { lint, typesOf } from './lint.js';
import { published } from './published.js';
import { use } from './use.js';

const project = mkdtempSync(join(tmpdir(), 'footlight-packed-'));
try {
  const packed = published(fileURLToPath(new URL('../../..', import.meta.url))).map((each) => ({ each, archive: pack(each, project) }));
  for (const { each, archive } of packed) install(each, archive, project);
  for (const { each, archive } of packed) {
    const wrong = [...(await lint(archive)), ...typesOf(archive), ...use(each, project)];
    console.log(`${wrong.length === 0 ? '✓' : '✗'} ${each.manifest.name}, packed`);
    for (const complaint of wrong) console.error(complaint);
    if (wrong.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(project, { recursive: true });
}
