import { createRng } from '@footlight/core';
import { type Interactions, movielens, popularNegatives, selectRows } from '@footlight/datasets';
import { adam, tf, useBackend } from '@footlight/engine';
import { projectedEmbeddings } from '@footlight/layers';
import { bprLoss } from '@footlight/losses';
import { factorization, factorizationMachine, type Representation } from '@footlight/models';
import { createPredictor, fit } from '@footlight/trainer';
import { describe, expect, it } from 'vitest';

// Cold items: a fifth of the films has no training interactions. AUC among them, of users with such films: chance is
// 0.5. The vectors of films are their genres and years, and the words of their titles, hashed.

const hashedWords = 64;

/** Genres and years of 5 years each as 0 and 1, and the number of title words per hash. */
function createVectors({ catalogue: { itemCount, itemFeatures, itemTitles } }: Interactions) {
  const { names, offsets, ids } = itemFeatures!;
  const fields = new Map<string, number>();
  const find = (name: string) => fields.get(name) ?? fields.set(name, fields.size).get(name)!;
  const columns = names.map((name) => find(name.replace(/^year=(\d+)$/, (_, year) => `years=${Math.floor(year / 5)}`)));
  const dim = fields.size + hashedWords;
  const values = new Float32Array(itemCount * dim);
  for (let item = 0; item < itemCount; item++) {
    for (let at = offsets[item]!; at < offsets[item + 1]!; at++) values[item * dim + columns[ids[at]!]!] = 1;
    for (const word of itemTitles![item]!.toLowerCase().match(/[a-z]{3,}/g) ?? []) {
      const hash = [...word].reduce((sum, letter) => (31 * sum + letter.charCodeAt(0)) >>> 0, 7) % hashedWords;
      values[item * dim + fields.size + hash]! += 0.3;
    }
  }
  return { dim, values };
}

async function measure(model: Representation, train: Interactions, held: Interactions, cold: Int32Array) {
  const network = model.build(train.catalogue, createRng(42));
  const options = { loss: bprLoss(), epochs: 10, batchSize: 512, rng: createRng(7) };
  const negatives = popularNegatives({ count: 2, exponent: 0, reject: 'seen' });
  const optimizer = adam({ learningRate: 0.01, l2: 1e-5 });
  for await (const _ of fit(network, train, { ...options, negatives, optimizer }));
  const predictor = createPredictor(network);
  const place = new Map([...cold].map((item, at) => [item, at]));
  const targets = new Map<number, Set<number>>();
  for (const [row, user] of held.users.entries()) {
    const own = targets.get(user) ?? new Set<number>();
    targets.set(user, own.add(place.get(held.items[row]!)!));
  }
  let sum = 0;
  for (const [user, own] of targets) {
    const scores = tf.tidy(() => {
      const queries = { users: tf.tensor1d([user], 'int32'), history: tf.zeros([1, 1]), mask: tf.zeros([1, 1]) };
      return predictor.scoreCandidates(queries as never, tf.tensor2d(cold, [1, cold.length], 'int32')).dataSync();
    });
    let wins = 0;
    for (const target of own)
      for (let other = 0; other < cold.length; other++)
        if (!own.has(other)) wins += scores[target]! > scores[other]! ? 1 : scores[target] === scores[other] ? 0.5 : 0;
    sum += wins / (own.size * (cold.length - own.size));
  }
  return sum / targets.size;
}

describe('vectors of items', () => {
  it('rank films without interactions above chance, unlike ids', { timeout: 900_000 }, async () => {
    await useBackend();
    const all = await movielens('latest-small').load({ rng: createRng(1) });
    const rng = createRng(3);
    const isCold = Uint8Array.from({ length: all.catalogue.itemCount }, () => (rng.next() < 0.2 ? 1 : 0));
    const cold = Int32Array.from(isCold.keys()).filter((item) => isCold[item] === 1);
    const findRows = (wanted: number) =>
      Int32Array.from(all.items.keys()).filter((row) => isCold[all.items[row]!] === wanted);
    const itemVectors = createVectors(all);
    const { itemFeatures: _, userFeatures: __, ...catalogue } = all.catalogue;
    const train = { ...selectRows(all, findRows(0)), catalogue: { ...catalogue, itemVectors } };
    const held = selectRows(all, findRows(1));
    const aucs = {
      'factorization, ids alone': await measure(factorization({ dim: 32 }), train, held, cold),
      'factorization, item vectors': await measure(
        factorization({ dim: 32, itemEmbedding: projectedEmbeddings() }),
        train,
        held,
        cold,
      ),
      'factorization machine, item vectors': await measure(factorizationMachine({ dim: 32 }), train, held, cold),
    };
    process.stdout.write(`\n${cold.length} of ${all.catalogue.itemCount} films are cold, AUC among them\n`);
    console.table(aucs);
    expect(aucs['factorization, ids alone']).toBeLessThan(0.55);
    expect(aucs['factorization, item vectors']).toBeGreaterThan(0.6);
    expect(aucs['factorization machine, item vectors']).toBeGreaterThan(0.6);
  });
});
