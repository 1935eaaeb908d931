// structure: fold-in of choices and of ratings, against one independent solution
import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { cosineFactorization } from '../representations/cosine-factorization.js';
import { factorization } from '../representations/factorization.js';
import { factorizationMachine } from '../representations/factorization-machine.js';
import type { Network } from '../types.js';

const foldIn = { confidence: 2, regularization: 0.5, shrinkage: 3, noise: 0.8 };

/** Solves A x = b by Gaussian elimination: independent of the Cholesky decomposition of the package. */
function solve(a: number[][], b: number[]): number[] {
  const rows = a.map((row, at) => [...row, b[at]!]);
  for (let at = 0; at < rows.length; at++) {
    const pivot = rows.slice(at).reduce((best, row) => (Math.abs(row[at]!) > Math.abs(best[at]!) ? row : best));
    const from = rows.indexOf(pivot);
    [rows[at], rows[from]] = [pivot, rows[at]!];
    for (const row of rows)
      if (row !== pivot) {
        const factor = row[at]! / pivot[at]!;
        for (let k = at; k <= rows.length; k++) row[k]! -= factor * pivot[k]!;
      }
  }
  return rows.map((row, at) => row.at(-1)! / row[at]!);
}

const dot = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, d) => sum + value * other[d]!, 0);
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const getColumn = (rows: readonly number[][], d: number) => rows.map((row) => row[d]!);

/** The vector of a history, from the equations, with one loop per sum. */
function computeTaste(users: number[][], items: number[][], history: readonly number[]): number[] {
  const dim = items[0]!.length;
  const weights = items.map((_, item) => 1 + foldIn.confidence * history.filter((each) => each === item).length);
  const trace = items.reduce((sum, row) => sum + dot(row, row), 0);
  const left = Array.from({ length: dim }, (_, i) =>
    Array.from({ length: dim }, (_, j) =>
      items.reduce(
        (sum, row, item) => sum + weights[item]! * row[i]! * row[j]!,
        i === j ? (foldIn.regularization / dim) * trace : 0,
      ),
    ),
  );
  const right = Array.from({ length: dim }, (_, i) =>
    items.reduce((sum, row, item) => sum + (history.includes(item) ? weights[item]! * row[i]! : 0), 0),
  );
  const direction = solve(left, right);
  const length = Math.sqrt(average(users.map((row) => dot(row, row))));
  const mean = Array.from({ length: dim }, (_, d) => average(getColumn(users, d)));
  const count = new Set(history).size;
  const weight = count / (count + foldIn.shrinkage);
  return direction.map((value, d) => (weight * length * value) / Math.hypot(...direction) + (1 - weight) * mean[d]!);
}

function draw(count: number, dim: number, seed: number): number[][] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => Array.from({ length: dim }, () => rng.normal() + 0.3));
}

const users = draw(11, 3, 1);
const items = draw(7, 3, 2);
const [userBias, itemBias] = [draw(11, 1, 3), draw(7, 1, 4)];

function assign(network: Network, values: Readonly<Record<string, number[][] | number[]>>): Network {
  const parameters = collectParameters(network.parameters);
  for (const [path, value] of Object.entries(values)) parameters.get(path)!.assign(tf.tensor(value));
  return network;
}

function read(network: Network) {
  if (network.reads !== 'user' || network.histories.refusal !== undefined) throw new Error('expected fold-in');
  return network.histories;
}

function expectScores(scores: tf.Tensor2D, expected: readonly number[]): void {
  for (const [item, score] of scores.dataSync().entries()) expect(score).toBeCloseTo(expected[item]!, 4);
}

