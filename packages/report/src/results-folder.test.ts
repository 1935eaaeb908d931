import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interceptFiles } from '@footlight/tooling-vitest/file-faults';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sample } from './page/sample.fixture.js';
import { openResultsFolder, type ResultsFolder } from './results-folder.js';

const [first, second] = sample.results;
const [values] = sample.values;

describe('openResultsFolder', () => {
  let path: string;
  let folder: ResultsFolder;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'footlight-results-'));
    folder = openResultsFolder(path);
  });
  afterEach(() => rm(path, { recursive: true }));

  it('reads what it wrote, in order of names, or the named results in the given order', async () => {
    expect(await folder.read()).toEqual([]);
    expect(await folder.write(first!)).toBe(join(path, 'sample/grid-50-vae.json'));
    await folder.write(second!);
    await folder.writeValues(values!);
    await writeFile(join(path, 'other.json'), '{"something": "else"}');
    expect((await folder.read()).map(({ experiment }) => experiment)).toEqual([
      'sample/grid-100-vae',
      'sample/grid-50-vae',
    ]);
    expect(await folder.read(['sample/grid-50-vae', 'sample/grid-100-vae'])).toEqual([first, second]);
    expect(await folder.readValues('sample/grid-50-vae')).toEqual(values);
  });

  it('refuses values of another run', async () => {
    await folder.write({ ...first!, seeds: [7] });
    await expect(folder.readValues('sample/grid-50-vae')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected values per user of sample/grid-50-vae, received none. Run \`footlight run sample/grid-50-vae --seeds 3 --backend cpu\` again.]`,
    );
    await folder.writeValues(values!);
    await expect(folder.readValues('sample/grid-50-vae')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected values per user of the stored result of sample/grid-50-vae, received those of another run. Run \`footlight run sample/grid-50-vae --seeds 3 --backend cpu\` again.]`,
    );
  });

  it('refuses values of windows that lack their users', async () => {
    const windows = { ...first!, protocol: { ...first!.protocol, split: { name: 'window-targets' } } };
    await folder.write(windows);
    await folder.writeValues(values!);
    await expect(folder.readValues('sample/grid-50-vae')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the user of each window of sample/grid-50-vae, received values of an earlier version, which lack them. Run \`footlight run sample/grid-50-vae --seeds 3 --backend cpu\` again.]`,
    );
    const queryUsers = values!.users.map((user) => user >> 1);
    await folder.writeValues({ ...values!, queryUsers });
    expect((await folder.readValues('sample/grid-50-vae')).queryUsers).toEqual(queryUsers);
  });

  it('says why a result has no values', async () => {
    await folder.write({ ...first!, seeds: [42] });
    await expect(folder.readValues('sample/grid-50-vae')).rejects.toThrow('received none. Run `footlight run');
    await folder.write(first!);
    await expect(folder.readValues('sample/grid-50-vae')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected values per user of sample/grid-50-vae, received a result of 3 seeds without them. Where each seed tests other users, there are none for all seeds: run it with --seeds 1, or compare the standard errors that footlight table shows.]`,
    );
    await folder.write({ ...first!, metrics: { 'rmse(0..1)': first!.metrics['ndcg@100']! } });
    await expect(folder.readValues('sample/grid-50-vae')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected values per user of sample/grid-50-vae, received a result with errors of ratings only, which are not kept by user. Compare the standard errors that footlight table shows.]`,
    );
  });

  it('names the command to run first, or similar experiments', async () => {
    await expect(folder.read(['sample/grid-5-vae'])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight table: expected results, received none. Run \`footlight run sample/grid-5-vae\` first.]`,
    );
    await folder.write(first!);
    await expect(folder.read(['sample/grid-5-vae'])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: footlight: expected the name of an experiment, received sample/grid-5-vae. Did you mean sample/grid-50-vae?]`,
    );
  });

  it('reports writes that fail and files that are damaged', async () => {
    const file = await folder.write(first!);
    await expect(openResultsFolder(file).write(second!)).rejects.toMatchObject({ code: 'write-failed' }); // no folder
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, 99));
    await expect(folder.read()).rejects.toMatchObject({ code: 'file-damaged' });
  });

  it('lets one run of an experiment at a time change it', async () => {
    const lock = await folder.lock('talk/a');
    const error = (await folder.lock('talk/a').catch((cause) => cause)) as Error;
    expect(error.message.replace(/process \d+, at work since .* UTC/, 'process …')).toMatchInlineSnapshot(
      `"footlight run talk/a: expected no other run of it, received process …. Wait until it ends, or choose another folder with --results."`,
    );
    await (await folder.lock('talk/b')).release();
    await folder.writeUnfinished('talk/a', { key: 'abc', runs: [], values: [] });
    await folder.deleteUnfinished('talk/a');
    await expect(folder.lock('talk/a')).rejects.toMatchObject({ code: 'locked' });
    await lock.release();
    await (await folder.lock('talk/a')).release();
  });

  it('replaces a result and its values per user together, or neither', async () => {
    await folder.writeWithValues(first!, values!);
    const next = { ...first!, note: 'later' };
    for (const place of ['write sample/grid-50-vae.json', 'write sample/grid-50-vae.values', 'sync']) {
      const files = interceptFiles(path, ({ operation }) =>
        operation.startsWith(place) ? { code: 'ENOSPC' } : undefined,
      );
      const written = folder.writeWithValues(next, { ...values!, users: [2] }).finally(() => files.restore());
      await expect(written).rejects.toMatchObject({ code: 'write-failed' });
      expect(await folder.read()).toEqual([first]);
      expect(await folder.readValues(first!.experiment)).toEqual(values);
    }
    await folder.writeWithValues(next, undefined);
    expect(await readdir(join(path, 'sample'))).toEqual(['grid-50-vae.json']);
  });

  it('keeps NaN in unfinished runs, since null would count as 0 in means over seeds', async () => {
    const runValues = [{ users: [1], metrics: { 'ndcg@10': [Number.NaN] } }];
    await folder.writeUnfinished('talk/a', { key: 'abc', runs: [], values: runValues });
    expect((await folder.readUnfinished('talk/a'))!.values).toEqual(runValues);
  });

  it('stores unfinished runs until they are deleted', async () => {
    const state = { key: 'abc', runs: [], values: [] };
    expect(await folder.readUnfinished('talk/a')).toBeUndefined();
    await folder.writeUnfinished('talk/a', state);
    expect(await folder.readUnfinished('talk/a')).toEqual(state);
    expect(await folder.listUnfinished('talk/')).toEqual(['talk/a']);
    expect(await folder.listUnfinished('lab/')).toEqual([]);
    expect(folder.getCheckpointPath('talk/a', 42)).toBe(join(path, '.unfinished/talk/a/seed-42.checkpoint'));
    expect(await folder.read()).toEqual([]);
    await folder.deleteUnfinished('talk/a');
    expect(await folder.readUnfinished('talk/a')).toBeUndefined();
  });
});
