import { canonicalJson, invalid, type Json, omitUndefined, shortHash } from '@footlight/core';
import { collectParameters } from '@footlight/layers';
import { readFingerprints } from '../experiment/describe-protocol.js';
import type { Outcome } from '../run/types.js';
import { describeArtifact, describeStart } from '../storage/artifact.js';
import { type FileSource, toStoredFile } from '../storage/stored-file.js';
import { readTensorFile } from '../storage/tensor-file.js';
import type { Experiment, MetricSummary } from '../types.js';
import { listIntendedUse, listLimits } from './list-limits.js';
import { CARD_FORMAT, type CardMetric, type ModelCard, type ModelCardContent, type ModelCardOptions } from './types.js';

/** The normal quantile of a 95 % interval. */
const QUANTILE = 1.959964;

/**
 * Creates the card of a saved model from the run that trained it: data with licence and fingerprint, protocol, metrics
 * with intervals, options, environment, intended use and limits.
 *
 * The interval of a metric, whose standard error is over the evaluated users:
 *
 * $$ \bar x \pm 1.96\,\mathrm{se} $$
 *
 * @param artifact the file that `saveArtifact` wrote
 * @throws {RecsysError} `invalid-argument` if the artifact has another model than the experiment, or a text is empty;
 *   `file-not-found`, `file-damaged`
 * @example
 * const outcome = await runExperiment(experiment);
 * await saveArtifact('model.safetensors', outcome.recommender, { model: experiment.model });
 * await saveModelCard('model.safetensors', await createModelCard('model.safetensors', experiment, outcome));
 */
export async function createModelCard(
  artifact: FileSource,
  experiment: Experiment,
  outcome: Outcome,
  options: ModelCardOptions = {},
): Promise<ModelCard> {
  assertTexts(options);
  const { name: file } = toStoredFile(artifact);
  const { model } = await describeArtifact(artifact);
  if (model.name !== experiment.model.name)
    invalid('createModelCard(artifact)', `the saved model ${experiment.model.name}`, `${file} with ${model.name}`);
  const { from: hash } = await describeStart(artifact);
  const histories = (await readTensorFile(artifact)).metadata['histories'] !== 'none';
  const { recommender, protocol, sizes, archives, training, seed, backend, environment } = outcome;
  const { license = experiment.dataset.license, intendedUse, limits = [], command } = options;
  const content: ModelCardContent = {
    format: CARD_FORMAT,
    name: outcome.name,
    date: new Date().toISOString(),
    artifact: { file, hash: hash!, histories },
    model: { ...model, parameters: countParameters(outcome) },
    data: {
      name: experiment.dataset.name,
      ...omitUndefined({ license, fingerprint: readFingerprints(protocol).fingerprint }),
      ...sizes,
      ...omitUndefined({ archives }),
    },
    protocol,
    metrics: Object.fromEntries(Object.entries(outcome.metrics).map(([name, metric]) => [name, toCardMetric(metric)])),
    ...omitUndefined({ training }),
    seed,
    backend,
    environment,
    ...omitUndefined({ command }),
    intendedUse: intendedUse ?? listIntendedUse(recommender),
    limits: [...listLimits(outcome, histories), ...limits],
  };
  return { ...content, checksum: computeChecksum(content) };
}

/** Hash of a card without its checksum, in the form in which JSON stores it. */
export function computeChecksum({
  checksum: _,
  ...content
}: ModelCardContent & { readonly checksum?: unknown }): string {
  return shortHash(canonicalJson(JSON.parse(JSON.stringify(content)) as Json));
}

function toCardMetric({ mean, standardError, count }: MetricSummary): CardMetric {
  const half = QUANTILE * standardError;
  return {
    mean: Number.isFinite(mean) ? mean : null,
    ...(Number.isFinite(mean) && Number.isFinite(half) ? { interval: [mean - half, mean + half] as const } : {}),
    count,
  };
}

function countParameters({ recommender }: Outcome): number {
  const parameters = collectParameters(recommender.predictor.parameters);
  return [...parameters.values()].reduce((sum, { size }) => sum + size, 0);
}

function assertTexts({ license, intendedUse, limits }: ModelCardOptions): void {
  for (const [option, texts] of Object.entries({ license: [license], intendedUse, limits }))
    for (const text of texts ?? [])
      if (text !== undefined && text.trim() === '')
        invalid(`createModelCard(${option})`, 'a text', 'an empty one', 'Leave it out if there is nothing to say.');
}
