import { collectParameters } from '@footlight/layers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { learnedExperiment } from '../fixtures.js';
import { describeEnvironment } from '../run/describe-environment.browser.js';
import { runExperiment } from '../run/run-experiment.js';
import { createArtifact, loadArtifact, saveArtifact } from './artifact.js';
import { fileCheckpoint } from './checkpoint.js';
import { diskFile } from './disk-file.browser.js';
import { indexedDbFile } from './indexed-db-file.js';
import { memoryFile } from './memory-file.js';
import { opfsFile } from './opfs-file.js';
import { toStoredFile } from './stored-file.js';

// `tooling/browser-check` writes with opfsFile and indexedDbFile in a browser.

const { model } = learnedExperiment;
const catchMessage = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    ({ message }: Error) => message,
  );

async function listWeights(options: Parameters<typeof runExperiment>[1]): Promise<number[][]> {
  const { recommender } = await runExperiment(learnedExperiment, options);
  return [...collectParameters(recommender.predictor.parameters).values()].map((each) => [...each.dataSync()]);
}

/** A run that stops in its first epoch, after writing its checkpoint. */
async function interrupt(checkpoint: ReturnType<typeof memoryFile>): Promise<void> {
  const stop = new AbortController();
  const options = { checkpoint, signal: stop.signal, onData: () => stop.abort() };
  await expect(runExperiment(learnedExperiment, options)).rejects.toThrow('abort');
}

afterEach(() => vi.unstubAllGlobals());

describe('stored files', () => {
  it('hold checkpoints: a run that was interrupted ends with the parameters of one that was not', async () => {
    const checkpoint = memoryFile();
    await interrupt(checkpoint);
    const blob = new Blob([(await checkpoint.read())!]);
    const whole = await listWeights({});
    const resumed = memoryFile(blob);
    expect(await listWeights({ checkpoint: resumed, resume: true })).toEqual(whole);
    expect(await listWeights({ from: blob })).toEqual(whole);
    await resumed.remove();
    expect(await resumed.read()).toBeUndefined();
  });

  it('hold saved models', async () => {
    const { recommender } = await runExperiment(learnedExperiment);
    const file = memoryFile();
    await saveArtifact(file, recommender, { model });
    const blob = await createArtifact(recommender, { model });
    expect(await file.read()).toEqual(new Uint8Array(await blob.arrayBuffer()));
    const expected = await recommender.recommend({ user: 101 }, 3);
    for (const source of [file, blob])
      expect(await (await loadArtifact(source, model)).recommend({ user: 101 }, 3)).toEqual(expected);
  });

  it('refuse what is damaged, missing or used by another run', async () => {
    const checkpoint = memoryFile();
    await interrupt(checkpoint);
    const bytes = (await checkpoint.read())!;
    bytes[bytes.length - 1]! ^= 1;
    const damaged = memoryFile(new File([bytes], 'run.safetensors'));
    const messages = [
      await catchMessage(runExperiment(learnedExperiment, { checkpoint: damaged, resume: true })),
      await catchMessage(runExperiment(learnedExperiment, { from: memoryFile() })),
      await catchMessage(checkpoint.lock(() => runExperiment(learnedExperiment, { checkpoint }))),
      await catchMessage(runExperiment(learnedExperiment, { checkpoint, from: checkpoint })),
      await catchMessage(loadArtifact(Promise.resolve() as never, model)),
    ];
    expect(messages.map((message) => message.replaceAll(/\(\d+\)/g, '(…)'))).toMatchInlineSnapshot(`
      [
        "run.safetensors: expected a file that Footlight wrote, received one whose content does not match its checksum. Write or copy it again.",
        "blob: expected a file at blob in memory (…), received none. Check the path.",
        "runExperiment(checkpoint blob in memory (…)): expected no other run of it, received another one. Wait until it ends, or choose another checkpoint.",
        "runExperiment(checkpoint): expected another file than that of from, received blob in memory (…).",
        "file: expected a path, a Blob or a stored file, received object. Wait for it with await: (await fetch(…)).blob().",
      ]
    `);
  });
});

