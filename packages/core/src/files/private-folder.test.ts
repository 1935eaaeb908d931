import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertPrivateFolder, createPrivateFolder } from './private-folder.js';

describe.skipIf(process.platform === 'win32')('createPrivateFolder', () => {
  let parent: string;
  let folder: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'footlight-private-'));
    folder = join(parent, 'a/b');
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));
  const describeFault = (work: () => void): string => {
    try {
      work();
    } catch (error) {
      return (error as Error).message.replaceAll(parent, '…');
    }
    return 'no error';
  };

  it('creates folders that only this user can read, and accepts them', () => {
    createPrivateFolder(folder);
    createPrivateFolder(folder);
    expect([join(parent, 'a'), folder].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
  });

  it('accepts a folder that others can read but not write', () => {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    expect(describeFault(() => createPrivateFolder(folder))).toBe('no error');
  });

  it('refuses symbolic links, files and folders that others can write to, and writes nothing there', () => {
    mkdirSync(join(parent, 'other'));
    symlinkSync(join(parent, 'other'), join(parent, 'link'));
    symlinkSync(join(parent, 'nowhere'), join(parent, 'dangling'));
    writeFileSync(join(parent, 'file'), '');
    mkdirSync(join(parent, 'shared'));
    chmodSync(join(parent, 'shared'), 0o1777);
    const names = ['link', 'dangling', 'file', 'shared', 'file/inside'];
    expect(names.map((name) => describeFault(() => createPrivateFolder(join(parent, name))))).toMatchInlineSnapshot(`
      [
        "…/link: expected a folder of this user that no other can write to, received a symbolic link. Correct its owner and permissions (chmod go-w), delete it, or choose another one.",
        "…/dangling: expected a folder of this user that no other can write to, received a symbolic link. Correct its owner and permissions (chmod go-w), delete it, or choose another one.",
        "…/file: expected a folder of this user that no other can write to, received a file. Correct its owner and permissions (chmod go-w), delete it, or choose another one.",
        "…/shared: expected a folder of this user that no other can write to, received one with the permissions 777. Correct its owner and permissions (chmod go-w), delete it, or choose another one.",
        "…/file/inside: expected to create the folder, received the error "ENOTDIR: not a directory, lstat '…/file/inside'". Make its parent folder writable, or choose another one.",
      ]
    `);
    expect(existsSync(join(parent, 'nowhere'))).toBe(false);
  });

  it.runIf(process.getuid?.() === 0)('refuses a folder of another user', () => {
    mkdirSync(folder, { recursive: true });
    chownSync(folder, 12345, 12345);
    expect(describeFault(() => assertPrivateFolder(folder))).toMatchInlineSnapshot(
      `"…/a/b: expected a folder of this user that no other can write to, received one of user 12345. Correct its owner and permissions (chmod go-w), delete it, or choose another one."`,
    );
  });
});
