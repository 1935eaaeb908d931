// structure: the tests share the state of processes that have ended
import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { interceptFiles } from '@footlight/tooling-vitest/file-faults';
import { describe, expect, it, onTestFinished } from 'vitest';
import { acquireLock } from './acquire-lock.js';
import { describeOwner } from './lock-owner.js';

const fixture = fileURLToPath(new URL('lock-and-wait.fixture.ts', import.meta.url));
const flags = ['--conditions=@footlight/source', '--import', 'tsx', fixture];

function createFolder(): { folder: string; path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, path: join(folder, 'missing/run.lock') };
}

function start(path: string, log: string, milliseconds: number): { child: ChildProcess; ended: Promise<unknown> } {
  const child = spawn(process.execPath, [...flags, path, log, String(milliseconds)], { stdio: 'inherit' });
  return { child, ended: new Promise((resolve) => child.on('exit', resolve)) };
}

const write = (path: string, changes: object) =>
  writeFileSync(path, JSON.stringify({ ...describeOwner(), token: 'other', ...changes }));

describe('acquireLock', () => {
  it('refuses a second owner until the first has released the lock', async () => {
    const { path } = createFolder();
    const lock = await acquireLock(path, { what: 'footlight run talk/bpr' });
    const error = (await acquireLock(path, { what: 'footlight run talk/bpr' }).catch((cause) => cause)) as Error;
    expect(error).toMatchObject({ code: 'locked' });
    expect(
      error.message.replace(String(process.pid), '7').replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, '…'),
    ).toMatchInlineSnapshot(
      `"footlight run talk/bpr: expected no other run of it, received process 7, at work since … UTC. Wait until it ends."`,
    );
    await lock.release();
    const next = await acquireLock(path, { what: 'footlight run talk/bpr' });
    await lock.release(); // the first owner does not release the lock of the second
    expect(existsSync(path)).toBe(true);
    await next.release();
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('does not release the lock of another process that a person made room for', async () => {
    const { folder } = createFolder();
    const path = join(folder, 'run.lock');
    const lock = await acquireLock(path, { what: 'run' });
    write(path, {});
    await lock.release();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ token: 'other' });
    const second = join(folder, 'second.lock');
    const deleted = await acquireLock(second, { what: 'run' });
    rmSync(second);
    await deleted.release();
  });

  it('waits on request, and says for what', async () => {
    const { path } = createFolder();
    const first = await acquireLock(path, { what: 'download' });
    const messages: string[] = [];
    const second = acquireLock(path, { what: 'download', waits: true, onWait: (message) => messages.push(message) });
    await wait(250);
    await first.release();
    await (await second).release();
    expect(messages).toEqual([expect.stringMatching(/^download: expected no other run of it, received process/)]);
  });

  it('stops waiting when it is aborted', async () => {
    const { path } = createFolder();
    const first = await acquireLock(path, { what: 'download' });
    const waiting = acquireLock(path, { what: 'download', waits: true, signal: AbortSignal.timeout(50) });
    await expect(waiting).rejects.toThrow(/abort/i);
    await first.release();
  });

  it('takes over from a process that has ended, or whose number is that of another process', async () => {
    for (const ended of [
      { process: 2 ** 22 + 7 }, // above the largest number of Linux
      ...(process.platform === 'linux' ? [{ started: '1' }, { boot: 'earlier' }] : []),
    ]) {
      const { folder } = createFolder();
      const path = join(folder, 'run.lock');
      write(path, ended);
      await (await acquireLock(path, { what: 'run' })).release();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('respects a process of another machine or container, and names the file to delete', async () => {
    const messages: string[] = [];
    for (const elsewhere of [
      { machine: 'other', process: 7, since: '2026-01-02T03:04:05.000Z' },
      { namespace: 'other', process: 7, since: '2026-01-02T03:04:05.000Z' },
    ]) {
      const { folder } = createFolder();
      const path = join(folder, 'run.lock');
      write(path, elsewhere);
      const error = (await acquireLock(path, { what: 'footlight run x' }).catch((cause) => cause)) as Error;
      expect(error).toMatchObject({ code: 'locked' });
      messages.push(error.message.replace(folder, '…').replace(hostname(), 'here'));
    }
    expect(messages).toMatchInlineSnapshot(`
      [
        "footlight run x: expected no other run of it, received process 7 of other, at work since 2026-01-02 03:04 UTC. Wait until it ends. If it no longer runs there, delete …/run.lock.",
        "footlight run x: expected no other run of it, received process 7 of another container on here, at work since 2026-01-02 03:04 UTC. Wait until it ends. If it no longer runs there, delete …/run.lock.",
      ]
    `);
  });

  it.skipIf(process.platform !== 'linux')('respects a process that cannot tell when the machine started', async () => {
    const { folder } = createFolder();
    const path = join(folder, 'run.lock');
    write(path, { boot: '', namespace: '', process: 2 ** 22 + 7 }); // as Windows writes it, beside its Linux
    await expect(acquireLock(path, { what: 'run' })).rejects.toMatchObject({ code: 'locked' });
  });

  it('reports a folder that cannot be written', async () => {
    const { folder } = createFolder();
    writeFileSync(join(folder, 'file'), '');
    const error = (await acquireLock(join(folder, 'file/run.lock'), { what: 'run x' }).catch(
      (cause) => cause,
    )) as Error;
    expect(error).toMatchObject({ code: 'write-failed' });
    expect(error.message).toMatch(/^run x: could not write the lock /);
  });

  it('takes over an empty file whose process was killed before it wrote it', async () => {
    const { folder } = createFolder();
    const path = join(folder, 'run.lock');
    writeFileSync(path, '');
    await expect(acquireLock(path, { what: 'run' })).rejects.toMatchObject({ code: 'locked' });
    utimesSync(path, new Date(), Date.now() / 1000 - 11);
    await (await acquireLock(path, { what: 'run' })).release();
  });

  it('takes over after a process was killed while it took over', async () => {
    const { folder } = createFolder();
    const path = join(folder, 'run.lock');
    write(path, { process: 2 ** 22 + 7 });
    write(`${path}.other.takeover`, { process: 2 ** 22 + 9 });
    write(`${path}.other.takeover.1`, { process: 2 ** 22 + 11 });
    await (await acquireLock(path, { what: 'run' })).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('waits while another process takes over', async () => {
    const { folder } = createFolder();
    const path = join(folder, 'run.lock');
    write(path, { process: 2 ** 22 + 7 });
    write(`${path}.other.takeover`, { token: 'third' }); // this process, which still runs
    let isAcquired = false;
    const waiting = acquireLock(path, { what: 'run' }).then((lock) => {
      isAcquired = true;
      return lock;
    });
    await wait(100);
    expect([isAcquired, existsSync(path)]).toEqual([false, true]);
    rmSync(`${path}.other.takeover`);
    await (await waiting).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('deletes what processes have left that were killed before they had the lock', async () => {
    const { folder } = createFolder();
    const path = join(folder, 'run.lock');
    const [ended, half, running] = [1, 2, 3].map((at) => `${path}.0000000${at}-0000-0000-0000-000000000000`);
    write(ended!, { process: 2 ** 22 + 7 });
    write(running!, {});
    writeFileSync(half!, '{"proc');
    utimesSync(half!, new Date(), Date.now() / 1000 - 11);
    await (await acquireLock(path, { what: 'run' })).release();
    expect(readdirSync(folder)).toEqual([basename(running!)]);
  });

  it('reports a disk that is full, and leaves nothing', async () => {
    const { folder } = createFolder();
    for (const name of ['mkdir', 'writeFile']) {
      const files = interceptFiles(folder, ({ operation }) =>
        operation.startsWith(name) ? { code: 'ENOSPC', partly: true } : undefined,
      );
      const locked = acquireLock(join(folder, 'run.lock'), { what: 'run x' });
      await expect(locked.finally(() => files.restore())).rejects.toMatchObject({ code: 'write-failed' });
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('lets one of several processes at a time work, also after a holder was killed', async () => {
    const { folder, path } = createFolder();
    const log = join(folder, 'log');
    mkdirSync(join(path, '..'));
    write(path, { process: 2 ** 22 + 7 }); // and before it one that was killed while it took over from another
    write(`${path}.other.takeover`, { process: 2 ** 22 + 9 });
    const killed = start(path, log, 60_000);
    while (!existsSync(log)) await wait(10);
    const others = Array.from({ length: 5 }, () => start(path, log, 30));
    await wait(1000);
    killed.child.kill('SIGKILL');
    await Promise.all([killed, ...others].map(({ ended }) => ended));
    const [first, ...lines] = readFileSync(log, 'utf8').trim().split('\n');
    expect(first).toBe(`begin ${killed.child.pid}`);
    expect(lines).toHaveLength(10);
    for (let at = 0; at < lines.length; at += 2) expect(lines[at]!.slice(6)).toBe(lines[at + 1]!.slice(4));
    expect(readdirSync(join(path, '..'))).toEqual([]);
  }, 60_000);
});
