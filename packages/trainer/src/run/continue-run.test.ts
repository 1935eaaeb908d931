import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adam, sgd } from '@footlight/engine';
import { collectParameters, disposeParameters } from '@footlight/layers';
import { factorization } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { constantPenalty } from '../fit/penalty-weight.js';
import { stepDecay } from '../fit/schedule.js';
import { describeTrainingStart } from '../fit/start-from.js';
import { stopEarly } from '../fit/stop-early.js';
import { createDataset, createTwoTastes, learnedExperiment } from '../fixtures.js';
import { saveArtifact } from '../storage/artifact.js';
import { readTensorFile } from '../storage/tensor-file.js';
import type { LearnedExperiment } from '../types.js';
import { runExperiment } from './run-experiment.js';
import type { Outcome, RunOptions } from './types.js';

const optimizer = () => adam({ learningRate: 0.02, l2: 0.001 });
const define = (more: Partial<LearnedExperiment> = {}) =>
  defineExperiment({
    ...learnedExperiment,
    optimizer,
    schedule: stepDecay({ every: 2, factor: 0.5 }),
    epochs: 5,
    batchSize: 32,
    ...more,
  } as LearnedExperiment);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footlight-'));
});
const inFolder = (name: string): string => join(folder, name);

async function readWeights({ recommender }: Outcome): Promise<Record<string, number[]>> {
  const { parameters } = recommender.predictor;
  const weights = Object.fromEntries(
    [...collectParameters(parameters)].map(([path, variable]) => [path, [...variable.dataSync()]]),
  );
  disposeParameters(parameters);
  return weights;
}

const readLosses = ({ epochs }: Outcome): number[] => epochs.map(({ loss }) => loss);

async function readState(name: string): Promise<unknown> {
  return (await readTensorFile(inFolder(name))).tensors;
}

