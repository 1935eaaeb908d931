import { fileURLToPath } from 'node:url';
import type { QueryValues } from '../query-values.js';
import type { StoredResult } from '../result.js';
import type { ReportContent } from './render-report.js';
import type { SampleRecommendations } from './sample-recommendations.js';

/** The results of the benchmarks, for tests of what was measured before. */
export const storedResults: string = fileURLToPath(new URL('../../../../apps/benchmarks/results', import.meta.url));

// A report on experiments that never ran: everything that a page can show, in small.

const metrics = ['ndcg@100', 'recall@20'];
const epochCount = 31;
const users = Array.from({ length: 53 }, (_, user) => user);

interface Sample {
  readonly experiment: string;
  readonly width: number;
  readonly vae?: boolean;
}

const protocol: StoredResult['protocol'] = {
  hash: '0123456789ab',
  dataset: { name: 'sample' },
  filters: [{ name: 'minimum-rating' }],
  split: { name: 'hold-out-users' },
  candidates: 'every item',
  seen: 'exclude',
  cold: 'exclude',
  ties: 'expected',
  metrics: { 'ndcg@100': {}, 'recall@20': {} },
};

function result({ experiment, width, vae = false }: Sample): StoredResult {
  const reached = 0.4 + width / 5000;
  const curve = Array.from({ length: epochCount }, (_, epoch) => reached - 0.2 * Math.exp(-epoch / 5) - 0.0005 * epoch);
  const seeds = [42, 43, 44];
  const values = seeds.map((_, at) => reached + 0.001 * at);
  return {
    experiment,
    protocol,
    metrics: Object.fromEntries(
      metrics.map((metric) => [metric, { mean: reached + 0.001, standardError: 0.0006, values }]),
    ),
    published: { 'ndcg@100': 0.424 },
    seeds,
    backend: 'cpu',
    seconds: { load: 1, train: 71, evaluate: 2 },
    note: 'A note with <b>signs</b> & more.',
    name: `sample / hold-out-users / ${vae ? 'mult-vae' : 'mult-dae'} / multinomial`,
    command: `footlight run ${experiment} --seeds 3 --backend cpu`,
    date: '2024-02-29T12:00:00.000Z',
    training: { model: { name: vae ? 'mult-vae' : 'mult-dae', dims: [3 * width, width] }, loss: 'multinomial' },
    sizes: { users: 53, items: 89, train: 997, test: 211 },
    environment: {
      node: 'v20.20.2',
      platform: 'linux x64',
      cpu: 'some processor',
      threads: 2,
      versions: { footlight: '0.0.0' },
    },
    runs: seeds.map((seed, at) => ({
      seed,
      losses: curve.map((_, epoch) => 300 + at + 200 / (1 + epoch)),
      validation: Object.fromEntries(metrics.map((metric) => [metric, curve.map((value) => value + 0.001 * at)])),
      ...(vae ? { penaltyWeights: curve.map((_, epoch) => Math.min(1, (epoch + 1) / 26)) } : {}),
      bestEpoch: 18,
    })),
  };
}

function createValues({ experiment }: StoredResult, at: number): QueryValues {
  const values = users.map((user) => (user % 5 === 0 ? 0 : ((user * 7 + at) % 53) / 53));
  return {
    experiment,
    protocol: protocol.hash,
    seeds: [42, 43, 44],
    users,
    activity: users.map((user) => 5 + ((user * 11) % 53)),
    popularity: users.map((user) => 2 + ((user * 17) % 53) ** 2),
    metrics: Object.fromEntries(metrics.map((metric) => [metric, values])),
  };
}

const results = [
  { experiment: 'sample/grid-50-vae', width: 50, vae: true },
  { experiment: 'sample/grid-100-vae', width: 100, vae: true },
  { experiment: 'sample/grid-200-vae', width: 200, vae: true },
  { experiment: 'sample/grid-100-dae', width: 100 },
  { experiment: 'sample/grid-200-dae', width: 200 },
].map(result);

export const hostileTitle = `<img src=x onerror="console.error('run')"> & 'Amélie' (2001)`;

const recommendations: SampleRecommendations = {
  protocol: 'sample · hold-out-users',
  models: [
    {
      experiment: 'sample/grid-50-vae',
      name: 'mult-vae, multinomial',
      seed: 42,
      backend: 'cpu',
      score: 'ndcg@100 0.4100',
    },
  ],
  users: [
    {
      user: '7',
      knownCount: 11,
      liked: ['Heat (1995)', hostileTitle],
      heldOut: ['Alien (1979)'],
      lists: [{ experiment: 'sample/grid-50-vae', titles: ['Alien (1979)', hostileTitle] }],
    },
  ],
};

export const sample: ReportContent = {
  results,
  values: results.map(createValues),
  recommendations: [recommendations],
  date: new Date('2024-02-29T12:00:00Z'),
};
