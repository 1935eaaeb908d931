import type { RunningModel } from './running-models.js';
import type { RequestRecord } from './types.js';

/** Upper bounds of the times, in seconds, and of the numbers of requests per call of a model. */
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** The metrics of a service in the text format of Prometheus. */
export interface RequestMetrics {
  countRequest(record: RequestRecord): void;
  countBatch(size: number): void;
  countSwap(): void;
  /** @returns the text that `GET /metrics` answers */
  format(inFlight: number, models: readonly RunningModel[]): string;
}

interface Histogram {
  readonly counts: number[];
  sum: number;
}

/** Creates metrics. Its own few lines, since `prom-client` needs modules of Node, which the service does not. */
export function createRequestMetrics(): RequestMetrics {
  const requests = new Map<string, number>();
  const times = new Map<string, Histogram>();
  const batches = createHistogram(sizes);
  let swaps = 0;
  return {
    countRequest({ method, path, status, model = '', milliseconds }) {
      const route = `method="${method}",route="${escapeLabel(path)}"`;
      const labels = `${route},status="${status}",model="${escapeLabel(model)}"`;
      requests.set(labels, (requests.get(labels) ?? 0) + 1);
      const histogram = times.get(route) ?? createHistogram(seconds);
      times.set(route, histogram);
      observe(histogram, seconds, milliseconds / 1000);
    },
    countBatch: (size) => observe(batches, sizes, size),
    countSwap: () => void swaps++,
    format(inFlight, models) {
      const lines = [
        ...describe('footlight_requests_total', 'counter', 'Requests that were answered.'),
        ...[...requests].map(([labels, count]) => `footlight_requests_total{${labels}} ${count}`),
        ...describe('footlight_request_seconds', 'histogram', 'Times of requests in seconds.'),
        ...[...times].flatMap(([route, each]) => formatHistogram('footlight_request_seconds', each, seconds, route)),
        ...describe('footlight_batch_size', 'histogram', 'Requests that a model answered in one call.'),
        ...formatHistogram('footlight_batch_size', batches, sizes),
        ...describe('footlight_requests_in_flight', 'gauge', 'Requests that are being answered.'),
        `footlight_requests_in_flight ${inFlight}`,
        ...describe('footlight_model_swaps_total', 'counter', 'Models that were replaced.'),
        `footlight_model_swaps_total ${swaps}`,
        ...describe('footlight_model_share', 'gauge', 'Percentage of the users that a model answers.'),
        ...models.map(({ name, card: { share, hash = '' } }) => {
          const labels = `model="${escapeLabel(name)}",hash="${escapeLabel(hash)}"`;
          return `footlight_model_share{${labels}} ${share}`;
        }),
      ];
      return `${lines.join('\n')}\n`;
    },
  };
}

const describe = (name: string, type: string, help: string): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

const escapeLabel = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const createHistogram = (bounds: readonly number[]): Histogram => ({
  counts: new Array(bounds.length + 1).fill(0),
  sum: 0,
});

function observe(histogram: Histogram, bounds: readonly number[], value: number): void {
  const at = bounds.findIndex((bound) => value <= bound);
  histogram.counts[at < 0 ? bounds.length : at]!++;
  histogram.sum += value;
}

function formatHistogram(name: string, { counts, sum }: Histogram, bounds: readonly number[], labels = ''): string[] {
  let total = 0;
  const buckets = counts.map((count, at) => {
    total += count;
    const bound = bounds[at] ?? '+Inf';
    return `${name}_bucket{${labels}${labels && ','}le="${bound}"} ${total}`;
  });
  const own = labels && `{${labels}}`;
  return [...buckets, `${name}_sum${own} ${sum}`, `${name}_count${own} ${total}`];
}
