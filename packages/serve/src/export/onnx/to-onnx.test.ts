import { useBackend } from '@footlight/engine';
import { ease, factorization, multVae, random, sasRec } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTrained, openSession } from './onnx.fixture.js';
import { expectSameLists } from './same-lists.fixture.js';

describe('toOnnx', () => {
  beforeAll(async () => {
    await useBackend('cpu');
  });

  it.each([
    factorization({ dim: 3 }),
    sasRec({ dim: 6, history: 5, heads: 2 }),
    multVae({ dims: [7, 3] }),
    ease({ regularization: 5 }),
  ])('has the top 20 of $name', (model) => expectSameLists(model), 60_000);

  it('refuses models that are no graphs, in words', async () => {
    const recommender = createTrained(random());
    await expect(openSession(recommender)).rejects.toThrowError(
      'a model whose computation is the same for all batches, received values that differ within a batch.',
    );
  });
});
