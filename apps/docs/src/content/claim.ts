import { computeDifference, decideClaim, type StoredResult } from '@footlight/report';
import { isMetric } from './metric-names.js';
import { getName } from './results.js';

/**
 * What the stored results say about a claim that one experiment is better than another, e.g. `talk/a talk/b mrr`:
 * whether it holds, with the confidence interval that decides it.
 */
export function claimSentence(
  results: readonly StoredResult[],
  [better = '', other = '', word = '']: readonly string[],
  experiments: readonly string[] = [],
): string {
  const [first, second] = [better, other].map((name) => results.find((each) => getName(each) === name));
  const missing = [first ? [] : [better], second ? [] : [other]].flat();
  if (missing.some((name) => !experiments.includes(name)))
    throw new Error(`docs: expected stored results, received none of ${missing.join(', ')}.`);
  if (!first || !second) return `cannot be told, since ${missing.map((name) => `\`${name}\``).join(' and ')} never ran`;
  if (first.protocol.hash !== second.protocol.hash)
    throw new Error(`docs: expected one protocol, received those of ${better} and ${other}, which differ.`);
  const metric = Object.keys(first.metrics).find((name) => isMetric(name, word));
  if (metric === undefined) throw new Error(`docs: expected a metric of ${better}, received ${word}.`);
  const [one, two] = [first.metrics[metric]!, second.metrics[metric]!];
  const interval = computeDifference(one, two);
  const range = interval ? ` (${interval.map(formatSigned).join(' … ')} ${metric})` : '';
  return `${decideClaim(metric, one, two)}${range}`;
}

const formatSigned = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
