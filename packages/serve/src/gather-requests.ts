import type { Recommendation, Recommender, RecommendRequest } from '@footlight/trainer';
import { ServiceError } from './service-error.js';

/** Answers the requests of one model. */
export interface Gatherer {
  /** @throws {ServiceError} `timeout` if its turn comes after `deadline`, in the milliseconds of `Date.now()` */
  recommend(request: RecommendRequest, deadline: number): Promise<readonly Recommendation[]>;
}

interface Waiting {
  readonly request: RecommendRequest;
  readonly deadline: number;
  resolve(recommendations: readonly Recommendation[]): void;
  reject(error: unknown): void;
}

/** Calls back once everything that has arrived was read; by a timer where there is no `setImmediate`. */
const afterReading: (work: () => void) => void =
  typeof setImmediate === 'function' ? (work) => void setImmediate(work) : (work) => void setTimeout(work, 0);

/**
 * Creates what answers requests together: those that arrive while others are computed, or in the same turn of the event
 * loop, are scored in one call. A request that is alone does not wait.
 *
 * @param size the greatest number of requests per call
 * @param onBatch called with the number of requests of each call
 */
export function createGatherer(
  { recommendBatch }: Pick<Recommender, 'recommendBatch'>,
  size: number,
  onBatch: (count: number) => void,
): Gatherer {
  let waiting: Waiting[] = [];
  let isRunning = false;
  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, size);
      waiting = waiting.slice(size);
      await answer(batch);
      await new Promise<void>(afterReading);
    }
    isRunning = false;
  };
  const answer = async (batch: readonly Waiting[]): Promise<void> => {
    const due = batch.filter(({ deadline, reject }) => {
      if (Date.now() <= deadline) return true;
      reject(createTimeout());
      return false;
    });
    if (due.length === 0) return;
    onBatch(due.length);
    try {
      const outcomes = await recommendBatch(due.map(({ request }) => request));
      for (const [at, { recommendations, error }] of outcomes.entries())
        if (error) due[at]!.reject(error);
        else due[at]!.resolve(recommendations);
    } catch (error) {
      for (const { reject } of due) reject(error);
    }
  };
  return {
    recommend: (request, deadline) =>
      new Promise((resolve, reject) => {
        waiting.push({ request, deadline, resolve, reject });
        if (isRunning) return;
        isRunning = true;
        afterReading(() => void run());
      }),
  };
}

/**
 * Waits until other requests had their turn.
 *
 * @throws {ServiceError} `timeout` after `deadline`
 */
export async function nextTurn(deadline: number): Promise<void> {
  await new Promise<void>(afterReading);
  if (Date.now() > deadline) throw createTimeout();
}

const createTimeout = (): ServiceError =>
  new ServiceError(504, 'timeout', 'The service had no time for this request. Try again later.');
