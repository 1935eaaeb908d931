import type { ComponentEntry, Kind } from './components/component.js';
import { components } from './components/components.js';

// Errors of the packages begin with the function that was called. A user of the command line called none.

/** What stands for the place of an error: `defineExperiment(epochs)` is `--epochs`. */
const places: Readonly<Record<string, string>> = {
  'defineExperiment(batchSize)': '--batch-size',
  'defineExperiment(epochs)': '--epochs',
  'defineExperiment(loss)': '--loss',
  'defineExperiment(metrics)': '--metric',
  'defineExperiment(refit)': '--refit',
  'defineExperiment(seed)': '--seed',
  'defineExperiment(stopEarly.metric)': '--stop-early',
  'featurePopularity(features)': '--item-features',
  'fit(from)': '--from',
  'runExperiment(from)': '--from',
  'runInTwoStages(from)': '--from',
  'defineExperiment(candidates)': '--candidates',
  'featureEmbedding(features)': '--item-features or --user-features',
  'interactionLists(encoding)': '--encoding',
  'interactionLists(limits.expansion)': '--expansion',
  'interactionLists(limits.lineBytes)': '--line-bytes',
  'interactionLists(path)': '--table',
  'interactionLists(separator)': '--separator',
  'itemFeatures(features)': '--item-features-columns',
  'pretrainedEmbedding(denseFeatures)': '--item-vectors',
  'projectedEmbedding(denseFeatures)': '--item-vectors',
  'recommend(clip)': '--clip',
  'recommend(count)': '--count',
  'recommend(history)': '--history',
  'recommend(item)': '--history',
  'recommend(ratings)': '--ratings',
  'recommend(user)': '--user',
  'runExperiment(refit)': '--refit',
  'runExperiment(monitor)': '--monitor',
  'runExperiment(split)': '--split',
  'runExperiment(stopEarly)': '--stop-early',
  'table(encoding)': '--encoding',
  'table(header)': '--header',
  'table(item)': '--item',
  'table(limits.expansion)': '--expansion',
  'table(limits.lineBytes)': '--line-bytes',
  'table(pair)': '--pair-separator',
  'table(path)': '--table',
  'table(quotes)': '--quotes',
  'table(rating)': '--rating',
  'table(separator)': '--separator',
  'table(times)': '--times',
  'table(timestamp)': '--time',
  'table(weight)': '--weight',
  'userFeatures(features)': '--user-features-columns',
  'useBackend(name)': '--backend',
};

/** Functions that commands do the work of. */
const commands: Readonly<Record<string, string>> = {
  doctor: 'footlight doctor',
  installTensorflow: 'footlight doctor --install-tensorflow',
  predict: 'footlight predict',
  recommend: 'footlight recommend',
};

/**
 * An error of the packages in the words of the command line.
 *
 * @example
 * rephrase('factorization(dim): expected a positive integer, received 0.') // model factorization, option dim: expected
 * … rephrase('fit: expected a finite loss, received NaN.') // Expected a finite loss, received NaN.
 * @param isAboutData whether a bare name in front is that of a file, which stays
 */
export function rephrase(message: string, isAboutData = false): string {
  const [, place, rest] = /^([A-Za-z]\w*(?:\([\w., ]*\))?): (expected [\s\S]*)$/.exec(message) ?? [];
  const isVariable = place !== undefined && /^[A-Z][A-Z_]+$/.test(place); // of the environment
  const isFile = isAboutData && !place?.includes('(');
  if (place === undefined || isVariable || isFile) return rephraseCalls(message);
  const named = places[place] ?? nameComponent(place);
  return named === undefined ? capitalize(rephraseCalls(rest!)) : `${named}: ${rephraseCalls(rest!)}`;
}

function nameComponent(place: string): string | undefined {
  const [, exported, option] = /^(\w+)(?:\(([\w., ]*)\))?$/.exec(place) ?? [];
  const found = findExport(exported!);
  if (!found) return undefined;
  return `${found.kind} ${found.entry.name}${option === undefined ? '' : `, option ${option}`}`;
}

/** `set times: 'date'` is `set --times date`. */
function rephraseOptions(text: string): string {
  return text
    .replace(/\b([Ss]et|leave) times\b(?:: '(\w+)')?/g, (_, verb, unit) => `${verb} --times${unit ? ` ${unit}` : ''}`)
    .replace(/\b([Ss]et) format: '([\w-]+)'/g, '$1 --format $2')
    .replace(/\bname its columns in header\b/g, 'name its columns with --header')
    .replace(/\b([Ss]et) format\b/g, '$1 --format')
    .replace(/\b([Ss]et) separator: '(.)'/g, "$1 --separator '$2'")
    .replace(/\b([Ss]et) separator\b/g, '$1 --separator')
    .replace(/\b([Ss]et|or) quotes: (true|false)\b/g, '$1 --quotes $2')
    .replace(/\b([Ss]et) encoding\b/g, '$1 --encoding')
    .replace(/\braise limits\.lineBytes\b/g, 'raise --line-bytes')
    .replace(/\braise limits\.expansion\b/g, 'raise --expansion')
    .replace(/\bchoose missing: 'zero' or 'mean'/g, 'set --item-vectors-missing zero or mean')
    .replace(/\bLeave header out\b/g, 'Leave --header out')
    .replace(/\bName it in timestamp\b/g, 'Name it with --time')
    .replace(/\bthe column of timestamp\b/g, 'the column of --time')
    .replace(/\bname the separator\b/g, 'name the separator with --pair-separator')
    .replace(/\be\.g\. encoding: '(\w+)'/g, 'e.g. --encoding $1');
}

/** `Try bprLoss().` is `Try the loss bpr.` */
function rephraseCalls(message: string): string {
  const text = rephraseOptions(message);
  return text.replace(/\b([a-z]\w*)\((\{[^{}()]*\})?\)/g, (call, exported: string, given: string | undefined) => {
    if (commands[exported]) return commands[exported];
    const found = findExport(exported);
    if (!found) return call;
    const options = given?.replace(/^\{ *| *\}$/g, '').replaceAll(': ', '=');
    return `the ${found.kind} ${found.entry.name}${options ? `(${options})` : ''}`;
  });
}

function findExport(exported: string): { readonly kind: Kind; readonly entry: ComponentEntry } | undefined {
  for (const [kind, entries] of Object.entries(components)) {
    const entry = entries.find((each) => each.exported === exported);
    if (entry) return { kind: kind as Kind, entry };
  }
  return undefined;
}

function capitalize(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
