import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { writeFileAtomically } from './write-file-atomically.js';

const fixture = fileURLToPath(new URL('write-output.fixture.ts', import.meta.url));

describe('writeFileAtomically, to devices, pipes and a disk that is full', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'footlight-'));
    path = join(folder, 'results.json');
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  });
  const read = () => readFileSync(path, 'utf8');
  const catchMessage = (work: Promise<unknown>) =>
    work.then(
      () => 'no error',
      (error: Error) => error.message.replaceAll(folder, '…'),
    );

  it.skipIf(process.platform !== 'linux')('writes to devices as they are', async () => {
    await writeFileAtomically('/dev/null', 'x');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    expect(await catchMessage(writeFileAtomically('/dev/full', 'x'))).toMatch(
      /^footlight: could not write \/dev\/full: ENOSPC/,
    );
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
    symlinkSync('/dev/full', path);
    expect(await catchMessage(writeFileAtomically(path, 'x'))).toMatch(/ENOSPC: no space left on device/);
  });

  it.skipIf(process.platform === 'win32')(
    'writes to the output behind a pipe and behind `> file`',
    () => {
      const command = `"${process.execPath}" --conditions=@footlight/source --import tsx "${fixture}"`;
      const cwd = fileURLToPath(new URL('.', import.meta.url));
      const run = (script: string) => spawnSync('sh', ['-c', script], { encoding: 'utf8', cwd });
      expect(run(`${command} /dev/stdout | cat`)).toMatchObject({ stdout: 'written\nand printed\n' });
      const fifo = join(folder, 'fifo');
      execFileSync('mkfifo', [fifo]);
      expect(run(`cat '${fifo}' & ${command} /dev/stdout '${fifo}' > '${path}'; wait`)).toMatchObject({
        stdout: 'written\n',
      });
      expect(read()).toBe('written\nand printed\n');
      expect(statSync(fifo).isFIFO()).toBe(true);
    },
    60_000,
  );

  it('fails on a disk that is full, and keeps the earlier file', async ({ skip }) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status !== 0)
      return skip('only root may mount a small disk; a test above has writes fail instead');
    try {
      path = join(disk, 'page.html');
      await writeFileAtomically(path, 'old');
      expect(await catchMessage(writeFileAtomically(path, 'x'.repeat(1_700_000)))).toMatch(
        /^footlight: could not write …\/disk\/page\.html: ENOSPC: no space left on device/,
      );
      expect(read()).toBe('old');
      expect(readdirSync(disk)).toEqual(['page.html']);
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
