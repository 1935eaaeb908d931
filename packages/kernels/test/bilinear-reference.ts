import type { BilinearLoss, BilinearOptimizer, BilinearQueries } from '@footlight/kernels';

/** Bilinear factorization in double precision, directly from the equations: every row at every step. */
export interface Reference {
  /** `[user, dim]` */
  readonly user: Float64Array;
  /** `[item, dim]` */
  readonly item: Float64Array;
  /** `[user]` */
  readonly userBias: Float64Array;
  /** `[item]` */
  readonly itemBias: Float64Array;
  /** Does one step with all queries. @returns the mean loss before it */
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

  const computeScore = (u: number, i: number): number => {
    let score = biases ? userBias[u]! + itemBias[i]! : 0;
    for (let d = 0; d < dim; d++) score += user[u * dim + d]! * item[i * dim + d]!;
    return score;
  };

  return {
    ...tables,
    step({ users, positives, negatives, factor = 1 }) {
      steps++;
      const gradients = new Map(Object.values(tables).map((table) => [table, new Float64Array(table.length)]));
      const found = { user: new Set<number>(), item: new Set<number>() };
      const count = negatives.length / users.length;
      let sum = 0;
      users.forEach((u, q) => {
        const candidates = [positives[q]!, ...negatives.subarray(q * count, (q + 1) * count)];
        const scores = candidates.map((i) => computeScore(u, i));
        const itemCount = itemBias.length;
        sum += computeLoss(loss, scores, itemCount);
        const derivatives = differentiateLoss(loss, scores, itemCount);
        found.user.add(u);
        candidates.forEach((i, c) => {
          const derivative = derivatives[c]! / users.length;
          found.item.add(i);
          gradients.get(userBias)![u]! += derivative;
          gradients.get(itemBias)![i]! += derivative;
          for (let d = 0; d < dim; d++) {
            gradients.get(user)![u * dim + d]! += derivative * item[i * dim + d]!;
            gradients.get(item)![i * dim + d]! += derivative * user[u * dim + d]!;
          }
        });
      });
      for (const [table, ids, width] of [
        [user, found.user, dim],
        [item, found.item, dim],
        ...(biases
          ? ([
              [userBias, found.user, 1],
              [itemBias, found.item, 1],
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
  gradient: number,
  [first, second]: readonly [Float64Array, Float64Array],
  step: number,
  factor: number,
): void {
  const rate = learningRate * factor;
  if (name === 'adam-w') w[at]! *= 1 - rate * decay;
  const g = gradient + (name === 'adam-w' ? 0 : l2 * w[at]!);
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
const computeMean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Computes the loss of one query. @shape scores `[1 + negative]`, the positive first */
export function computeLoss(
  { name, margin = 1, terms = 'sum', weight = 'harmonic' }: BilinearLoss,
  scores: readonly number[],
  itemCount: number,
): number {
  const [p, ...negatives] = scores as [number, ...number[]];
  switch (name) {
    case 'pointwise':
      return (1 - sigmoid(p) + computeMean(negatives.map(sigmoid))) * (terms === 'mean' ? 0.5 : 1);
    case 'bpr':
      return computeMean(negatives.map((n) => Math.log(1 + Math.exp(n - p))));
    case 'sigmoid-bpr':
      return computeMean(negatives.map((n) => 1 - sigmoid(p - n)));
    case 'hinge':
      return computeMean(negatives.map((n) => Math.max(0, n - p + margin)));
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
      return -Math.log(sigmoid(p)) - computeMean(negatives.map((n) => Math.log(sigmoid(-n))));
    case 'sampled-softmax':
      return Math.log(1 + negatives.reduce((sum, n) => sum + Math.exp(n - p), 0));
  }
}

/** Computes the derivatives of the loss with respect to the scores. A test compares them with finite differences. */
export function differentiateLoss(loss: BilinearLoss, scores: readonly number[], itemCount: number): number[] {
  const { name, margin = 1, terms = 'sum' } = loss;
  const [p, ...negatives] = scores as [number, ...number[]];
  const average = (derive: (n: number) => number): number[] => negatives.map((n) => derive(n) / negatives.length);
  const prependPositive = (rest: readonly number[]): number[] => [-rest.reduce((a, b) => a + b, 0), ...rest];
  const deriveSigmoid = (x: number): number => sigmoid(x) * sigmoid(-x);
  switch (name) {
    case 'pointwise':
      return [-deriveSigmoid(p), ...average(deriveSigmoid)].map((value) => value * (terms === 'mean' ? 0.5 : 1));
    case 'bpr':
      return prependPositive(average((n) => sigmoid(n - p)));
    case 'sigmoid-bpr':
      return prependPositive(average((n) => deriveSigmoid(n - p)));
    case 'hinge':
      return prependPositive(average((n) => (n - p + margin > 0 ? 1 : 0)));
    case 'adaptive-hinge': {
      const hardest = negatives.indexOf(Math.max(...negatives));
      return prependPositive(negatives.map((n, at) => (at === hardest && n - p + margin > 0 ? 1 : 0)));
    }
    case 'warp': {
      const draw = negatives.findIndex((n) => n - p + margin > 0);
      const value = computeLoss(loss, scores, itemCount);
      return prependPositive(negatives.map((n, at) => (at === draw ? value / (n - p + margin) : 0)));
    }
    case 'logistic':
      return [-sigmoid(-p), ...average(sigmoid)];
    case 'sampled-softmax': {
      const sum = scores.reduce((total, s) => total + Math.exp(s), 0);
      return prependPositive(negatives.map((n) => Math.exp(n) / sum));
    }
  }
}
