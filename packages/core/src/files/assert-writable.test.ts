import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { assertWritable } from './assert-writable.js';

const isRoot = process.getuid?.() === 0;

describe('assertWritable', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'footlight-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  });
  const check = (...path: string[]) =>
    assertWritable(join(folder, ...path)).then(
      () => 'writable',
      (error: Error) => error.message.replaceAll(folder, '…'),
    );

  it('accepts files that are there, files and folders that are not, and creates nothing', async () => {
    writeFileSync(join(folder, 'file'), 'old');
    symlinkSync('nothing', join(folder, 'link'));
    for (const path of ['file', 'link', 'new', 'new/folder/file']) expect(await check(path)).toBe('writable');
    expect(readdirSync(folder).sort()).toEqual(['file', 'link']);
  });

  it('refuses folders, and files in files', async () => {
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'file'), 'old');
    expect(await check('folder')).toMatchInlineSnapshot(
      `"footlight: could not write …/folder: EISDIR: it is a folder. Name a file in it."`,
    );
    expect(await check('file', 'below', 'it')).toMatchInlineSnapshot(
      `"footlight: could not write …/file/below/it: ENOTDIR: not a directory, stat '…/file/below/it'."`,
    );
  });

  it.skipIf(process.platform === 'win32' || isRoot)('refuses a folder that may not be written to', async () => {
    mkdirSync(join(folder, 'closed'), { mode: 0o500 });
    expect(await check('closed', 'new', 'file')).toMatch(/^footlight: could not write .*: EACCES: permission denied/);
    chmodSync(join(folder, 'closed'), 0o700);
  });

  // The permissions of /proc let root in.
  it.skipIf(process.platform !== 'linux')('refuses a folder that takes no new files, whoever asks', async () => {
    for (const path of ['/proc/page.html', '/proc/new/page.html', '/sys/page.html'])
      await expect(assertWritable(path)).rejects.toMatchObject({
        code: 'write-failed',
        message: expect.stringMatching(`^footlight: could not write ${path}: E[A-Z]+: `),
      });
  });

  it.skipIf(process.platform !== 'linux')('accepts devices', async () => {
    await assertWritable('/dev/null');
  });
});
