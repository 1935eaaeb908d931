import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileFault, interceptFiles } from '@footlight/tooling-vitest/file-faults';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openFileWriter } from './open-file-writer.js';
import { writeFileAtomically } from './write-file-atomically.js';

const isRoot = process.getuid?.() === 0;

describe('openFileWriter', () => {
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
  async function write(chunks: readonly (string | Uint8Array)[]): Promise<void> {
    const writer = await openFileWriter(path);
    try {
      for (const chunk of chunks) await writer.write(chunk);
      await writer.commit();
    } finally {
      await writer.discard();
    }
  }
  const large = Uint8Array.from({ length: 200_003 }, (_, at) => at % 251);

  it('writes pieces in their order, small and large, which the caller may change afterwards', async () => {
    const small = Uint8Array.of(1, 2);
    const writer = await openFileWriter(path);
    await writer.write(small);
    small.fill(9);
    await writer.write(large);
    await writer.write('ä');
    expect(existsSync(path)).toBe(false);
    await writer.commit();
    await writer.discard();
    expect(readFileSync(path).equals(Buffer.concat([Buffer.of(1, 2), large, Buffer.from('ä')]))).toBe(true);
  });

  it('writes files that belong together to the disk before the first takes its name', async () => {
    const writers = [await openFileWriter(path), await openFileWriter(`${path}.2`)];
    for (const writer of writers) await writer.write('text');
    for (const writer of writers) await writer.prepare();
    expect(existsSync(path)).toBe(false);
    const files = interceptFiles(folder);
    for (const writer of writers) await writer.commit();
    files.restore();
    expect(files.operations).toEqual([expect.stringMatching(/^rename /), expect.stringMatching(/^rename /)]);
    expect([read(), readFileSync(`${path}.2`, 'utf8')]).toEqual(['text', 'text']);
  });

  it('leaves the earlier file if it is discarded', async () => {
    writeFileSync(path, 'old');
    const writer = await openFileWriter(path);
    await writer.write(large);
    await writer.discard();
    expect(read()).toBe('old');
    expect(readdirSync(folder)).toEqual(['results.json']);
  });

  it('writes everything where the system accepts a few bytes at a time', async () => {
    const files = interceptFiles(folder, ({ operation }) =>
      operation.startsWith('write') ? { bytes: 7001 } : undefined,
    );
    onTestFinished(() => files.restore());
    await write([large, 'end']);
    expect(readFileSync(path).length).toBe(large.length + 3);
    expect(files.operations.filter((each) => each.startsWith('write')).length).toBeGreaterThan(28);
  });

  it('keeps the earlier file, and leaves no other, if any operation fails', async () => {
    writeFileSync(path, 'old');
    const count = async (fault: FileFault, at: number) => {
      const files = interceptFiles(folder, ({ number }) => (number === at ? fault : undefined));
      const message = await catchMessage(write([large, 'end'])).finally(() => files.restore());
      return { message, operations: files.operations };
    };
    const { operations } = await count({ code: 'EIO' }, -1);
    expect(operations.map((each) => each.split(' ')[0])).toEqual([
      'mkdir',
      'open',
      'chmod',
      'write',
      'write',
      'sync',
      'close',
      'rename',
    ]);
    writeFileSync(path, 'old');
    for (const fault of [{ code: 'ENOSPC' }, { code: 'ENOSPC', partly: true }, { code: 'EIO' }]) {
      for (let at = 0; at < operations.length; at++) {
        if (operations[at]!.startsWith('chmod')) continue; // the permissions are of less importance than the file
        writeFileSync(path, 'old');
        const { message } = await count(fault, at);
        expect(message).toMatch(
          new RegExp(
            `^footlight: could not write …/results\\.json: ${fault.code}: .*\\. An earlier file .* unchanged\\.$`,
          ),
        );
        if (operations[at]!.startsWith('rename') && 'partly' in fault) continue; // it has happened
        expect(read()).toBe('old');
        expect(readdirSync(folder)).toEqual(['results.json']);
      }
    }
  });

  it('leaves the earlier file or the new one if the process ends at any moment', async () => {
    for (const crash of ['before', 'within', 'after'] as const)
      for (let at = 0; ; at++) {
        writeFileSync(path, 'old');
        const files = interceptFiles(folder, ({ number }) => (number === at ? { crash } : undefined));
        await write(['new']).catch(() => {});
        files.restore();
        expect(['old', 'new']).toContain(read());
        if (!files.crashed) break;
      }
  });

  it('replaces what a symbolic link names, and keeps the link', async () => {
    const target = join(folder, 'elsewhere', 'target.json');
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join('elsewhere', 'target.json'), path);
    await writeFileAtomically(path, 'first'); // the link names nothing yet
    await writeFileAtomically(path, 'second');
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('second');
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['target.json']);
    symlinkSync('circle', join(folder, 'circle'));
    expect(await catchMessage(writeFileAtomically(join(folder, 'circle'), 'x'))).toMatch(/ELOOP: too many symbolic/);
  });

  it.skipIf(process.platform === 'win32')('keeps the permissions of the earlier file', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o600);
    await writeFileAtomically(path, 'new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === 'win32' || isRoot)('does not replace a file that is protected', async () => {
    writeFileSync(path, 'old');
    chmodSync(path, 0o400);
    expect(await catchMessage(writeFileAtomically(path, 'new'))).toMatch(/EACCES: permission denied/);
    expect(read()).toBe('old');
  });
});
