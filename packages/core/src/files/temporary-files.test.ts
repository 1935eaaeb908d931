import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createTemporaryPath } from './temporary-files.js';
import { writeFileAtomically } from './write-file-atomically.js';

it('the next writer of a file deletes what killed processes have left, and nothing of others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'page.html');
  const own = createTemporaryPath(path);
  const ended = spawnSync(process.execPath, ['--version']).pid;
  const living = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void living.kill());
  const rename = (id: number) => own.replace(`.${process.pid}-`, `.${id}-`);
  const elsewhere = rename(ended).replace(
    /-([0-9a-f]{6})/,
    (_, place) => `-${place === '000000' ? '111111' : '000000'}`,
  );
  const others = [own, rename(living.pid!), elsewhere, rename(ended).replace('page', 'other'), `${path}.part`];
  for (const each of [rename(ended), ...others]) writeFileSync(each, '');
  await writeFileAtomically(path, 'new');
  expect(readdirSync(folder).sort()).toEqual([path, ...others].map((each) => basename(each)).sort());
});
