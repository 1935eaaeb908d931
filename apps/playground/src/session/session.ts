import type { Progress } from '@footlight/core';
import { type EpochReport, type Id, runInWorker } from '@footlight/trainer';
import { batch, computed, signal } from '@preact/signals';
import { formatSettings, parseSettings, type Settings } from '../choices/settings.js';
import type { Source } from '../sources/create-dataset.js';
import { createTrainedModel, openTrainedModel, type TrainedModel } from './trained-model.js';

/** A training that is under way. */
export interface RunningTraining {
  readonly settings: Settings;
  readonly progress?: Progress;
  readonly epochs: readonly EpochReport[];
  stop(): void;
}

const first = parseSettings(location.hash);

export const settings = signal<Settings>(first.settings);
export const source = signal<Source | undefined>(undefined);
export const training = signal<RunningTraining | undefined>(undefined);
export const models = signal<readonly TrainedModel[]>([]);
/** Ids of the two models whose lists are shown; the second may be absent. */
export const shown = signal<readonly [first?: number, second?: number]>([]);
/** Original ids of the items that were clicked, oldest first. */
export const likes = signal<readonly Id[]>([]);
/** What went wrong last, in words. */
export const failure = signal(first.problems.join(' '));
/** What a screen reader says. */
export const announcement = signal('');

/** The models whose lists are shown, one or two. */
export const shownModels = computed(() =>
  shown.value.flatMap((id) => models.value.find((model) => model.id === id) ?? []),
);

const worker = new Worker(new URL('../training/train.worker.ts', import.meta.url), { type: 'module' });

/** Takes settings over and writes them to the address. */
export function changeSettings(next: Settings): void {
  settings.value = next;
  history.replaceState(undefined, '', `#${formatSettings(next)}`);
}

/** Trains a model with the settings; the one that was under way ends. */
export async function train(): Promise<void> {
  if (!source.value) return;
  const stop = new AbortController();
  const chosen = settings.value;
  training.value?.stop();
  const own: RunningTraining = { settings: chosen, epochs: [], stop: () => stop.abort() };
  batch(() => {
    training.value = own;
    failure.value = '';
  });
  const change = (part: Partial<RunningTraining>): void => {
    if (!stop.signal.aborted && training.value) training.value = { ...training.value, ...part };
  };
  const begin = performance.now();
  try {
    const outcome = await runInWorker(
      worker,
      { settings: chosen, source: source.value },
      {
        signal: stop.signal,
        onEpoch: (epoch) => change({ epochs: [...(training.value?.epochs ?? []), epoch] }),
        onProgress: (progress) => change({ progress }),
      },
    );
    const metrics = Object.fromEntries(Object.entries(outcome.metrics).map(([name, { mean }]) => [name, mean]));
    const seconds = (performance.now() - begin) / 1000;
    add(await createTrainedModel(chosen, { ...outcome, metrics, seconds }));
  } catch (error) {
    if (!stop.signal.aborted) fail(error);
  } finally {
    if (training.value?.stop === own.stop) training.value = undefined;
  }
}

/** Opens a saved model. */
export async function openModel(file: File): Promise<void> {
  try {
    add(await openTrainedModel(file));
  } catch (error) {
    fail(error);
  }
}

/** Replaces the data: the models of the old ones go. */
export function changeSource(next: Source): void {
  training.value?.stop();
  batch(() => {
    source.value = next;
    models.value = [];
    shown.value = [];
    likes.value = [];
    training.value = undefined;
  });
}

/** Adds an item to those that the user likes, or removes it. */
export function toggleLike(item: Id): void {
  const others = likes.value.filter((other) => other !== item);
  likes.value = others.length === likes.value.length ? [...others, item] : others;
}

/** Shows a model in the first or the second column. */
export function show(column: 0 | 1, id: number | undefined): void {
  const next = [...shown.value];
  next[column] = id;
  shown.value = next as unknown as readonly [first?: number, second?: number];
}

export function fail(error: unknown): void {
  failure.value = error instanceof Error ? error.message : String(error);
}

/** A new model comes to the first column, or to the second if two are compared. */
function add(model: TrainedModel): void {
  batch(() => {
    models.value = [...models.value, model];
    show(shown.value[1] === undefined ? 0 : 1, model.id);
    announcement.value = `${model.name}: ready.`;
    failure.value = '';
  });
}
