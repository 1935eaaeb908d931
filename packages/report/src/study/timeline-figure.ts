import type { Figure } from '../plots/figure.js';
import { chooseTimeUnit, formatMoment, formatObjective, formatSeconds } from './format-numbers.js';
import type { StudyContent } from './study-content.js';
import { joinSentences, type StudyFigure, tableRows } from './study-figure.js';
import { createAxis } from './ticks.js';
import { arrangeTimeline, type Span, type Timeline } from './timeline.js';
import { getValue, looks, type ShownState } from './trial-states.js';

/** Beyond, the figure shows how many trials ran at a time, not each of them. */
const drawnSpans = 300;
const drawnLanes = 32;
const binCount = 60;
const namedPauses = 3;

const states = ['complete', 'pruned', 'infeasible', 'failed', 'running'] as const;

/** Timeline: when each trial ran, by state; of many trials how many ran at once. */
export function createTimelineFigure(study: StudyContent, id: string): StudyFigure | undefined {
  const timeline = arrangeTimeline(study.trials);
  if (!timeline) return undefined;
  const { spans, pauses, lanes, start, seconds, reversed } = timeline;
  const { name, size } = chooseTimeUnit(seconds);
  const isDrawn = spans.length <= drawnSpans && lanes <= drawnLanes;
  const own = states.filter((state) => spans.some((span) => span.state === state));
  const bins = isDrawn ? [] : countRunning(timeline, own);
  const waiting = study.trials.filter(({ state }) => state === 'waiting').length;
  const busy = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  const isPaused = pauses.length > 0;
  return {
    figure: {
      id,
      title: 'Timeline',
      description: joinSentences(
        `The first trial began at ${formatMoment(start)}.`,
        `It took ${formatSeconds(seconds)}${isPaused ? ' without the pauses' : ''} until the last one ended.`,
        isDrawn
          ? `A bar per trial; at most ${lanes === 1 ? 'one ran' : `${lanes} ran`} at once.`
          : `${spans.length} trials, at most ${lanes} at once; on average ${formatObjective(busy / (seconds || 1))}. ` +
              'Columns are averages over equal times.',
        pauses.length > namedPauses ? `${pauses.length} pauses are left out.` : '',
        waiting > 0 ? `${waiting} enqueued ${waiting === 1 ? 'trial waits' : 'trials wait'}.` : '',
        reversed > 0 ? `${reversed} ended before their beginning: the clocks of the machines differ.` : '',
      ),
      x: createAxis(`${name}${isPaused ? ', without pauses' : ''}`, 0, seconds / size || 1),
      y: isDrawn
        ? createLaneAxis(lanes)
        : { ...createAxis('trials at once', 0, Math.max(1, ...bins.map(({ total }) => total))) },
      ...(isDrawn ? { height: 80 + Math.max(lanes * 18, 40) } : {}),
      rules: pauses.map(({ at, seconds: length }) => ({
        x: at / size,
        label: pauses.length > namedPauses ? '' : `pause of ${formatSeconds(length)}`,
      })),
      series: own.map((state) => (isDrawn ? drawSpans(spans, state, size) : drawColumns(bins, state, size))),
    },
    table: isDrawn && spans.length <= tableRows ? listSpans(spans) : sumByState(spans, own),
  };
}

function createLaneAxis(lanes: number): NonNullable<Figure['y']> {
  const step = Math.ceil(lanes / 8);
  const ticks = Array.from({ length: Math.ceil(lanes / step) }, (_, at) => at * step + 1);
  return { label: 'trials at once', domain: [lanes + 0.5, 0.5], ticks, format: String };
}

function drawSpans(spans: readonly Span[], state: ShownState, size: number): Figure['series'][number] {
  return {
    name: state,
    draw: 'spans',
    look: looks[state],
    spans: spans
      .filter((span) => span.state === state)
      .map(({ trial, from, to, lane }) => {
        const value = getValue(trial, 0);
        const text = `trial ${trial.number}, ${state}, ${formatSeconds(to - from)}`;
        return {
          from: from / size,
          to: to / size,
          y: lane + 1,
          note: value === undefined ? text : `${text}: ${formatObjective(value)}`,
        };
      }),
  };
}

interface Bin {
  readonly from: number;
  readonly to: number;
  /** The average number of trials that ran, by state. */
  readonly counts: ReadonlyMap<ShownState, number>;
  readonly total: number;
}

/** How many trials ran on average in each of equal parts of the time. */
function countRunning({ spans, seconds }: Timeline, own: readonly ShownState[]): Bin[] {
  const length = (seconds || 1) / binCount;
  const sums = Array.from({ length: binCount }, () => new Map(own.map((state) => [state, 0])));
  for (const { from, to, state } of spans)
    for (let bin = Math.floor(from / length); bin < binCount && bin * length < to; bin++) {
      const overlap = Math.min(to, (bin + 1) * length) - Math.max(from, bin * length);
      sums[bin]!.set(state, sums[bin]!.get(state)! + overlap / length);
    }
  return sums.map((counts, bin) => ({
    from: bin * length,
    to: (bin + 1) * length,
    counts,
    total: [...counts.values()].reduce((sum, count) => sum + count, 0),
  }));
}

function drawColumns(bins: readonly Bin[], state: ShownState, size: number): Figure['series'][number] {
  return {
    name: state,
    draw: 'columns',
    look: looks[state],
    columns: bins.map(({ from, to, counts }) => {
      const states = [...counts.keys()];
      const base = states.slice(0, states.indexOf(state)).reduce((sum, each) => sum + counts.get(each)!, 0);
      return { from: from / size, to: to / size, base, y: counts.get(state)! };
    }),
  };
}

function listSpans(spans: readonly Span[]): StudyFigure['table'] {
  return {
    caption: 'When the trials ran',
    columns: [
      { title: 'trial' },
      { title: 'state' },
      { title: 'began' },
      { title: 'ran', align: 'right' },
      { title: 'row', align: 'right' },
    ],
    rows: spans.map(({ trial, state, from, to, lane }) => [
      String(trial.number),
      state,
      formatMoment(trial.started!),
      formatSeconds(to - from),
      String(lane + 1),
    ]),
  };
}

function sumByState(spans: readonly Span[], own: readonly ShownState[]): StudyFigure['table'] {
  return {
    caption: 'Time of the trials by state',
    columns: [
      { title: 'state' },
      { title: 'trials', align: 'right' },
      { title: 'time together', align: 'right' },
      { title: 'median', align: 'right' },
      { title: 'longest', align: 'right' },
    ],
    rows: own.map((state) => {
      const times = spans
        .filter((span) => span.state === state)
        .map(({ from, to }) => to - from)
        .sort((one, other) => one - other);
      return [
        state,
        String(times.length),
        formatSeconds(times.reduce((sum, time) => sum + time, 0)),
        formatSeconds(times[Math.floor((times.length - 1) / 2)]!),
        formatSeconds(times.at(-1)!),
      ];
    }),
  };
}
