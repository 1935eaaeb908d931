// structure: one artifact and one checkpoint, damaged in many ways
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecsysError } from '@footlight/core';
import { adam, tf } from '@footlight/engine';
import { factorization, itemKnn } from '@footlight/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { createDataset, createTwoTastes, learnedExperiment } from '../fixtures.js';
import { runExperiment } from '../run/run-experiment.js';
import { describeArtifact, loadArtifact, saveArtifact } from './artifact.js';
import { fileCheckpoint, type TrainingState } from './checkpoint.js';
import { changeJson, type ForgedHeader, flipBits, forgeFile } from './forge-file.fixture.js';
import { readTensorFile, writeTensorFile } from './tensor-file.js';

const folder = mkdtempSync(join(tmpdir(), 'footlight-'));
const forged = join(folder, 'forged');
const artifact = join(folder, 'model.safetensors');
const checkpoint = join(folder, 'run.safetensors');

const createState = (): TrainingState => ({
  parameters: new Map([['item/weight', tf.tidy(() => tf.variable(tf.tensor2d([1, 2], [2, 1])))]]),
  optimizer: adam({ learningRate: 0.1 }),
});

async function restore(path: string): Promise<unknown> {
  const state = createState();
  try {
    return await fileCheckpoint({ path, key: 'run' }).restore(state);
  } finally {
    for (const variable of state.parameters.values()) variable.dispose();
  }
}

function rename(header: ForgedHeader, from: string, to: string): void {
  header[to] = header[from]!;
  delete header[from];
}

/** Flipped bits of each part of a file. */
const flips = process.env['FOOTLIGHT_TEST_SUITE'] === 'all' ? 2000 : 100;

const catchError = async (work: Promise<unknown>) => (await work.catch((error: Error) => error)) as RecsysError;

type SavedCatalogue = Record<string, unknown> & { itemFeatures: { names: string[]; offsets: number[]; ids: number[] } };

