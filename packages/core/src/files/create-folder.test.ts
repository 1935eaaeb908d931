import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interceptFiles } from '@footlight/tooling-vitest/file-faults';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createFolder } from './create-folder.js';

describe('createFolder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'footlight-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  });

  it('creates all folders that are missing, with the permissions, and returns the first', () => {
    expect(createFolder(join(folder, 'a/b/c'), { mode: 0o700 })).toBe(join(folder, 'a'));
    if (process.platform !== 'win32')
      for (const each of ['a', 'a/b', 'a/b/c']) expect(statSync(join(folder, each)).mode & 0o777).toBe(0o700);
    expect(createFolder(join(folder, 'a/b/c'))).toBeUndefined();
    expect(createFolder(join(folder, 'a/d'))).toBe(join(folder, 'a/d'));
    expect(createFolder('/')).toBeUndefined();
  });

  it('follows symbolic links to folders, and fails at files and at links to nothing', () => {
    symlinkSync(folder, join(folder, 'link'));
    symlinkSync(join(folder, 'nothing'), join(folder, 'dangling'));
    writeFileSync(join(folder, 'file'), '');
    expect(createFolder(join(folder, 'link/a'))).toBe(join(folder, 'link/a'));
    expect(createFolder(join(folder, 'link'))).toBeUndefined();
    for (const [path, code] of Object.entries({ file: 'EEXIST', 'file/in/it': 'ENOTDIR', dangling: 'EEXIST' }))
      expect(() => createFolder(join(folder, path)), path).toThrowError(expect.objectContaining({ code }));
    expect(existsSync(join(folder, 'nothing'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('accepts that another process creates the same folders meanwhile', () => {
    for (const place of ['a', 'a/b']) {
      let attempts = 0;
      const files = interceptFiles(folder, ({ operation }) => {
        // a/b fails first, since a is missing
        if (operation === `mkdir ${place}` && (place === 'a' || ++attempts === 2))
          execFileSync('mkdir', ['-p', join(folder, 'a/b')]);
        return undefined;
      });
      createFolder(join(folder, 'a/b'));
      files.restore();
      expect(files.operations).toEqual(['mkdir a/b', 'mkdir a', 'mkdir a/b']);
      rmSync(join(folder, 'a'), { recursive: true });
    }
  });

  it.runIf(process.platform === 'linux')(
    'fails where the system creates nothing, as in /proc, instead of trying for ever',
    async () => {
      // In a process of its own, since what tries for ever cannot be stopped.
      const program =
        `import { createFolder } from ${JSON.stringify(new URL('create-folder.ts', import.meta.url).href)};` +
        `for (const path of ['/proc/1/none', '/proc/1/none/inside', '/proc/none'])` +
        `  try { createFolder(path); } catch ({ message }) { console.log(message); }`;
      const args = ['--conditions=@footlight/source', '--import', 'tsx', '--input-type=module', '--eval', program];
      const child = spawn(process.execPath, args, { cwd: import.meta.dirname, timeout: 30_000 });
      let printed = '';
      child.stdout.on('data', (text) => {
        printed += text;
      });
      expect(await once(child, 'close')).toEqual([0, null]);
      expect(printed).toBe(
        ['/proc/1/none', '/proc/1/none', '/proc/none']
          .map((path) => `ENOENT: no such file or directory, mkdir '${path}'\n`)
          .join(''),
      );
    },
    60_000,
  );
});
