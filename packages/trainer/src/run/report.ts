import type { Json } from '@footlight/core';
import { markdownTable } from 'markdown-table';
import type { Protocol } from '../experiment/describe-protocol.js';

/** One metric over all queries of the test part. */
export interface MetricSummary {
  readonly mean: number;
  /** Of the mean, over queries; NaN for metrics that have one value for all. */
  readonly standardError: number;
  /** Queries that have a value. */
  readonly count: number;
}

/** One pass over the training part. */
export interface EpochReport {
  readonly epoch: number; // from 0
  /** Mean over real queries. */
  readonly loss: number;
  readonly seconds: number;
  /** Metrics on the validation part, when they were measured. */
  readonly validation?: Readonly<Record<string, number>>;
  /** What the model's penalty (β of a variational autoencoder) was weighted with at the end, if it has one. */
  readonly penaltyWeight?: number;
}

export interface Environment {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly threads: number;
  /** Versions of Footlight and TensorFlow.js. */
  readonly versions: Readonly<Record<string, string>>;
}

/** What one run of an experiment with one seed found, with everything that is needed to run it again. */
export interface Report {
  /** Dataset, split, model and loss, e.g. `movielens-100k / official(ua) / factorization(128) / bpr`. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly metrics: Readonly<Record<string, MetricSummary>>;
  readonly published: Readonly<Record<string, number>>;
  /** Training options as data; absent for solvers. */
  readonly training?: { readonly [option: string]: Json };
  readonly epochs: readonly EpochReport[];
  /** The epoch whose weights were judged, when training stopped early. */
  readonly bestEpoch?: number;
  readonly sizes: { readonly users: number; readonly items: number; readonly train: number; readonly test: number };
  readonly seed: number;
  readonly backend: string;
  readonly environment: Environment;
  readonly seconds: { readonly load: number; readonly train: number; readonly evaluate: number };
}

/** A report as JSON, without what belongs to the process (values per user, the model). Numbers that JSON lacks become null. */
export function toJson(report: Report): string {
  const {
    name,
    protocol,
    metrics,
    published,
    training,
    epochs,
    bestEpoch,
    sizes,
    seed,
    backend,
    environment,
    seconds,
  } = report;
  return `${JSON.stringify({ name, protocol, metrics, published, training, epochs, bestEpoch, sizes, seed, backend, environment, seconds }, null, 2)}\n`;
}

/** A report as Markdown: what was measured, under which protocol, with what. */
export function toMarkdown(report: Report): string {
  const { name, protocol, metrics, published, training, epochs, sizes, seed, backend, environment, seconds } = report;
  const rows = Object.entries(metrics).map(([metric, { mean, standardError, count }]) => [
    metric,
    shown(published[metric]),
    shown(mean),
    shown(standardError),
    count,
  ]);
  const columns = ['metric', 'published', 'ours', 'standard error', 'queries'];
  const facts = [
    `- Data: ${sizes.users} users, ${sizes.items} items, ${sizes.train} training and ${sizes.test} test interactions`,
    ...(training ? [`- Training: \`${JSON.stringify(training)}\``] : []),
    ...(epochs.length > 0 ? [`- Loss: ${epochs.map(({ loss }) => loss.toFixed(4)).join(' ')}`] : []),
    `- Seed ${seed}, backend ${backend}, Node ${environment.node} on ${environment.platform}, ${environment.threads} × ${environment.cpu}`,
    `- Versions: ${Object.entries(environment.versions)
      .map(([what, version]) => `${what} ${version}`)
      .join(', ')}`,
    `- Seconds: load ${seconds.load.toFixed(2)}, train ${seconds.train.toFixed(2)}, evaluate ${seconds.evaluate.toFixed(2)}`,
  ];
  const { hash, ...fields } = protocol;
  return [
    `# ${name}`,
    markdownTable([columns, ...rows.map((row) => row.map(String))], { align: ['l', 'r', 'r', 'r', 'r'] }),
    facts.join('\n'),
    `Protocol \`${hash}\`:`,
    `\`\`\`json\n${JSON.stringify(fields, null, 2)}\n\`\`\``,
  ]
    .join('\n\n')
    .concat('\n');
}

const shown = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '' : value.toPrecision(4);
