import type { StudyTrial } from './study-content.js';
import { getState, type ShownState } from './trial-states.js';

/** A trial on the timeline; times in seconds since the first trial began, without pauses. */
export interface Span {
  readonly trial: StudyTrial;
  readonly state: ShownState;
  readonly from: number;
  readonly to: number;
  /** Number of the lane, from 0: trials that ran at the same time have different ones. */
  readonly lane: number;
}

/** A time without trials, longer than a tenth of the time with trials. */
export interface Pause {
  /** When it began, in seconds as in `Span`. */
  readonly at: number;
  readonly seconds: number;
}

export interface Timeline {
  readonly spans: readonly Span[];
  readonly pauses: readonly Pause[];
  readonly lanes: number;
  /** When the first trial began. */
  readonly start: Date;
  /** Seconds until the last trial ended, without pauses. */
  readonly seconds: number;
  /** Trials that ended before they began: the clocks of their machines differ. */
  readonly reversed: number;
}

/**
 * Arranges trials by time. Logs do not name workers, so a trial takes the first lane that is free when it begins, and
 * there are as many lanes as trials ran at once.
 *
 * Running trials last until the latest time in the log.
 */
export function arrangeTimeline(trials: readonly StudyTrial[]): Timeline | undefined {
  const begun = trials.filter(({ started }) => started && !Number.isNaN(started.getTime()));
  if (begun.length === 0) return undefined;
  const getEnd = ({ completed }: StudyTrial): number => completed?.getTime() ?? Number.NaN;
  const latest = Math.max(
    ...begun.flatMap((trial) => [trial.started!.getTime(), getEnd(trial)]).filter(Number.isFinite),
  );
  const timed = begun
    .map((trial) => {
      const from = trial.started!.getTime();
      const end = getEnd(trial);
      return { trial, from, to: Math.max(from, Number.isNaN(end) ? (trial.state === 'running' ? latest : from) : end) };
    })
    .sort((one, other) => one.from - other.from || one.trial.number - other.trial.number);
  const start = timed[0]!.from;
  const gaps = findGaps(timed);
  const toSeconds = (time: number): number =>
    (time - start - gaps.reduce((sum, gap) => sum + Math.max(0, Math.min(time, gap.to) - gap.from), 0)) / 1000;

  const ends: number[] = []; // by lane
  const spans = timed.map(({ trial, from, to }): Span => {
    const free = ends.findIndex((end) => end <= from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = to;
    return { trial, state: getState(trial), from: toSeconds(from), to: toSeconds(to), lane };
  });
  return {
    spans,
    pauses: gaps.map(({ from, to }) => ({ at: toSeconds(from), seconds: (to - from) / 1000 })),
    lanes: ends.length,
    start: new Date(start),
    seconds: toSeconds(latest),
    reversed: begun.filter((trial) => getEnd(trial) < trial.started!.getTime()).length,
  };
}

interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Times without trials that are longer than a tenth of the time with trials. */
function findGaps(sorted: readonly Gap[]): Gap[] {
  const gaps: Gap[] = [];
  let [end, busy] = [sorted[0]!.from, 0];
  for (const { from, to } of sorted) {
    if (from > end) gaps.push({ from: end, to: from });
    busy += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return gaps.filter((gap) => gap.to - gap.from > Math.max(1000, busy / 10));
}
