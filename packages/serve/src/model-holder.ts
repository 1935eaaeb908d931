import { type RunningModels, startModels } from './running-models.js';
import type { ServedModel } from './types.js';

/** Holds the models of a service, which are replaced while requests are under way. */
export interface ModelHolder {
  current(): RunningModels;
  /** The models for one request, which stay until it calls `release`. */
  take(): { readonly models: RunningModels; readonly release: () => void };
  countPending(): number;
  /** Frees models that are no longer there after the last request that takes them. */
  replace(models: Readonly<Record<string, ServedModel>>): void;
  isClosing(): boolean;
  /** Waits for the last request, and frees all models. */
  close(): Promise<void>;
}

/** The models at one moment, and the number of requests that began with them. */
interface Generation {
  readonly models: RunningModels;
  pending: number;
}

/** @param onBatch called with the number of requests of each call of a model */
export function createModelHolder(
  models: Readonly<Record<string, ServedModel>>,
  onBatch: (count: number) => void,
): ModelHolder {
  let generations: Generation[] = [{ models: startModels(models, [], onBatch), pending: 0 }];
  let closing: { readonly done: Promise<void>; end(): void } | undefined;
  let newest = generations[0]!;

  /** Ends generations without requests, and frees the models that no other generation has. */
  const sweep = (): void => {
    const isOver = (each: Generation) => each.pending === 0 && (closing !== undefined || each !== newest);
    const over = generations.filter(isOver);
    generations = generations.filter((each) => !isOver(each));
    const left = new Set(listRecommenders(generations));
    for (const recommender of new Set(listRecommenders(over))) if (!left.has(recommender)) recommender.dispose();
    if (generations.length === 0) closing?.end();
  };
  return {
    current: () => newest.models,
    take() {
      const generation = newest;
      generation.pending++;
      return {
        models: generation.models,
        release() {
          generation.pending--;
          if (generation !== newest || closing) sweep();
        },
      };
    },
    countPending: () => generations.reduce((sum, { pending }) => sum + pending, 0),
    replace(next) {
      newest = { models: startModels(next, newest.models.all, onBatch), pending: 0 };
      generations.push(newest);
      sweep();
    },
    isClosing: () => closing !== undefined,
    close() {
      if (closing) return closing.done;
      let end = (): void => {};
      const done = new Promise<void>((resolve) => {
        end = resolve;
      });
      closing = { done, end };
      sweep();
      return done;
    },
  };
}

const listRecommenders = (generations: readonly Generation[]) =>
  generations.flatMap(({ models }) => models.all.map(({ served }) => served.recommender));
