import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStudy, fileLog } from '@footlight/studies';
import { interceptFiles } from '@footlight/tooling-vitest/file-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from '../command-line.fixture.js';
import { exitCodes } from '../exit-codes.js';
import { killedTrials } from './killed-trials.fixture.js';

describe('footlight study run on a disk that is full', { timeout: 240_000 }, () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await createCommandLine();
    Object.assign(globalThis, { killedTrials });
    writeFileSync(join(line.folder, 'killed.search.mjs'), 'export default globalThis.killedTrials;\n');
  });
  afterAll(() => line.remove());
  const run = () =>
    line.footlight(
      ...['study', 'run', './killed.search.mjs', '--storage', 'killed.log', '--backend', 'cpu'],
      ...['--trials', '3', '--resume'],
    );

  it('ends with a sentence at any write of the log, and goes on with all trials before', async () => {
    const path = join(line.folder, 'killed.log');
    const read = () => (existsSync(path) ? readFileSync(path, 'utf8') : '');
    for (let failing = 0; ; failing++) {
      rmSync(path, { force: true });
      let writes = 0;
      let before = '';
      const faults = interceptFiles(line.folder, ({ operation }) => {
        if (!/^write \S*\.log$/.test(operation) || writes++ < failing) return undefined;
        if (writes === failing + 1) before = read();
        return { code: 'ENOSPC', partly: true };
      });
      const ended = await run().finally(() => faults.restore());
      if (writes <= failing) {
        expect(ended.code).toBe(0);
        expect(failing).toBeGreaterThan(9);
        return;
      }
      expect(ended.code).toBe(exitCodes.failed);
      expect(ended.stderr.trim().split('\n').at(-1)).toBe(
        '…/killed.log: could not write the study log (the disk is full). ' +
          'Trials that had been told before are in the log.',
      );
      expect(read()).toBe(before);
      expect(await run()).toMatchObject({ code: 0 });
      expect(read().startsWith(before)).toBe(true);
      const { trials } = await createStudy({ name: 'killed', log: fileLog(path) });
      expect(trials.map(({ number }) => number)).toEqual([...trials.keys()]);
      expect(trials.filter(({ state }) => state === 'complete').length).toBe(3);
      const failed = trials.filter(({ state }) => state !== 'complete');
      expect(failed.every(({ state }) => state === 'failed')).toBe(true);
      expect(trials.flatMap(({ attributes }) => attributes.retry_of ?? [])).toEqual(failed.map(({ number }) => number));
      expect(failed.length).toBeLessThanOrEqual(1);
    }
  });
});
