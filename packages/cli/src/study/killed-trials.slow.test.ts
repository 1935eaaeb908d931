import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStudy, fileLog, type Study } from '@footlight/studies';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const flags = ['--conditions=@footlight/source', '--import', import.meta.resolve('tsx'), here('../cli.ts')];
const source = new URL('killed-trials.fixture.ts', import.meta.url).href;

describe('footlight study run, in several processes of which some are killed', { timeout: 240_000 }, () => {
  let folder: string;
  let path: string;
  let search: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'footlight-'));
    path = join(folder, 'killed.log');
    search = join(folder, 'killed.search.mjs');
    writeFileSync(search, `export { killedTrials as default } from ${JSON.stringify(source)};\n`);
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL'); // those that a failed test has left
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the search on the log; trials of these numbers kill their process. */
  async function run(killed: readonly number[], ...args: readonly string[]) {
    const words = ['study', 'run', search, '--storage', path, '--results', folder, '--backend', 'cpu', ...args];
    const env = { ...process.env, KILLED_TRIALS: killed.join(',') };
    const child = spawn(process.execPath, [...flags, ...words], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    const errors = child.stderr.setEncoding('utf8').toArray();
    child.stdout.resume();
    const end = await new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)));
    return { end, stderr: (await errors).join('') };
  }
  const open = () => createStudy({ name: 'killed', log: fileLog(path) });
  /** Numbers have no gaps, each killed trial runs again once, and all others are complete. */
  function expectWhole({ trials }: Study, complete: number, killed: readonly number[]): void {
    expect(trials.map(({ number }) => number)).toEqual([...trials.keys()]);
    expect(trials.filter(({ state }) => state === 'complete').length).toBe(complete);
    const others = trials.filter(({ state }) => state !== 'complete');
    expect(others.map(({ number, state }) => [number, state])).toEqual(killed.map((number) => [number, 'failed']));
    const again = trials.filter(({ attributes }) => attributes.retry_of !== undefined);
    expect(again.map(({ attributes }) => attributes.retry_of).toSorted()).toEqual(killed);
    for (const { params, attributes } of again) expect(params).toEqual(trials[attributes.retry_of as number]!.params);
  }

  it('accounts for every trial of --workers 4 once', async () => {
    const { end, stderr } = await run([1, 4], '--workers', '4', '--trials', '12');
    expect([end, stderr]).toEqual([0, expect.not.stringContaining('expected')]);
    expectWhole(await open(), 12, [1, 4]);
  });

  it('runs two commands on one log at once, and goes on after one of them was killed', async () => {
    const both = await Promise.all([1, 2].map(() => run([3], '--trials', '8', '--resume')));
    expect(both.map(({ end }) => end).toSorted()).toEqual([0, 'SIGKILL']);
    const states = (await open()).trials.map(({ state }) => state);
    const last = await run([], '--trials', '8', '--resume');
    expect(last).toMatchObject({ end: 0 });
    expectWhole(await open(), 8, [3]);
    expect(states.filter((state) => state === 'running').length).toBeLessThanOrEqual(1);
  });
});
