import { RecsysError } from '@footlight/core';
import type { Listed, Lister } from './create-lister.js';
import type { UserScorer } from './score-users.js';

/** A value, or the error in its place. */
export type Attempt<T> =
  | { readonly value: T; readonly error?: never }
  | { readonly error: Error; readonly value?: never };

/** A user, or a history that the model reads, and how the list is made. */
export interface ListRequest {
  readonly query: number | Int32Array;
  readonly lister: Lister;
}

/**
 * Makes lists of queries together: those that need the best items alone are multiplied and ranked in one kernel, others
 * are scored in batches of limited size. An error of the model is that of all requests of its batch.
 */
export async function listQueries(users: UserScorer, requests: readonly ListRequest[]): Promise<Attempt<Listed>[]> {
  const outcomes = new Array<Attempt<Listed> | undefined>(requests.length);
  const fused = [...requests.keys()].filter((at) => {
    const { query, lister } = requests[at]!;
    return lister.best !== undefined && users.canFindBest(query);
  });
  for (const chunk of cut(fused, users.listsPerBatch)) listBestItems(users, requests, chunk, outcomes);
  const left = [...requests.keys()].filter((at) => outcomes[at] === undefined);
  for (const chunk of cut(left, users.batchSize)) {
    const scored = await attemptAsync(() => users.score(chunk.map((at) => requests[at]!.query)));
    chunk.forEach((at, row) => {
      outcomes[at] = scored.error ? scored : attempt(() => requests[at]!.lister.fromScores(scored.value[row]!));
    });
  }
  return outcomes as Attempt<Listed>[];
}

/** Leaves out what only the scores of all items can tell: whether all are equal, or one is not a number. */
function listBestItems(
  users: UserScorer,
  requests: readonly ListRequest[],
  chunk: readonly number[],
  outcomes: (Attempt<Listed> | undefined)[],
): void {
  const queries = chunk.map((at) => requests[at]!.query);
  const options = chunk.map((at) => requests[at]!.lister.best!);
  const hidden = options.map(({ hide }, row) => hide(users.readHistory(queries[row]!)));
  const top = options.reduce((most, each) => Math.max(most, each.top), 0);
  const found = attempt(() => users.findBest(queries, hidden, top));
  if (found.error) {
    const isNotFinite = found.error instanceof RecsysError && found.error.code === 'not-finite'; // of one query of them
    if (!isNotFinite) for (const at of chunk) outcomes[at] = found;
    return;
  }
  chunk.forEach((at, row) => {
    const listed = attempt(() => options[row]!.makeList(found.value[row]!));
    if (listed.error) outcomes[at] = listed;
    else if (listed.value) outcomes[at] = { value: listed.value };
  });
}

/** Runs work, and catches its error. */
export function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (cause) {
    return { error: toError(cause) };
  }
}

async function attemptAsync<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await work() };
  } catch (cause) {
    return { error: toError(cause) };
  }
}

const toError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)));

/** Cuts an array into pieces of at most `size`. */
function cut<T>(values: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let start = 0; start < values.length; start += size) pieces.push(values.slice(start, start + size));
  return pieces;
}
