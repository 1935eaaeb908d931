import { markdownTable } from 'markdown-table';
import { formatMachine, type Machine } from '../measure/machine.js';
import { allUsers, type ServedSize, type ServeTarget, serveCases } from './cases.js';

/** What one case measured. */
export interface ServeResult {
  readonly name: string;
  readonly backend: string;
  readonly figures: Readonly<Record<string, number>>;
  /** Load average of the last minute at the end. */
  readonly load: number;
  readonly run: {
    readonly command: string;
    /** ISO 8601. */
    readonly date: string;
    readonly machine: Machine;
    /** Seconds that requests were sent for. */
    readonly seconds: number;
  };
}

/** What `npm run bench:serve` stores. */
export interface ServeReport {
  readonly results: readonly ServeResult[];
}

const cases = [...serveCases, allUsers];

/** Formats the stored results as a page. */
export function formatServePage({ results }: ServeReport): string {
  const measured = cases.flatMap((each) => {
    const result = results.find(({ name }) => name === each.name);
    return result ? [{ ...each, result }] : [];
  });
  const missed = measured.filter(({ targets, result }) => targets.some((target) => !isMet(target, result)));
  const targetCount = measured.reduce((sum, { targets }) => sum + targets.length, 0);
  const missedCount = measured.reduce((sum, { targets, result }) => {
    return sum + targets.filter((target) => !isMet(target, result)).length;
  }, 0);
  const rows = measured.map(({ name, size, targets, result: { figures, load } }) => [
    name,
    formatSize(size),
    formatFigure(figures['listsPerSecond']),
    formatFigure(figures['p50Milliseconds']),
    formatFigure(figures['p99Milliseconds']),
    formatFigure(figures['seconds']),
    formatFigure(figures['processorMicroseconds']),
    formatFigure(figures['failed']),
    targets.map((target) => formatTarget(target, figures)).join('; '),
    load.toFixed(1),
  ]);
  const title = [
    ...['requests', 'model', 'lists per second', 'median, ms', '99 % within, ms', 'seconds'],
    ...['processor time per list, µs', 'failed', 'target', 'load'],
  ];
  const sources = new Set(measured.map(({ result: { run } }) => `${run.date.slice(0, 10)} with \`${run.command}\``));
  const machines = new Set(measured.map(({ result: { run } }) => formatMachine(run.machine)));
  return [
    '# Serving at speed',
    '',
    ...(missedCount === 0
      ? ['All targets met.']
      : [`${missedCount} target${missedCount === 1 ? '' : 's'} of ${targetCount} missed:`]),
    ...(missed.length > 0 ? ['', ...missed.map(({ name }) => `- ${name}`)] : []),
    '',
    '## Requests over loopback, and lists for all users',
    '',
    markdownTable([title, ...rows], { align: ['l', 'l', 'r', 'r', 'r', 'r', 'r', 'r', 'l', 'r'] }),
    '',
    `Measured ${[...sources].join(' and ')}. ${[...machines].join('. ')}.`,
    '',
    'Parameters and histories are random, since the time does not depend on them. The service and the requests have ' +
      'a process each and share the processors. Each connection waits for its answer before it sends the next ' +
      'request, and each list has ten items, without those of the history. The command line loads a saved model and ' +
      'writes lists of twenty items; its time includes loading. *load* is the load average at the end: beyond the ' +
      'number of processors, other programs had a part of them, and lists per second are fewer. *Processor time* is ' +
      'that of all threads of the service, without the time that it waited for a processor.',
    '',
  ].join('\n');
}

const formatSize = ({ model, users, items, dim }: ServedSize): string =>
  `${model === 'factorization' ? `${formatCount(users)} users × ` : ''}${formatCount(items)} items, dim ${dim}`;

const formatCount = (count: number): string => count.toLocaleString('en-US');

const formatFigure = (figure: number | undefined): string =>
  figure === undefined ? '' : figure >= 100 ? formatCount(Math.round(figure)) : String(Number(figure.toPrecision(3)));

const isMet = ({ figure, at, value }: ServeTarget, { figures }: Pick<ServeResult, 'figures'>): boolean =>
  at === 'least' ? figures[figure]! >= value : figures[figure]! <= value;

const units: Readonly<Record<ServeTarget['figure'], string>> = {
  listsPerSecond: ' lists per second',
  p99Milliseconds: ' ms for 99 %',
  seconds: ' s',
  failed: '',
};

function formatTarget(target: ServeTarget, figures: ServeResult['figures']): string {
  const text =
    target.figure === 'failed' ? 'none failed' : `at ${target.at} ${formatCount(target.value)}${units[target.figure]}`;
  return isMet(target, { figures }) ? text : `${text}, **missed**`;
}
