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

async function lossesWith(precision?: Precision): Promise<number[]> {
  const losses: number[] = [];
  const options = {
    loss: softmaxLoss(),
    optimizer: sgd({ learningRate: 2 }),
    epochs: 3,
    batchSize: 37,
    rng: createRng('fit'),
  };
  const network = factorization({ dim: 8 }).build(train.catalogue, createRng('model'));
  for await (const { loss } of fit(network, train, { ...options, ...(precision ? { precision } : {}) }))
    losses.push(loss);
  return losses;
}

describe('fit(precision)', () => {
  it.runIf(native)('learns with rounded products about what it learns with exact ones', async () => {
    await useBackend('native');
    const [exact, same, rounded] = [await lossesWith(), await lossesWith('fp32'), await lossesWith('bf16')];
    expect(same).toEqual(exact);
    expect(rounded).not.toEqual(exact);
    rounded.forEach((loss, epoch) => void expect(Math.abs(loss / exact[epoch]! - 1)).toBeLessThan(0.01));
  });

  it('refuses bf16 where the backend does not know it', async () => {
    await useBackend('cpu');
    await expect(lossesWith('bf16')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: withPrecision(precision): expected fp32 on the backend cpu, received bf16. Only the backend native supports bf16; see doctor().]`,
    );
  });
});
