import type { BilinearLoss, BilinearOptimizer, BilinearQueries } from '@footlight/native';

/** The factorization in numbers of double precision, from the equations: no fast path, every row at every step. */
export interface Reference {
  readonly user: Float64Array; // [user, dim]
  readonly item: Float64Array; // [item, dim]
  readonly userBias: Float64Array; // [user]
  readonly itemBias: Float64Array; // [item]
  /** One step for all queries; returns the mean loss before it. */
  step(queries: Omit<BilinearQueries, 'batch' | 'outLosses'>): number;
}

export interface ReferenceOptions {
  readonly dim: number;
  readonly biases: boolean;
  readonly loss: BilinearLoss;
  readonly optimizer: BilinearOptimizer;
  readonly weights: Record<'user' | 'item' | 'userBias' | 'itemBias', Float32Array>;
}

export function createReference({ dim, biases, loss, optimizer, weights }: ReferenceOptions): Reference {
  const tables = {
    user: Float64Array.from(weights.user),
    item: Float64Array.from(weights.item),
    userBias: Float64Array.from(weights.userBias),
    itemBias: Float64Array.from(weights.itemBias),
  };
  const { user, item, userBias, itemBias } = tables;
  const moments = new Map(
    Object.values(tables).map((table) => [
      table,
      [new Float64Array(table.length), new Float64Array(table.length)] as const,
    ]),
  );
  let steps = 0;

  const scoreOf = (u: number, i: number): number => {
    let score = biases ? userBias[u]! + itemBias[i]! : 0;
    for (let d = 0; d < dim; d++) score += user[u * dim + d]! * item[i * dim + d]!;
    return score;
  };

  return {
    ...tables,
    step({ users, positives, negatives, factor = 1 }) {
      steps++;
      const gradients = new Map(Object.values(tables).map((table) => [table, new Float64Array(table.length)]));
      const named = { user: new Set<number>(), item: new Set<number>() };
      const count = negatives.length / users.length;
      let sum = 0;
      users.forEach((u, q) => {
        const candidates = [positives[q]!, ...negatives.subarray(q * count, (q + 1) * count)];
        const scores = candidates.map((i) => scoreOf(u, i));
        const itemCount = itemBias.length;
        sum += lossOf(loss, scores, itemCount);
        const slopes = slopesOf(loss, scores, itemCount);
        named.user.add(u);
        candidates.forEach((i, c) => {
          const slope = slopes[c]! / users.length;
          named.item.add(i);
          gradients.get(userBias)![u]! += slope;
          gradients.get(itemBias)![i]! += slope;
          for (let d = 0; d < dim; d++) {
            gradients.get(user)![u * dim + d]! += slope * item[i * dim + d]!;
            gradients.get(item)![i * dim + d]! += slope * user[u * dim + d]!;
          }
        });
      });
      for (const [table, ids, width] of [
        [user, named.user, dim],
        [item, named.item, dim],
        ...(biases
          ? ([
              [userBias, named.user, 1],
              [itemBias, named.item, 1],
            ] as const)
          : []),
      ] as const)
        for (let at = 0; at < table.length; at++)
          if (optimizer.rows === 'dense' || ids.has(Math.floor(at / width)))
            update(optimizer, table, at, gradients.get(table)![at]!, moments.get(table)!, steps, factor);
      return sum / users.length;
    },
  };
}