describe('files in browsers', () => {
  it('have no paths', () => {
    expect(() => diskFile('a.safetensors')).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: path: expected a Blob or a stored file, received the path a.safetensors. Browsers open no paths: read a Blob, or store with opfsFile, indexedDbFile or memoryFile.]`,
    );
  });

  it('are refused in words where they cannot be stored', async () => {
    const messages = [
      await catchMessage(opfsFile('runs/a.safetensors').read()),
      await catchMessage(indexedDbFile('a.safetensors').write([])),
      await catchMessage(Promise.resolve().then(() => opfsFile('../a'))),
      await catchMessage(Promise.resolve().then(() => indexedDbFile(''))),
    ];
    vi.stubGlobal('navigator', {});
    messages.push(await catchMessage(runExperiment(learnedExperiment, { checkpoint: opfsFile('a') })));
    expect(messages).toMatchInlineSnapshot(`
      [
        "opfs:runs/a.safetensors: expected a browser with an origin private file system that can be written, on a page from https or localhost, received none. Try indexedDbFile.",
        "indexeddb:footlight/a.safetensors: expected a browser with IndexedDB, received none. In Node, pass a path.",
        "opfsFile(path): expected names with / between them, received "../a". Try 'runs/talk.safetensors'.",
        "indexedDbFile(name): expected a name, received none. Try 'talk.safetensors'.",
        "runExperiment(checkpoint opfs:a): expected a page that can lock it (navigator.locks), received one that cannot. Serve the page by https or from localhost.",
      ]
    `);
  });

  it('say that the browser gives no more space', async () => {
    const fail = async () => {
      throw new DOMException('Quota exceeded.', 'QuotaExceededError');
    };
    const getFileHandle = async () => ({ createWritable: async () => ({ write: fail, abort: fail }) });
    vi.stubGlobal(
      'FileSystemFileHandle',
      class {
        createWritable() {}
      },
    );
    vi.stubGlobal('navigator', { storage: { getDirectory: async () => ({ getFileHandle }) } });
    const state = { parameters: new Map(), optimizer: { state: () => new Map() } } as never;
    const position = { epoch: 0, step: 0, lossSum: 0, queryCount: 0, epochs: [] };
    const written = fileCheckpoint({ path: opfsFile('a.safetensors'), key: 'run' }).write(position, state);
    expect(await catchMessage(written)).toMatchInlineSnapshot(
      `"footlight: could not write opfs:a.safetensors: the browser gives this site no more storage. Delete files of the site, or free space on the disk. An earlier file of this name is unchanged."`,
    );
    await expect(written).rejects.toMatchObject({ code: 'write-failed' });
  });

  it('are locked by name for all tabs', async () => {
    const request = async (_: string, __: object, work: (lock: unknown) => unknown) => work(null);
    vi.stubGlobal('navigator', { locks: { request } });
    const run = runExperiment(learnedExperiment, { checkpoint: indexedDbFile('a') });
    await expect(run).rejects.toMatchObject({ code: 'locked' });
    expect(await catchMessage(run)).toMatchInlineSnapshot(
      `"runExperiment(checkpoint indexeddb:footlight/a): expected no other run of it, received another one, in this page, another tab or a worker. Wait until it ends, or choose another checkpoint."`,
    );
  });

  it('have the same name in the storage as beside it', () => {
    const files = [opfsFile('runs/a'), indexedDbFile('a', { database: 'runs' }), toStoredFile('/runs/a'), memoryFile()];
    for (const file of files) {
      expect(file.withEnding('.refit').location).not.toBe(file.location);
      expect(file.withEnding('.refit').location).toBe(file.withEnding('.refit').location);
      expect(file.withEnding('.refit').name).toBe(`${file.name}.refit`);
    }
  });

  it('are described with the browser', () => {
    vi.stubGlobal('navigator', { userAgent: 'a browser', hardwareConcurrency: 3 });
    expect(describeEnvironment()).toMatchObject({ node: 'none', platform: 'a browser', threads: 3 });
  });
});
