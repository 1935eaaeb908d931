/** A model with random parameters, as large as one in use: speed does not depend on the values. */
export interface ServedSize {
  readonly model: 'factorization' | 'sequenceGru';
  readonly users: number;
  readonly items: number;
  readonly dim: number;
  /** Interactions of each user, at random. */
  readonly interactions: number;
}

/** A target of a measured figure. */
export interface ServeTarget {
  readonly figure: 'listsPerSecond' | 'p99Milliseconds' | 'seconds' | 'failed';
  readonly at: 'least' | 'most';
  readonly value: number;
}

/** Requests that are sent to one service. */
export interface ServeCase {
  readonly name: string;
  readonly size: ServedSize;
  /** Requests that wait for an answer at the same time, each on a connection of its own. */
  readonly connections: number;
  /** Lists per request: beyond one they are a batch. */
  readonly lists: number;
  /** Items of the history in the request; 0 names a user. */
  readonly history: number;
  readonly targets: readonly ServeTarget[];
}

const factorization: ServedSize = {
  model: 'factorization',
  users: 100_000,
  items: 50_000,
  dim: 64,
  interactions: 20,
};

const noneFailed: ServeTarget = { figure: 'failed', at: 'most', value: 0 };
const atLeast = (value: number): readonly ServeTarget[] => [
  { figure: 'listsPerSecond', at: 'least', value },
  noneFailed,
];

/** The cases with requests, in the order of the page. */
export const serveCases: readonly ServeCase[] = [
  {
    name: 'factorization, one user per request',
    ...{ size: factorization, connections: 64, lists: 1, history: 0 },
    targets: [...atLeast(2000), { figure: 'p99Milliseconds', at: 'most', value: 100 }],
  },
  {
    name: 'factorization, 100 users per request',
    ...{ size: factorization, connections: 8, lists: 100, history: 0 },
    targets: atLeast(20_000),
  },
  {
    name: 'GRU, a history of 50 per request',
    size: { ...factorization, model: 'sequenceGru', users: 1000, items: 20_000 },
    ...{ connections: 64, lists: 1, history: 50 },
    targets: atLeast(300),
  },
  {
    name: 'factorization of a million items, one user per request',
    size: { ...factorization, users: 10_000, items: 1_000_000 },
    ...{ connections: 64, lists: 1, history: 0 },
    targets: atLeast(100),
  },
];

/** Lists for all users, written to a file by the command line. */
export const allUsers: {
  readonly name: string;
  readonly size: ServedSize;
  readonly targets: readonly ServeTarget[];
} = {
  name: 'footlight recommend-all, factorization',
  size: factorization,
  targets: [{ figure: 'seconds', at: 'most', value: 60 }],
};
