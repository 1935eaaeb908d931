import { createRng } from '@footlight/core';
import { type Precision, sgd, useBackend } from '@footlight/engine';
import { softmaxLoss } from '@footlight/losses';
import { factorization } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { fit } from './fit/fit.js';
import { createTwoTastes } from './fixtures.js';

const native = await useBackend('native').then(
  () => true,
  () => false,
);
const train = createTwoTastes();

async function computeLosses(precision?: Precision): Promise<number[]> {
  const losses: number[] = [];
  const options = {
    loss: softmaxLoss(),
    optimizer: sgd({ learningRate: 2 }),
    epochs: 3,
    batchSize: 37,
    rng: createRng('fit'),
  };
  const network = factorization({ dim: 8 }).build(train.catalogue, createRng('model'));
  for await (const { loss } of fit(network, train, { ...options, precision })) losses.push(loss);
  return losses;
}

describe('fit(precision)', () => {
  it.runIf(native)('has nearly the same losses with rounded products as with exact products', async () => {
    await useBackend('native');
    const [exact, same, rounded] = [await computeLosses(), await computeLosses('fp32'), await computeLosses('bf16')];
    expect(same).toEqual(exact);
    expect(rounded).not.toEqual(exact);
    rounded.forEach((loss, epoch) => void expect(Math.abs(loss / exact[epoch]! - 1)).toBeLessThan(0.01));
  });

  it('refuses bf16 on a backend without it', async () => {
    await useBackend('cpu');
    await expect(computeLosses('bf16')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: withPrecision(precision): expected fp32 on the backend cpu, received bf16. Only the backends native and wasm support bf16; see doctor().]`,
    );
  });
});