function update(
  {
    name,
    learningRate,
    momentum = 0,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = name === 'adagrad' ? 1e-10 : 1e-8,
    l2 = 0,
    decay = 0.01,
  }: BilinearOptimizer,
  w: Float64Array,
  at: number,
  slope: number,
  [first, second]: readonly [Float64Array, Float64Array],
  step: number,
  factor: number,
): void {
  const rate = learningRate * factor;
  if (name === 'adam-w') w[at]! *= 1 - rate * decay;
  const g = slope + (name === 'adam-w' ? 0 : l2 * w[at]!);
  if (name === 'sgd') {
    first[at] = momentum * first[at]! + g;
    w[at]! -= rate * first[at]!;
  } else if (name === 'adagrad') {
    first[at]! += g * g;
    w[at]! -= (rate * g) / (Math.sqrt(first[at]!) + epsilon);
  } else {
    first[at] = beta1 * first[at]! + (1 - beta1) * g;
    second[at] = beta2 * second[at]! + (1 - beta2) * g * g;
    const mean = first[at]! / (1 - beta1 ** step);
    const square = second[at]! / (1 - beta2 ** step);
    w[at]! -= (rate * mean) / (Math.sqrt(square) + epsilon);
  }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** The loss of one query; scores [1 + negative], the positive first. */
export function lossOf(
  { name, margin = 1, terms = 'sum', weight = 'harmonic' }: BilinearLoss,
  scores: readonly number[],
  itemCount: number,
): number {
  const [p, ...negatives] = scores as [number, ...number[]];
  switch (name) {
    case 'pointwise':
      return (1 - sigmoid(p) + average(negatives.map(sigmoid))) * (terms === 'mean' ? 0.5 : 1);
    case 'bpr':
      return average(negatives.map((n) => Math.log(1 + Math.exp(n - p))));
    case 'sigmoid-bpr':
      return average(negatives.map((n) => 1 - sigmoid(p - n)));
    case 'hinge':
      return average(negatives.map((n) => Math.max(0, n - p + margin)));
    case 'adaptive-hinge':
      return Math.max(0, Math.max(...negatives) - p + margin);
    case 'warp': {
      const draw = negatives.findIndex((n) => n - p + margin > 0);
      if (draw < 0) return 0;
      const rank = Math.max(1, Math.floor((itemCount - 1) / (draw + 1)));
      let harmonic = 0;
      for (let i = 1; i <= rank; i++) harmonic += 1 / i;
      return (weight === 'harmonic' ? harmonic : Math.log(rank)) * (negatives[draw]! - p + margin);
    }
    case 'logistic':
      return -Math.log(sigmoid(p)) - average(negatives.map((n) => Math.log(sigmoid(-n))));
    case 'sampled-softmax':
      return Math.log(1 + negatives.reduce((sum, n) => sum + Math.exp(n - p), 0));
  }
}

/** Derivatives of the loss by the scores; a test holds them against differences. */
export function slopesOf(loss: BilinearLoss, scores: readonly number[], itemCount: number): number[] {
  const { name, margin = 1, terms = 'sum' } = loss;
  const [p, ...negatives] = scores as [number, ...number[]];
  const spread = (slopeAt: (n: number) => number): number[] => negatives.map((n) => slopeAt(n) / negatives.length);
  const opposed = (slopes: readonly number[]): number[] => [-slopes.reduce((a, b) => a + b, 0), ...slopes];
  const bump = (x: number): number => sigmoid(x) * sigmoid(-x);
  switch (name) {
    case 'pointwise':
      return [-bump(p), ...spread(bump)].map((slope) => slope * (terms === 'mean' ? 0.5 : 1));
    case 'bpr':
      return opposed(spread((n) => sigmoid(n - p)));
    case 'sigmoid-bpr':
      return opposed(spread((n) => bump(n - p)));
    case 'hinge':
      return opposed(spread((n) => (n - p + margin > 0 ? 1 : 0)));
    case 'adaptive-hinge': {
      const hardest = negatives.indexOf(Math.max(...negatives));
      return opposed(negatives.map((n, at) => (at === hardest && n - p + margin > 0 ? 1 : 0)));
    }
    case 'warp': {
      const draw = negatives.findIndex((n) => n - p + margin > 0);
      const value = lossOf(loss, scores, itemCount);
      return opposed(negatives.map((n, at) => (at === draw ? value / (n - p + margin) : 0)));
    }
    case 'logistic':
      return [-sigmoid(-p), ...spread(sigmoid)];
    case 'sampled-softmax': {
      const sum = scores.reduce((total, s) => total + Math.exp(s), 0);
      return opposed(negatives.map((n) => Math.exp(n) / sum));
    }
  }
}