beforeAll(async () => {
  await tf.setBackend('cpu');
  const all = createTwoTastes();
  const itemFeatures = {
    names: ['parity=even', 'parity=odd'],
    offsets: Int32Array.from({ length: 35 }, (_, item) => item),
    ids: Int32Array.from({ length: 34 }, (_, item) => item % 2),
  };
  const dataset = createDataset({ ...all, catalogue: { ...all.catalogue, itemFeatures } });
  const outcome = await runExperiment(defineExperiment({ ...learnedExperiment, dataset, epochs: 1 }));
  const { recommender, protocol } = outcome;
  await saveArtifact(artifact, recommender, { model: learnedExperiment.model, protocol });
  const state = createState();
  state.optimizer.apply(
    state.parameters,
    new Map([['item/weight', { kind: 'dense', values: Float32Array.of(0.5, -1) }]]),
  );
  state.best = {
    epoch: 0,
    value: 0.25,
    weights: new Map([['item/weight', { shape: [2, 1], values: Float32Array.of(7, 8) }]]),
  };
  const epochs = [{ epoch: 0, loss: 0.5, seconds: 1, validation: { mrr: Number.NaN } }];
  await fileCheckpoint({ path: checkpoint, key: 'run', description: { seed: 1 } }).write(
    { epoch: 1, step: 5, lossSum: 0.3, queryCount: 9, epochs },
    state,
  );
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('one flipped bit', () => {
  const files = [
    ['an artifact', artifact, (path: string) => loadArtifact(path, learnedExperiment.model)],
    ['a checkpoint', checkpoint, restore],
  ] as const;
  it.each(files)(
    'in %s is refused as damage, wherever it is, and leaks nothing',
    async (_, path, load) => {
      await load(path);
      const before = tf.memory();
      const bytes = readFileSync(path);
      let refused = 0;
      for (const { flipped, at } of flipBits(bytes, flips)) {
        writeFileSync(forged, flipped);
        const error = await catchError(load(forged));
        if (!(error instanceof RecsysError && error.code === 'file-damaged')) throw new Error(`bit at ${at}: ${error}`);
        refused++;
      }
      expect(refused).toBe(2 * flips);
      expect(tf.memory()).toEqual(before);
    },
    120_000,
  );
});

describe('a forged file with a correct checksum', () => {
  const catalogue = (change: (saved: SavedCatalogue) => void) => (header: ForgedHeader) =>
    changeJson(header, 'catalogue', change);
  const artifacts: Record<string, (header: ForgedHeader) => void> = {
    'too many items': catalogue((saved) => {
      saved['itemCount'] = 2 ** 31;
    }),
    'too many users': catalogue((saved) => {
      saved['userCount'] = 2e8;
    }),
    'half a user': catalogue((saved) => {
      saved['userCount'] = 1.5;
    }),
    'missing titles': catalogue((saved) => (saved['itemTitles'] as string[]).pop()),
    'titles that are numbers': catalogue((saved) => {
      saved['itemTitles'] = Array(34).fill(1);
    }),
    'offsets out of order': catalogue(({ itemFeatures }) => {
      itemFeatures.offsets[3] = 30;
    }),
    'offsets beyond the ids': catalogue(({ itemFeatures }) => {
      itemFeatures.offsets[34] = 2 ** 31;
    }),
    'unknown features': catalogue(({ itemFeatures }) => {
      itemFeatures.ids[3] = 2;
    }),
    'no features': catalogue((saved) => {
      (saved['itemFeatures'] as unknown) = null;
    }),
    'a catalogue that is a list': (header) => {
      header.__metadata__['catalogue'] = '[]';
    },
    'no catalogue': (header) => delete header.__metadata__['catalogue'],
    'an unknown order': (header) => {
      header.__metadata__['order'] = 'reverse';
    },
    'no description': (header) => delete header.__metadata__['description'],
    'a description without a model': (header) => {
      header.__metadata__['description'] = '{"model":null}';
    },
    'a type of the prototype': (header) => {
      header['users']!.dtype = 'constructor';
    },
    'a negative shape': (header) => {
      header['users']!.shape = [-1];
    },
    'a shape larger than its bytes': (header) => {
      header['users']!.shape = [2 ** 40];
    },
    'bytes beyond the end': (header) => {
      header['users']!.data_offsets[1]! += 2 ** 40;
    },
    'users that are fractions': (header) => {
      header['users']!.dtype = 'F32';
    },
    'bytes that overlap': (header) => {
      header['items']!.data_offsets = [...header['users']!.data_offsets];
    },
    'no users': (header) => rename(header, 'users', 'others'),
    'ratings of fewer rows': (header) => {
      header['ratings']!.shape = [1, header['ratings']!.shape[0]!];
    },
  };

  it.each(Object.keys(artifacts))('is refused for %s, and leaks nothing', async (name) => {
    const before = tf.memory();
    forgeFile(artifact, forged, artifacts[name]!);
    const error = await catchError(loadArtifact(forged, learnedExperiment.model));
    expect([error.code, error.message]).toEqual([
      'file-damaged',
      expect.stringMatching(
        /^forged: expected a file that Footlight wrote, received one .*\. Write or copy it again\.$/,
      ),
    ]);
    expect(tf.memory()).toEqual(before);
  });

  it.each([-1, 34, 2 ** 31 - 1])('is refused for neighbors of an item-knn with the id %i', async (id) => {
    const model = itemKnn({ neighbors: 40 }); // more than there are items, so that some have no id
    const { metrics, ...rest } = learnedExperiment;
    const knn = defineExperiment({ dataset: rest.dataset, split: rest.split, metrics, model, seed: 1 });
    const { recommender, protocol } = await runExperiment(knn);
    await saveArtifact(forged, recommender, { model, protocol });
    const history = { history: [recommender.catalogue.itemIds[3]!] };
    const loaded = await loadArtifact(forged, model);
    expect(await loaded.recommend(history, 5)).toEqual(await recommender.recommend(history, 5));
    const before = tf.memory();
    const file = await readTensorFile(forged);
    (file.tensors.get('weights:ids')!.values as Int32Array)[7] = id;
    await writeTensorFile(forged, file);
    const error = await catchError(loadArtifact(forged, model));
    expect([error.code, error.message]).toEqual([
      'file-damaged',
      'forged: expected a file that Footlight wrote, received one that does not fit together: ids has the id ' +
        `${id}, expected from 0 to 33. Write or copy it again.`,
    ]);
    expect(tf.memory()).toEqual(before);
  });

  it('says which column does not fit', async () => {
    const messages: string[] = [];
    for (const name of ['too many users', 'offsets out of order', 'a shape larger than its bytes', 'no description']) {
      forgeFile(artifact, forged, artifacts[name]!);
      messages.push(
        (await catchError(loadArtifact(forged, learnedExperiment.model))).message.slice(
          'forged: expected a file that Footlight wrote, received '.length,
        ),
      );
    }
    expect(messages).toMatchInlineSnapshot(`
      [
        "one that does not fit together: 60 userIds, 200000000 expected. Write or copy it again.",
        "one that does not fit together: the offsets of itemFeatures do not ascend. Write or copy it again.",
        "one whose header does not fit: users of shape [1099511627776] needs 4398046511104 bytes and has 1440. Write or copy it again.",
        "one whose description is missing or no object. Write or copy it again.",
      ]
    `);
  });

  it('is refused for weights of another model, and leaks nothing', async () => {
    const before = tf.memory();
    const weight = 'weights:item/weight';
    for (const change of [
      (header: ForgedHeader) => header[weight]!.shape.reverse(),
      (header: ForgedHeader) => {
        header[weight]!.dtype = 'I32';
      },
      (header: ForgedHeader) => rename(header, weight, 'weights:other'),
    ]) {
      forgeFile(artifact, forged, change);
      const error = await catchError(loadArtifact(forged, learnedExperiment.model));
      expect([error.code, error.message]).toEqual(['invalid-argument', expect.stringMatching(/^parameters: /)]);
    }
    expect(tf.memory()).toEqual(before);
  });

  it('cannot make a model larger than its weights', async () => {
    const before = tf.memory();
    for (const model of [factorization({ dim: 10 ** 9 }), factorization({ dim: 10 ** 6 })]) {
      forgeFile(artifact, forged, (header) =>
        changeJson<{ model: unknown }>(header, 'description', (saved) => {
          saved.model = { name: model.name, protocol: model.protocol };
        }),
      );
      expect(await catchError(loadArtifact(forged, model))).toMatchObject({ code: 'out-of-range' });
    }
    expect(tf.memory()).toEqual(before);
  });

  it('is refused for a checkpoint at a position that is none', async () => {
    const position = (change: (saved: Record<string, unknown>) => void) => (header: ForgedHeader) =>
      changeJson(header, 'position', change);
    const messages: string[] = [];
    for (const change of [
      position((saved) => {
        saved['epoch'] = 2;
      }),
      position((saved) => {
        saved['step'] = 2.5;
      }),
      position((saved) => {
        saved['lossSum'] = null;
      }),
      position((saved) => {
        (saved['epochs'] as object[])[0] = {};
      }),
      (header: ForgedHeader) => {
        header.__metadata__['best'] = '{"epoch":7,"value":1}';
      },
      (header: ForgedHeader) => delete header.__metadata__['position'],
      (header: ForgedHeader) => rename(header, 'optimizer:item/weight:mean', 'moved'),
      (header: ForgedHeader) => {
        header['weights:item/weight']!.shape = [1, 2];
      },
    ]) {
      const before = tf.memory();
      forgeFile(checkpoint, forged, change);
      const error = await catchError(restore(forged));
      messages.push(`${error.code}: ${error.message}`);
      expect(tf.memory()).toEqual(before);
    }
    expect(messages).toMatchInlineSnapshot(`
      [
        "file-damaged: forged: expected a file that Footlight wrote, received one without a report of each of its 2 epochs. Write or copy it again.",
        "file-damaged: forged: expected a file that Footlight wrote, received one at the epoch 1 and the step 2.5. Write or copy it again.",
        "file-damaged: forged: expected a file that Footlight wrote, received one with the loss null of 9 queries. Write or copy it again.",
        "file-damaged: forged: expected a file that Footlight wrote, received one without a report of each of its 1 epochs. Write or copy it again.",
        "file-damaged: forged: expected a file that Footlight wrote, received one with the best epoch 7 of 1, with the value 1. Write or copy it again.",
        "file-damaged: forged: expected a file that Footlight wrote, received one whose position is missing or no object. Write or copy it again.",
        "invalid-argument: optimizer.restore: expected 2 values of item/weight:mean, received none. Restore the state of an optimizer with the same options.",
        "invalid-argument: parameters: expected item/weight of shape [2, 1], received [1, 2]. Build the model with the sizes it was saved with.",
      ]
    `);
  });
});

describe('a file of an earlier version', () => {
  it('is read, although its checksum covers the numbers alone', async () => {
    const bytes = readFileSync(artifact);
    const start = 8 + Number(bytes.readBigUInt64LE(0));
    const { __metadata__, ...tensors } = JSON.parse(bytes.toString('utf8', 8, start)) as ForgedHeader;
    const { sha256: _, ...texts } = __metadata__;
    const sha256 = createHash('sha256').update(bytes.subarray(start)).digest('hex');
    const text = Buffer.from(JSON.stringify({ __metadata__: { ...texts, sha256 }, ...tensors }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length), 0);
    writeFileSync(forged, Buffer.concat([length, text, bytes.subarray(start)]));
    expect(await describeArtifact(forged)).toEqual(await describeArtifact(artifact));
    const query = { user: 107 };
    const [earlier, now] = [
      await loadArtifact(forged, learnedExperiment.model),
      await loadArtifact(artifact, learnedExperiment.model),
    ];
    expect(await earlier.recommend(query, 5)).toEqual(await now.recommend(query, 5));
  });
});
