import { RecsysError } from '@footlight/core';
import { describeArtifact, type EpochReport, type Id, loadArtifact, type Recommender } from '@footlight/trainer';
import { describeSettings } from '../choices/describe-settings.js';
import { getModel, isModelName } from '../choices/models.js';
import { formatSettings, type Settings } from '../choices/settings.js';

/** A model that can answer. */
export interface TrainedModel {
  readonly id: number;
  readonly name: string;
  readonly recommender: Recommender;
  /** The file that `loadArtifact` reads, here and in Node. */
  readonly artifact: Blob;
  readonly fileName: string;
  /** Means on the test part, by name; empty for a file without. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly epochs: readonly EpochReport[];
  /** Absent for models of files. */
  readonly seconds?: number;
}

let count = 0;

/** What this page has trained. */
export async function createTrainedModel(
  settings: Settings,
  outcome: Pick<TrainedModel, 'artifact' | 'epochs' | 'seconds' | 'metrics'>,
): Promise<TrainedModel> {
  const recommender = await loadArtifact(outcome.artifact, getModel(settings.model).create(settings));
  const fileName = `${formatSettings(settings).replaceAll(/[=&]/g, '-')}.safetensors`;
  return { ...outcome, id: ++count, name: describeSettings(settings), recommender, fileName };
}

/**
 * Opens a file that `footlight run --save`, `saveArtifact` or this page wrote.
 *
 * @throws {RecsysError} if it is another file, damaged, or of a model that this page does not have
 */
export async function openTrainedModel(file: File): Promise<TrainedModel> {
  const { model, metrics = {} } = await describeArtifact(file);
  const name = String(model.protocol['name']);
  if (!isModelName(name))
    throw new RecsysError(
      'invalid-argument',
      `${file.name} holds the model ${model.name}, which this page does not have.`,
    );
  const recommender = await loadArtifact(file, getModel(name).restore(model.protocol));
  const label = `${getModel(name).label} · ${file.name}`;
  return { id: ++count, name: label, recommender, artifact: file, fileName: file.name, metrics, epochs: [] };
}

/** The items of these that a model knows. */
export function findKnown({ recommender }: TrainedModel, items: readonly Id[]): Id[] {
  return items.filter((item) => recommender.has('item', item));
}
