import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runLocked } from '../../packages/kernels/run-locked.mjs';

const module = JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../packages/kernels/run-locked.mjs')).href);

/** Writes to a log when its work begins and ends. */
const program = `
import { appendFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { runLocked } from ${module};
const [folder, log, milliseconds] = process.argv.slice(1);
const work = async () => {
  appendFileSync(log, 'begin ' + process.pid + '\\n');
  await wait(Number(milliseconds));
  appendFileSync(log, 'end ' + process.pid + '\\n');
};
await runLocked('test', folder, work, { onWait: (holder) => console.log('waits for ' + holder) });
`;

describe('runLocked', { timeout: 60_000 }, () => {
  let folder;
  let log;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'footlight-lock-'));
    log = join(folder, 'log');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function start(milliseconds) {
    const args = ['--input-type=module', '-e', program, folder, log, String(milliseconds)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    return { child, ended: new Promise((resolve) => child.on('close', () => resolve(output))) };
  }
  const readLog = () => readFileSync(log, 'utf8').trim().split('\n');

  it('lets one process at a time work, and the others say for which they wait', async () => {
    const first = start(60_000);
    while (!existsSync(log)) await wait(10);
    const others = Array.from({ length: 3 }, () => start(20));
    const outputs = others.map(({ child }) => new Promise((resolve) => child.stdout.once('data', resolve)));
    expect((await Promise.all(outputs)).map(String)).toEqual(Array(3).fill(`waits for ${first.child.pid}\n`));
    first.child.kill('SIGKILL'); // it cannot release anything
    await Promise.all([first, ...others].map(({ ended }) => ended));
    const [begin, ...lines] = readLog();
    expect(begin).toBe(`begin ${first.child.pid}`);
    expect(lines).toHaveLength(6);
    for (let at = 0; at < lines.length; at += 2) expect(lines[at].slice(6)).toBe(lines[at + 1].slice(4));
  });

  it('returns what the work returns, and releases the lock after an error too', async () => {
    await expect(runLocked('test', folder, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await runLocked('test', folder, () => Promise.resolve(7))).toBe(7);
  });

  it('waits no longer when it is interrupted', async () => {
    let isInterrupted = false;
    const never = () => Promise.reject(new Error('runs'));
    await runLocked('test', folder, async () => {
      const onWait = () => (isInterrupted = true);
      expect(await runLocked('test', folder, never, { onWait, isInterrupted: () => isInterrupted })).toBe(undefined);
    });
    expect(isInterrupted).toBe(true);
  });

  it('does not wait for work on another folder, or of another name', async () => {
    const here = () => Promise.resolve('done');
    await runLocked('test', folder, async () => {
      expect(await runLocked('test', tmpdir(), here)).toBe('done');
      expect(await runLocked('other', folder, here)).toBe('done');
    });
  });
});