describe('continuing a run from a checkpoint', () => {
  it('ends with the bytes of one run of as many epochs: parameters, moments, losses and metrics', async () => {
    const whole = await runExperiment(define(), { checkpoint: inFolder('whole') });
    disposeParameters(
      (await runExperiment(define({ epochs: 2 }), { checkpoint: inFolder('two') })).recommender.predictor.parameters,
    );
    const before = await readFile(inFolder('two'));
    const starts: unknown[] = [];
    const rest = await runExperiment(define(), {
      from: inFolder('two'),
      checkpoint: inFolder('rest'),
      onStart: (start) => starts.push(start),
    });
    expect(rest.metrics).toEqual(whole.metrics);
    expect(readLosses(rest)).toEqual(readLosses(whole));
    expect(await readWeights(rest)).toEqual(await readWeights(whole));
    expect(await readState('rest')).toEqual(await readState('whole'));
    expect(await readFile(inFolder('two'))).toEqual(before);
    expect(starts).toEqual([{ epoch: 2, step: 0 }]);
    expect(rest.started).toEqual({ epoch: 2, step: 0 });
    expect(rest.training!['from']).toMatch(/^[0-9a-f]{12}$/);
    expect(describeTrainingStart(rest.started!)).toBe(
      'from a checkpoint after 2 epochs, with the state of its optimizer',
    );
  });

  it('continues within an epoch, and resumes from its own checkpoint when it is interrupted again', async () => {
    const interrupt = async (options: RunOptions, steps: number) => {
      const controller = new AbortController();
      const running = runExperiment(define(), {
        ...options,
        checkpointSeconds: 0,
        signal: controller.signal,
        onProgress: ({ label, done }) => {
          if (label === 'train' && done >= steps) controller.abort(new Error('interrupted'));
        },
      });
      await expect(running).rejects.toThrow('interrupted');
    };
    const whole = await runExperiment(define());
    await interrupt({ checkpoint: inFolder('first') }, 1);
    await interrupt({ from: inFolder('first'), checkpoint: inFolder('second') }, 20);
    const rest = await runExperiment(define(), {
      from: inFolder('first'),
      checkpoint: inFolder('second'),
      resume: true,
    });
    expect(readLosses(rest)).toEqual(readLosses(whole));
    expect(await readWeights(rest)).toEqual(await readWeights(whole));
  });

  it('goes on after early stopping with more patience, and restores the best epoch of all', async () => {
    const watch = (patience: number) =>
      define({ epochs: 9, stopEarly: stopEarly({ metric: 'mrr', patience, minimumChange: 0.5 }) });
    const whole = await runExperiment(watch(4));
    await runExperiment(watch(1), { checkpoint: inFolder('impatient') });
    const rest = await runExperiment(watch(4), { from: inFolder('impatient') });
    expect([rest.bestEpoch, rest.epochs.length]).toEqual([whole.bestEpoch, whole.epochs.length]);
    expect(readLosses(rest)).toEqual(readLosses(whole));
    expect(await readWeights(rest)).toEqual(await readWeights(whole));
  });

  it('trains again on the validation part as one run does', async () => {
    const whole = await runExperiment(define({ refit: true }));
    await runExperiment(define({ refit: true, epochs: 2 }), { checkpoint: inFolder('with-refit') });
    const rest = await runExperiment(define({ refit: true }), { from: inFolder('with-refit') });
    expect(rest.started).toEqual({ epoch: 2, step: 0 });
    expect(rest.metrics).toEqual(whole.metrics);
    expect(await readWeights(rest)).toEqual(await readWeights(whole));
  });

  it('starts the optimizer anew from a saved model, and says so', async () => {
    const whole = await runExperiment(define());
    const two = await runExperiment(define({ epochs: 2 }));
    await saveArtifact(inFolder('model'), two.recommender, { model: learnedExperiment.model });
    const rest = await runExperiment(define({ epochs: 3 }), { from: inFolder('model') });
    expect(await readWeights(rest)).not.toEqual(await readWeights(whole));
    expect(describeTrainingStart(rest.started!)).toBe(
      'from the parameters of an earlier model (60 users known, 0 new, 0 gone; 34 items known, 0 new, 0 gone); ' +
        'the optimizer starts anew',
    );
  });

  it('is refused where the runs differ, where no epoch is left, and for the file that it would write', async () => {
    await runExperiment(define({ epochs: 2 }), { checkpoint: inFolder('earlier') });
    const refuse = async (more: Partial<LearnedExperiment>, options: RunOptions = {}) =>
      (
        (await runExperiment(define(more), { from: inFolder('earlier'), ...options }).catch((cause) => cause)) as Error
      ).message.replaceAll(folder, '…');
    const others = createTwoTastes();
    others.items[0] = others.items[0] === 0 ? 2 : 0;
    const messages = [
      await refuse({ optimizer: () => sgd({ learningRate: 0.02 }) }),
      await refuse({ seed: 8 }),
      await refuse({ model: factorization({ dim: 7 }) }),
      await refuse({ epochs: 2 }),
      await refuse({}, { checkpoint: inFolder('earlier') }),
      await refuse({
        twoStaged: { secondRise: 'same-epochs' },
        penalty: constantPenalty({ weight: 1 }),
        stopEarly: stopEarly({ metric: 'mrr' }),
      }),
      await refuse({ dataset: createDataset(others) }),
    ];
    expect(messages.join('\n')).toMatchInlineSnapshot(`
      "runExperiment(from): expected the checkpoint of a run that differs in its epochs or patience alone, received earlier, which differs in training.optimizer.name: "sgd" ≠ "adam"; training.optimizer.momentum: 0 ≠ absent; training.optimizer.l2: 0 ≠ 0.001; training.optimizer.beta1: absent ≠ 0.9; training.optimizer.beta2: absent ≠ 0.999; training.optimizer.epsilon: absent ≠ 1e-8. To take over the parameters alone, start from its saved model.
      runExperiment(from): expected the checkpoint of a run that differs in its epochs or patience alone, received earlier, which differs in seed: 8 ≠ 3. To take over the parameters alone, start from its saved model.
      runExperiment(from): expected the checkpoint of a run that differs in its epochs or patience alone, received earlier, which differs in training.model.dim: 7 ≠ 5. To take over the parameters alone, start from its saved model.
      defineExperiment(epochs): expected more epochs in all than the 2 of the checkpoint that training starts from, received 2. Try 4.
      runExperiment(checkpoint): expected another file than that of from, received …/earlier.
      runInTwoStages(from): expected a saved model, since each of two stages has a checkpoint of its own, received the checkpoint of a run. Continue an interrupted run with its own checkpoint and resume.
      runExperiment(from): expected the checkpoint of a run that differs in its epochs or patience alone, received earlier, which differs in protocol.dataset.fingerprint: "21099f67f95ba662fcc0c5991c099de4" ≠ "1d3f53262398e4893891a75083774d6d". To take over the parameters alone, start from its saved model."
    `);
  });
});
