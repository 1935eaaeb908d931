import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileLog } from './log/file-log.js';
import { readStudies } from './read-studies.js';
import { createStudy } from './study.js';

describe('readStudies', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footlight-studies-'));
    path = join(folder, 'search.log');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads all studies of a log and leaves the file as it is', async () => {
    const log = fileLog(path);
    const one = await createStudy({ name: 'one', log, direction: 'maximize' });
    for (const value of [2, 7, 7]) await one.tell(await one.ask(), value);
    const other = await createStudy({ name: 'other', log, directions: ['minimize', 'minimize'] });
    for (const values of [
      [1, 3],
      [2, 4],
      [3, 1],
    ])
      await other.tell(await other.ask(), values);
    await other.setAttribute('data', 'fingerprint');

    const before = await readFile(path);
    const [first, second] = await readStudies(fileLog(path));
    expect(await readFile(path)).toEqual(before);
    expect([first!.name, first!.directions, first!.trials.length]).toEqual(['one', ['maximize'], 3]);
    expect(first!.best!.number).toBe(1);
    expect(second!.best).toBeUndefined();
    expect(second!.attributes).toEqual({ data: 'fingerprint' });
    expect(second!.paretoFront.map(({ number }) => number)).toEqual([0, 2]); // (2, 4) is worse than (1, 3) in both
  });

  it('reads a log that may not be written', async () => {
    await createStudy({ name: 'one', log: fileLog(path) });
    await chmod(path, 0o444);
    expect((await readStudies(fileLog(path))).map(({ name }) => name)).toEqual(['one']);
  });

  it('finds none in an empty log', async () => {
    await writeFile(path, '');
    expect(await readStudies(fileLog(path))).toEqual([]);
  });
});
