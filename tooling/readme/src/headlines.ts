import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { table } from './sections.js';

/** One line of the table of headlines: an experiment and the metric of it that was published. */
interface Headline {
  /** The write-up that published the value. */
  readonly writeUp: string;
  /** Name of the experiment, as `footlight list` shows it. */
  readonly experiment: string;
  readonly metric: string;
  /** What was measured, in words. */
  readonly what: string;
}

const talk = 'Neural networks for recommendations (talk)';
const triplet = 'Triplet loss for implicit feedback';
const ratings = 'PyTorch for recommenders 101';
const multVae = 'Mult-VAE (RecoTour)';
const mLstm = 'mLSTM for recommenders';

/** About two of each write-up, misses and experiments without data included. */
const headlines: readonly Headline[] = [
  { writeUp: talk, experiment: 'talk/factorization-bpr', metric: 'mrr', what: 'factorization, BPR, ML-100K' },
  { writeUp: talk, experiment: 'talk/factorization-adaptive', metric: 'mrr', what: '… adaptive hinge' },
  { writeUp: talk, experiment: 'talk/counting-lstm', metric: 'mrr(sampled 200)', what: 'LSTM, counting task' },
  { writeUp: triplet, experiment: 'triplet/bilinear-30', metric: 'auc', what: 'bilinear, 30 epochs, ML-100K' },
  { writeUp: triplet, experiment: 'triplet/deep', metric: 'auc', what: 'multilayer perceptron' },
  { writeUp: ratings, experiment: 'ratings/dense', metric: 'rmse(0..1)', what: 'dense network, ML-100K' },
  { writeUp: ratings, experiment: 'ratings/lstm', metric: 'rmse(0..1)', what: 'LSTM' },
  { writeUp: ratings, experiment: 'ratings/mf-faithful', metric: 'rmse(0..1)', what: 'factorization, as printed' },
  { writeUp: multVae, experiment: 'mult-vae/ml-20m-vae-faithful', metric: 'ndcg@100', what: 'Mult-VAE, ML-20M' },
  { writeUp: mLstm, experiment: 'mlstm4reco/ml-1m-lstm', metric: 'mrr', what: 'LSTM, ML-1M' },
  { writeUp: mLstm, experiment: 'mlstm4reco/ml-1m-mlstm', metric: 'mrr', what: 'multiplicative LSTM, ML-1M' },
];

/** The parts of a stored result that the table shows. */
interface Result {
  readonly metrics: Readonly<Record<string, { readonly mean: number; readonly standardError: number | null }>>;
  readonly seeds: readonly number[];
  readonly archives?: readonly { readonly fileName: string; readonly checksum: string }[];
}

interface Experiment {
  readonly published?: Readonly<Record<string, number>>;
}

/**
 * The table of headlines in Markdown: the published value of each experiment beside ours.
 *
 * @param folder `apps/benchmarks`: its `experiments` hold the published values, its `results` ours
 * @throws {Error} if an experiment publishes no value of the metric
 */
export async function headlineTable(folder: string, lines: readonly Headline[] = headlines): Promise<string> {
  const rows = await Promise.all(
    lines.map(async ({ writeUp, experiment, metric, what }, at) => {
      const published = await readPublished(folder, experiment, metric);
      const repeated = lines[at - 1]?.writeUp === writeUp;
      return [repeated ? '' : writeUp, what, metric, String(published), formatOurs(folder, experiment, metric)];
    }),
  );
  const written = table(['write-up', 'model, data', 'metric', 'published', 'ours'], rows);
  const archives = listOtherArchives(lines.flatMap(({ experiment }) => readResult(folder, experiment) ?? []));
  return archives.length === 0
    ? written
    : `${written}\n\nThe checksum of ${archives.map((name) => `\`${name}\``).join(' and ')}, from which some of ` +
        "these results were made, is not the publisher's.";
}

/** Names of the archives whose checksum is not their publisher's. */
function listOtherArchives(results: readonly Result[]): string[] {
  const others = results.flatMap(({ archives = [] }) => archives.filter(({ checksum }) => checksum === 'other'));
  return [...new Set(others.map(({ fileName }) => fileName))];
}

function readResult(folder: string, experiment: string): Result | undefined {
  const path = join(folder, 'results', `${experiment}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Result) : undefined;
}

async function readPublished(folder: string, experiment: string, metric: string): Promise<number> {
  const url = pathToFileURL(join(folder, 'experiments', `${experiment}.ts`)).href;
  const { default: definition } = (await import(url)) as { default: Experiment };
  const value = definition.published?.[metric];
  if (value === undefined) throw new Error(`${experiment}: expected a published value of ${metric}, received none.`);
  return value;
}

/** The mean over seeds and its standard error (over users where there is one seed). */
function formatOurs(folder: string, experiment: string, metric: string): string {
  const result = readResult(folder, experiment);
  if (!result) return 'never run';
  const { metrics, seeds } = result;
  const { mean, standardError } = metrics[metric]!;
  const error = standardError === null ? '' : ` ± ${standardError.toFixed(4)}`;
  return `${mean.toFixed(4)}${error} (${seeds.length} seed${seeds.length === 1 ? '' : 's'})`;
}