describe('createBilinearHistories', () => {
  const biased = assign(
    factorization({ dim: 3, foldIn, globalMean: true }).build({ userCount: 11, itemCount: 7 }, createRng(1)),
    {
      'user/weight': users,
      'item/weight': items,
      'userBias/weight': userBias,
      'itemBias/weight': itemBias,
      mean: [3.5],
    },
  );

  it('folds choices in by the equation', () => {
    for (const history of [[4], [2, 6, 2], [0, 1, 2, 3, 4, 5, 6]]) {
      const taste = computeTaste(users, items, history);
      expectScores(
        read(biased).score(Int32Array.from(history)),
        items.map((row, item) => dot(row, taste) + itemBias[item]![0]! + 3.5),
      );
    }
  });

  it('folds ratings in by the normal equations', () => {
    const history = [1, 5, 2, 4];
    const ratings = [5, 2, 4.5, 1];
    const mean = [0, 1, 2].map((d) => average(getColumn(users, d)));
    const spread = average(users.flatMap((row) => row.map((value, d) => (value - mean[d]!) ** 2)));
    const bias = average(userBias.flat());
    const biasSpread = average(userBias.map(([value]) => (value! - bias) ** 2));
    const noise = 0.8 * 1.1;
    const rows = history.map((item) => [...items[item]!, 1]);
    const prior = [...mean, bias];
    const left = prior.map((_, i) =>
      prior.map(
        (_, j) =>
          rows.reduce((sum, row) => sum + (row[i]! * row[j]!) / noise, 0) +
          (i === j ? 1 / (i < 3 ? spread : biasSpread) : 0),
      ),
    );
    const right = prior.map((_, i) =>
      rows.reduce(
        (sum, row, at) =>
          sum + (row[i]! * (ratings[at]! - 3.5 - itemBias[history[at]!]![0]! - dot(row, prior))) / noise,
        0,
      ),
    );
    const x = solve(left, right).map((value, d) => value + prior[d]!);
    const scores = read(biased).scoreRated!({
      items: Int32Array.from(history),
      ratings: Float32Array.from(ratings),
      link: (each) => each,
      training: { score: 3.5, variance: 1.1 },
    });
    expectScores(
      scores,
      items.map((row, item) => dot([...row, 1], x) + itemBias[item]![0]! + 3.5),
    );
  });

  it('folds in unit vectors for cosines, and leaves ratings out', () => {
    const network = assign(
      cosineFactorization({ dim: 3, foldIn }).build({ userCount: 11, itemCount: 7 }, createRng(1)),
      {
        'user/weight': users,
        'item/weight': items,
      },
    );
    const unit = (row: number[]) => row.map((value) => value / Math.hypot(...row));
    const taste = unit(computeTaste(users.map(unit), items.map(unit), [4, 0]));
    expectScores(
      read(network).score(Int32Array.of(4, 0)),
      items.map((row) => dot(unit(row), taste)),
    );
    expect(read(network).scoreRated).toBeUndefined();
  });

  it('folds in factorization machines like factorizations', () => {
    const network = assign(
      factorizationMachine({ dim: 3, foldIn }).build({ userCount: 11, itemCount: 7 }, createRng(1)),
      {
        'user/weight': users,
        'item/weight': items,
        'itemLinear/weight': itemBias,
        'userLinear/weight': userBias,
        bias: [3.5],
      },
    );
    const taste = computeTaste(users, items, [4, 0]);
    expectScores(
      read(network).score(Int32Array.of(4, 0)),
      items.map((row, item) => dot(row, taste) + itemBias[item]![0]! + 3.5),
    );
  });

  it('takes the mean and the length from trained users alone', () => {
    const trained = [0, 2, 3, 7];
    const some = { userCount: 11, itemCount: 7, trainedUsers: Int32Array.from(trained) };
    const network = assign(factorization({ dim: 3, foldIn }).build(some, createRng(1)), {
      'user/weight': users,
      'item/weight': items,
      'userBias/weight': userBias,
      'itemBias/weight': itemBias,
    });
    const rows = trained.map((user) => users[user]!);
    for (const history of [[], [4], [2, 6, 2]]) {
      const mean = [0, 1, 2].map((d) => average(getColumn(rows, d)));
      const taste = history.length === 0 ? mean : computeTaste(rows, items, history);
      expectScores(
        read(network).score(Int32Array.from(history)),
        items.map((row, item) => dot(row, taste) + itemBias[item]![0]!),
      );
    }
  });

  it('scores an empty history like the mean of the trained users', () => {
    const mean = [0, 1, 2].map((d) => average(getColumn(users, d)));
    expectScores(
      read(biased).score(new Int32Array(0)),
      items.map((row, item) => dot(row, mean) + itemBias[item]![0]! + 3.5),
    );
  });

  it('refuses items that do not exist', () => {
    expect(() => read(biased).score(Int32Array.of(7))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: foldIn(history): expected items from 0 to 6, received 7.]`,
    );
  });
});
