import { availableParallelism } from 'node:os';
import type { Figure } from '@footlight/report';
import { runProgram } from '../measure/run-program.js';
import { bundleProgram } from './bundle-program.js';
import type { MeasuredPoint, ScalingPoint } from './scaling-point.js';

const models = ['factorization', 'lstm'] as const;
const names = { factorization: 'factorization, BPR, lazy Adam', lstm: 'LSTM over 50 items, BPR, lazy Adam' } as const;
const defaults: Record<ScalingPoint['model'], Omit<ScalingPoint, 'model' | 'threads'>> = {
  factorization: { items: 10_000, batch: 1024, dim: 64 },
  lstm: { items: 10_000, batch: 256, dim: 64 },
};

/** Measurements along one size, with all other sizes fixed. */
export interface Sweep {
  readonly axis: 'items' | 'batch' | 'dim' | 'threads';
  readonly points: readonly MeasuredPoint[];
  /** Absent where the processes also translated TypeScript. */
  readonly compiled?: true;
}

/** Measures training steps of two models by catalogue size, batch size, dim and threads. */
export async function measureScaling(onPoint: (point: ScalingPoint) => void): Promise<Sweep[]> {
  const threads = availableParallelism();
  const program = bundleProgram('scaling-process');
  const values = {
    items: [1e3, 1e4, 1e5, 1e6],
    batch: [64, 256, 1024, 4096],
    dim: [16, 32, 64, 128, 256],
    threads: Array.from({ length: threads }, (_, at) => at + 1).filter(
      (count) => count === threads || Number.isInteger(Math.log2(count)),
    ),
  };
  const sweeps: Sweep[] = [];
  for (const [axis, steps] of Object.entries(values)) {
    const points: MeasuredPoint[] = [];
    for (const model of models)
      for (const value of steps)
        points.push(await measure(program, { model, threads, ...defaults[model], [axis]: value }, onPoint));
    sweeps.push({ axis: axis as Sweep['axis'], compiled: true, points });
  }
  return sweeps;
}

async function measure(
  program: string,
  point: ScalingPoint,
  onPoint: (point: ScalingPoint) => void,
): Promise<MeasuredPoint> {
  onPoint(point);
  const env = { ...process.env, FOOTLIGHT_THREADS: String(point.threads) };
  const printed = await runProgram(process.execPath, [program, JSON.stringify(point)], { env });
  return JSON.parse(printed) as MeasuredPoint;
}

const axes = {
  items: 'items in the catalogue',
  batch: 'rows per step',
  dim: 'length of vectors',
  threads: 'threads',
} as const;

/** Creates two figures for a sweep: time and memory. */
export function createFigures({ axis, points }: Sweep): Figure[] {
  const create = (id: string, title: string, label: string, getValue: (point: MeasuredPoint) => number): Figure => ({
    id: `${id}-by-${axis}`,
    title,
    description: `${models
      .map(
        (model) =>
          `${names[model]}: ${points
            .filter((point) => point.model === model)
            .map((point) => `${getValue(point).toPrecision(3)} at ${point[axis].toLocaleString('en')}`)
            .join(', ')}`,
      )
      .join('; ')}.`,
    x: {
      label: axes[axis],
      scale: 'log',
      ticks: [...new Set(points.map((point) => point[axis]))],
      format: (x) => x.toLocaleString('en'),
    },
    y: { label, scale: 'log' },
    series: models.map((model) => ({
      name: names[model],
      draw: 'line',
      points: points.filter((point) => point.model === model).map((point) => ({ x: point[axis], y: getValue(point) })),
    })),
  });
  return [
    create(
      'time',
      `Time of a training step by ${axes[axis]}`,
      'milliseconds per step',
      ({ seconds }) => 1000 * seconds,
    ),
    create('memory', `Memory by ${axes[axis]}`, 'peak of the process (MB)', ({ peakBytes }) => peakBytes / 1e6),
  ];
}
