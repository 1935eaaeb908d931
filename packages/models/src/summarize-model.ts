import { createRng } from '@footlight/core';
import { collectParameters, disposeParameters, type Parameters } from '@footlight/layers';
import type { DataSummary, Model } from './types.js';

/** One parameter of a model: a learned variable, or numbers that a solver has computed. */
export interface ParameterSummary {
  /** Path in the tree of parameters, e.g. `user/weight`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Number of values: the product of `shape`. */
  readonly count: number;
}

/** The parameters of a model, and how many they are. */
export interface ModelSummary {
  readonly name: string;
  readonly kind: Model['kind'];
  readonly userCount: number;
  readonly itemCount: number;
  readonly parameters: readonly ParameterSummary[];
  /** Number of values of all parameters. */
  readonly count: number;
  /** Memory of the parameters, 4 bytes per value; an optimizer needs as much again for each of its moments. */
  readonly bytes: number;
}

/**
 * Lists the parameters of a model for data of this size, as `model.summary()` of Keras does. Nothing is trained or
 * solved: a solver has parameters of the size that it will compute.
 *
 * @example
 * formatSummary(summarizeModel(factorization({ dim: 64 }), { userCount: 943, itemCount: 1682 }))
 * @throws {RecsysError} `invalid-argument` if the model needs features that the data do not have
 */
export function summarizeModel(model: Model, data: DataSummary): ModelSummary {
  const { parameters } = model.kind === 'solver' ? model.restore(data) : model.build(data, createRng(0));
  try {
    return summarizeParameters(model, data, parameters);
  } finally {
    disposeParameters(parameters);
  }
}

/** Lists parameters that exist already: of a network, a scorer or a predictor. */
export function summarizeParameters(
  { name, kind }: Pick<Model, 'name' | 'kind'>,
  { userCount, itemCount }: Pick<DataSummary, 'userCount' | 'itemCount'>,
  tree: Parameters,
): ModelSummary {
  const parameters = [...collectParameters(tree)].map(([path, { shape, size }]) => ({
    name: path,
    shape: [...shape],
    count: size,
  }));
  const count = parameters.reduce((sum, parameter) => sum + parameter.count, 0);
  return { name, kind, userCount, itemCount, parameters, count, bytes: 4 * count };
}

/** Formats a summary as a table of Markdown: one line per parameter, and the total. */
export function formatSummary({ name, kind, userCount, itemCount, parameters, count, bytes }: ModelSummary): string {
  const rows = [
    ['parameter', 'shape', 'count'],
    ...parameters.map((each) => [each.name, formatShape(each.shape), formatCount(each.count)]),
    ['total', '', formatCount(count)],
  ] as [string, string, string][];
  const [first, second, third] = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length))) as [
    number,
    number,
    number,
  ];
  const lines = rows.map(
    ([path, shape, size]) => `| ${path.padEnd(first)} | ${shape.padEnd(second)} | ${size.padStart(third)} |`,
  );
  const rule = `| ${'-'.repeat(first)} | ${'-'.repeat(second)} | ${'-'.repeat(third - 1)}: |`;
  const what = kind === 'solver' ? 'values, computed, not learned' : 'parameters';
  return [
    `${name}, ${formatCount(userCount)} users, ${formatCount(itemCount)} items: ` +
      `${formatCount(count)} ${what} (${formatBytes(bytes)})`,
    '',
    ...[lines[0]!, rule, ...lines.slice(1)],
  ].join('\n');
}

const formatCount = (count: number): string => count.toLocaleString('en-US');

const formatShape = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
