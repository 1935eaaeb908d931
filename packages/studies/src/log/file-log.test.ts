import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interceptFiles } from '@footlight/tooling-vitest/file-faults';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { parabola } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { fileLog } from './file-log.js';
import * as browser from './log-file.browser.js';

const fixture = fileURLToPath(new URL('work-on-log.fixture.ts', import.meta.url));
const flags = ['--conditions=@footlight/source', '--import', 'tsx', fixture];

describe('fileLog', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'footlight-'));
    path = join(folder, 'search.log');
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  });
  const catchError = (work: Promise<unknown>): Promise<{ code: string; message: string }> =>
    work.then(
      () => ({ code: 'none', message: 'no error' }),
      (error) => ({ code: error.code, message: error.message.replaceAll(folder, '…') }),
    );

  it('is continued by the next process', async () => {
    const first = await createStudy({ name: 'a', log: fileLog(path) });
    await first.optimize(parabola, { trials: 15 });
    const next = await createStudy({ name: 'a', log: fileLog(path) });
    expect(next.trials).toEqual(first.trials);
    await next.optimize(parabola, { trials: 2 });
    await first.refresh();
    expect(first.trials).toEqual(next.trials);
    expect(readdirSync(folder)).toEqual(['search.log']);
  });

  it('is shared by processes, which run every number once', { timeout: 120_000 }, async () => {
    const children = [1, 2, 3].map((workers) =>
      spawn(process.execPath, [...flags, path, String(workers)], { stdio: ['ignore', 'inherit', 'inherit'] }),
    );
    const codes = await Promise.all(children.map((child) => new Promise((resolve) => child.on('exit', resolve))));
    expect(codes).toEqual([0, 0, 0]);
    const study = await createStudy({ name: 'shared', log: fileLog(path) });
    expect(study.trials.length).toBe(40);
    expect(study.trials.every(({ state, intermediate }) => state === 'complete' && intermediate.size === 3)).toBe(true);
    expect(new Set(study.trials.map(({ params }) => JSON.stringify(params))).size).toBe(40);
    expect(readdirSync(folder)).toEqual(['search.log']);
  });

  it('loses nothing but the running trial of a process that is killed', { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [...flags, path, '2'], { stdio: ['ignore', 'inherit', 'inherit'] });
    const log = fileLog(path, { graceSeconds: 1 });
    while ((await log.read(0)).length < 20) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('exit', resolve));
    const study = await createStudy({ name: 'shared', log });
    const complete = study.trials.filter(({ state }) => state === 'complete');
    const running = await study.failRunning();
    expect(running).toBeLessThanOrEqual(2);
    await study.optimize(parabola, { trials: 5 });
    expect(study.trials.slice(0, complete.length + running).filter(({ state }) => state === 'complete')).toEqual(
      complete,
    );
    expect(study.trials.map(({ number }) => number)).toEqual([...study.trials.keys()]);
    expect(study.trials.some(({ state }) => state === 'running')).toBe(false);
  });

  it('does not read a torn last line, and cuts it off before the next one', async () => {
    const study = await createStudy({ name: 'a', log: fileLog(path) });
    await study.optimize(parabola, { trials: 3 });
    appendFileSync(path, '{"op_code":5,"worker_id":"ü'.slice(0, -1));
    appendFileSync(path, Buffer.of(0xc3)); // half of a letter
    const next = await createStudy({ name: 'a', log: fileLog(path) });
    expect(next.trials.length).toBe(3);
    await next.optimize(parabola, { trials: 1 });
    await study.refresh();
    expect(study.trials.length).toBe(4);
    expect(readFileSync(path, 'utf8').endsWith('}\n')).toBe(true);
  });

  it.each([false, true])('loses nothing when the disk is full, after a part of the bytes: %s', async (partly) => {
    const study = await createStudy({ name: 'a', log: fileLog(path) });
    await study.optimize(parabola, { trials: 3 });
    const before = readFileSync(path, 'utf8');
    const trial = await study.ask();
    const files = interceptFiles(folder, ({ operation }) =>
      operation.startsWith('write ') ? { code: 'ENOSPC', partly } : undefined,
    );
    const error = await catchError(study.tell(trial, parabola(trial))).finally(() => files.restore());
    expect(error).toMatchInlineSnapshot(`
      {
        "code": "write-failed",
        "message": "…/search.log: could not write the study log (the disk is full). Trials that had been told before are in the log.",
      }
    `);
    expect(readFileSync(path, 'utf8').startsWith(before)).toBe(true);
    expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true);
    await study.tell(trial, 7); // there is room again
    expect((await createStudy({ name: 'a', log: fileLog(path) })).trials[3]).toMatchObject({ values: [7] });
  });

  it('removes the lock of a process that has stopped', async () => {
    symlinkSync(path, `${path}.lock`);
    const study = await createStudy({ name: 'a', log: fileLog(path, { graceSeconds: 0.05 }) });
    expect(study.trials.length).toBe(0);
    expect(readdirSync(folder)).toEqual(['search.log']);
  });

  it('says which line is damaged, and that a file was replaced', async () => {
    const log = fileLog(path);
    const study = await createStudy({ name: 'a', log });
    const text = readFileSync(path, 'utf8');
    appendFileSync(path, 'x\n');
    expect(await catchError(study.refresh())).toMatchInlineSnapshot(`
      {
        "code": "invalid-data",
        "message": "…/search.log, line 2: expected an entry of a study log, received x. Another program may have written into the file: delete the line.",
      }
    `);
    writeFileSync(path, text.slice(0, 10));
    expect((await catchError(log.read(1))).message).toMatch(/expected a log that only grows/);
  });

  it('refuses a folder that is missing, and browsers', async () => {
    expect(() => fileLog(join(folder, 'missing/search.log'))).toThrow(/could not write the study log \(ENOENT\)/);
    expect(() => browser.createIfMissing('search.log')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fileLog(path): expected a program in Node, received the path search.log in a browser. Use memoryLog() and store its toText().]`,
    );
    expect((await catchError(browser.readLines('search.log', 0))).code).toBe('invalid-argument');
    expect((await catchError(browser.appendUnderLock('search.log', [], 1, async () => true))).code).toBe(
      'invalid-argument',
    );
  });
});
