import { formatProtocolTitle } from '../format-protocol-title.js';
import type { Figure, LinePoint, Series } from '../plots/figure.js';
import type { Curves, StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { createEpochAxis } from './epoch-axis.js';
import { createId, findBest, formatValue, isErrorMetric, shortenNames } from './names.js';

/** Experiments with a color of their own; the others are thin lines of one color. */
const colored = 6;

interface Curve {
  readonly name: string;
  /** Mean over the seeds that were trained for so many epochs; undefined for epochs without a value. */
  readonly values: readonly (number | undefined)[];
}

/**
 * The learning curves of the experiments of one protocol: the training loss, and a validation and a test metric by
 * epoch, a figure each and a line per experiment. The experiments with the best means have colors.
 */
export function createProtocolCurves(group: ResultGroup<StoredResult>): Figure[] {
  const metric = Object.keys(group[0].metrics)[0]!;
  const sign = isErrorMetric(metric) ? -1 : 1;
  const names = new Map(shortenNames(group.map(({ experiment }) => experiment)).map((name, at) => [group[at]!, name]));
  const trained = group
    .filter(({ runs }) => runs.some(({ losses }) => losses.length > 1))
    .sort((one, other) => sign * (other.metrics[metric]!.mean - one.metrics[metric]!.mean));
  const collect = (getCurve: (run: Curves) => readonly (number | null)[] | undefined): Curve[] =>
    trained
      .map((result) => ({ name: names.get(result)!, values: averageCurves(result.runs.map(getCurve)) }))
      .filter(({ values }) => values.filter((value) => value !== undefined).length > 1);
  const looks = new Map(trained.slice(0, colored).map((result, at) => [names.get(result)!, at]));
  const { protocol } = group[0];
  const figures = [
    createLossFigure(
      collect(({ losses }) => toShare(losses)),
      looks,
      protocol,
    ),
    ...(['validation', 'test'] as const).map((part) => {
      const measured = trained.flatMap(({ runs: [run] }) => Object.keys(run?.[part] ?? {}))[0];
      return measured === undefined
        ? undefined
        : createMetricFigure(
            collect((run) => run[part]?.[measured]),
            looks,
            protocol,
            part,
            measured,
          );
    }),
  ];
  return figures.filter((figure) => figure !== undefined);
}

/** Losses as shares of that of the first epoch, so that different loss functions fit into one figure. */
function toShare(losses: readonly number[]): readonly (number | null)[] {
  const [first] = losses;
  return losses.map((loss) => (first ? (100 * loss) / first : null));
}

/** Means over the runs that have a value; undefined where none has. */
function averageCurves(runs: readonly (readonly (number | null)[] | undefined)[]): (number | undefined)[] {
  const length = Math.min(...runs.map((run) => run?.length ?? 0)); // a mean over fewer runs would jump
  return Array.from({ length }, (_, epoch) => {
    const values = runs.map((run) => run?.[epoch]).filter((value) => value !== null && value !== undefined);
    return values.length < runs.length ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

type Looks = ReadonlyMap<string, number>;

function createLossFigure(
  curves: readonly Curve[],
  looks: Looks,
  protocol: StoredResult['protocol'],
): Figure | undefined {
  if (curves.length === 0) return undefined;
  const last = curves.map(({ name, values }) => ({ name, y: values.findLast((value) => value !== undefined)! }));
  const [least] = last.toSorted((one, other) => one.y - other.y) as [(typeof last)[number]];
  return {
    id: createId('curves-loss', protocol.hash),
    title: `Training loss, ${formatProtocolTitle(protocol)}`,
    description:
      'Loss of each epoch in percent of that of the first, as means over seeds. ' +
      `It falls most for ${least.name}: to ${least.y.toFixed(least.y < 10 ? 1 : 0)} %.`,
    x: createEpochAxis(getLastEpoch(curves)),
    y: { label: 'training loss (% of the first epoch)' },
    series: createSeries(curves, looks),
  };
}

function createMetricFigure(
  curves: readonly Curve[],
  looks: Looks,
  protocol: StoredResult['protocol'],
  part: 'validation' | 'test',
  metric: string,
): Figure | undefined {
  if (curves.length === 0) return undefined;
  const points = curves.flatMap(({ name, values }) => toPoints(values).map((point) => ({ ...point, name })));
  const best = findBest(points, ({ y }) => y, metric);
  return {
    id: createId('curves', part, protocol.hash),
    title: `${metric} (${part}), ${formatProtocolTitle(protocol)}`,
    description: `Means over seeds. The best is ${formatValue(best.y)}: ${best.name}, after epoch ${best.x}.`,
    x: createEpochAxis(getLastEpoch(curves)),
    y: { label: `${metric} (${part})` },
    series: createSeries(curves, looks),
  };
}

const getLastEpoch = (curves: readonly Curve[]): number => Math.max(...curves.map(({ values }) => values.length - 1));

/** A series per colored experiment; one of the others, in front of which the colored lines are drawn. */
function createSeries(curves: readonly Curve[], looks: Looks): Series[] {
  const others = curves.filter(({ name }) => !looks.has(name));
  const line = ({ name, values }: Curve) => toPoints(values).map((point): LinePoint => ({ ...point, note: name }));
  return [
    ...(others.length > 0
      ? [
          {
            name: `${others.length} other${others.length === 1 ? '' : 's'}`,
            look: colored,
            draw: 'line' as const,
            emphasis: 'faint' as const,
            solid: true,
            points: others.flatMap((curve) => line(curve).map((point) => ({ ...point, run: curve.name }))),
          },
        ]
      : []),
    ...curves
      .filter(({ name }) => looks.has(name))
      .map((curve) => ({ name: curve.name, look: looks.get(curve.name)!, draw: 'line' as const, points: line(curve) })),
  ];
}

const toPoints = (values: readonly (number | undefined)[]): { x: number; y: number }[] =>
  values.flatMap((y, x) => (y === undefined ? [] : [{ x, y }]));
