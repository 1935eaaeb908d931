import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adam, tf } from '@footlight/engine';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileCheckpoint, startPosition, type TrainingState } from './checkpoint.js';
import { copyParameters } from './parameters.js';

const createState = (values: number[]): TrainingState => ({
  parameters: new Map([['item/weight', tf.variable(tf.tensor2d(values, [2, 1]))]]),
  optimizer: adam({ learningRate: 0.1 }),
});
const step = ({ parameters, optimizer }: TrainingState) =>
  optimizer.apply(parameters, new Map([['item/weight', { kind: 'dense', values: Float32Array.of(0.5, -1) }]]));

describe('fileCheckpoint', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    await tf.setBackend('cpu');
    folder = await mkdtemp(join(tmpdir(), 'footlight-'));
    path = join(folder, 'run.safetensors');
  });

  it('restores parameters, optimizer state, position and the best epoch so far', async () => {
    const state = createState([1, 2]);
    step(state);
    state.best = {
      epoch: 3,
      value: 0.25,
      weights: new Map([['item/weight', { shape: [2, 1], values: Float32Array.of(7, 8) }]]),
    };
    const epochs = [0, 1, 2, 3].map((epoch) => ({ epoch, loss: 0.5, seconds: 1, validation: { mrr: 0.25 } }));
    const position = { epochs, epoch: 4, step: 5, lossSum: 0.1 + 0.2, queryCount: 9 };
    await fileCheckpoint({ path, key: 'run' }).write(position, state);

    const other = createState([0, 0]);
    expect(await fileCheckpoint({ path, key: 'run' }).restore(other)).toEqual(position);
    expect(other.best).toEqual(state.best);
    step(state);
    step(other); // with equal moments the next step is equal too
    expect(await copyParameters(other.parameters)).toEqual(await copyParameters(state.parameters));
  });

  it('restores validation metrics that are NaN, which a schedule does not take for 0', async () => {
    const epochs = [{ epoch: 0, loss: 1, seconds: 1, validation: { 'ndcg@10': Number.NaN, mrr: -0 } }];
    await fileCheckpoint({ path, key: 'run' }).write({ ...startPosition, epoch: 1, epochs }, createState([1, 2]));
    const restored = await fileCheckpoint({ path, key: 'run' }).restore(createState([1, 2]));
    expect(restored!.epochs).toEqual(epochs);
  });

  it('restores nothing without a file', async () => {
    expect(await fileCheckpoint({ path, key: 'run' }).restore(createState([1, 2]))).toBeUndefined();
  });

  it('refuses the checkpoint of another run', async () => {
    await fileCheckpoint({ path, key: 'a' }).write(startPosition, createState([1, 2]));
    const error = (await fileCheckpoint({ path, key: 'b' })
      .restore(createState([1, 2]))
      .catch((cause: Error) => cause)) as Error;
    expect(error.message.replace(folder, '…')).toMatchInlineSnapshot(
      `"run.safetensors: expected a checkpoint of this run (b), received …/run.safetensors of another (a). Delete it, or run without resume."`,
    );
  });

  it('names the fields in which the other run differs', async () => {
    const describeRun = (fingerprint: string) => ({ protocol: { dataset: { fingerprint } }, seed: 1 });
    await fileCheckpoint({ path, key: 'a', description: describeRun('1') }).write(startPosition, createState([1, 2]));
    const restored = fileCheckpoint({ path, key: 'b', description: describeRun('2') }).restore(createState([1, 2]));
    await expect(restored).rejects.toMatchObject({
      code: 'checkpoint-mismatch',
      message: expect.stringContaining('(a), which differ in protocol.dataset.fingerprint: "2" ≠ "1". Delete it'),
    });
  });
});
