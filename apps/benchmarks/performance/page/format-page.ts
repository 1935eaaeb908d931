import { markdownTable } from 'markdown-table';
import { formatMachine } from '../measure/machine.js';
import type { Suite } from '../suite.js';
import { formatBytes, formatResultTable, two } from './format-result-table.js';
import type { PerformanceReport } from './report.js';
import { type Dated, type Footnotes, footnotesFor, formatCount, formatSources, type RunInfo } from './run-info.js';
import { compareWithTarget, formatTarget, isAboveTarget } from './targets.js';

/** A figure in a file beside the page. */
export interface FigureFile {
  readonly file: string;
  readonly title: string;
}

/** Formats a report as a page in Markdown. */
export function formatPage(suite: Suite, report: PerformanceReport, figures: readonly FigureFile[]): string {
  const footnotes = footnotesFor(report);
  const groups = [...new Set(report.results.map(({ group }) => group))];
  const tables = groups.map((group) => {
    const results = report.results.filter((result) => result.group === group);
    return formatSection(group, results, footnotes, formatResultTable);
  });
  const memory = report.memory.length === 0 ? [] : [formatMemory(report.memory, footnotes)];
  const scaling = figures.length === 0 ? [] : [formatScaling(report.scaling, figures, footnotes)];
  const explanation = formatExplanation(suite, report, footnotes.format()); // after all marks
  const missed = formatMissedTargets(report);
  return `${[`# ${suite.title}`, ...missed, ...tables, explanation, ...memory, ...scaling].join('\n\n')}\n`;
}

/** The cases that are slower, or need more memory, than their targets allow. */
function formatMissedTargets({ results, memory }: PerformanceReport): string[] {
  const missed = [
    ...results.filter((result) => compareWithTarget(result) === 'missed').map(({ group, name }) => `${group}: ${name}`),
    ...memory.filter(isAboveTarget).map(({ name }) => `Memory: ${name}`),
  ];
  if (missed.length === 0) return [];
  const targets = results.filter(({ maxRatio }) => maxRatio !== undefined).length + memory.length;
  return [
    `${formatCount(missed.length, 'target')} of ${targets} missed:\n\n${missed.map((each) => `- ${each}`).join('\n')}`,
  ];
}

function formatExplanation(suite: Suite, report: PerformanceReport, footnotes: readonly string[]): string {
  const { rounds, threads, warmUp } = { ...report, ...suite };
  const counted =
    rounds === 1 ? 'One round' : `Medians of ${rounds} rounds; brackets show the smallest and the largest`;
  const procedure = [
    'In each round Footlight and the peers do the same work one after the other',
    threads === undefined ? '' : `, with ${formatCount(threads, 'thread')} each`,
    warmUp ? '; a first round warms up and is not counted.' : '.',
  ].join('');
  const stored =
    footnotes.length === 0
      ? ''
      : `\n\nMarked results were measured in earlier runs:\n\n${footnotes.map((note) => `- ${note}`).join('\n')}`;
  return [
    [
      `${counted}. ${procedure}`,
      "*ours / theirs* is Footlight's time divided by the time of that peer,",
      'and *ours / fastest* that divided by the time of the fastest peer,',
      'as medians over rounds: below 1 Footlight is faster.',
      '*at most* is the target for it, *missed* where it is larger.',
      'A case without peers was measured where none was installed.',
    ].join(' '),
    suite.notes(report),
    `${formatRun(report)}${stored}`,
  ].join('\n\n');
}

function formatRun({ command, date, backend, machine, load }: RunInfo): string {
  const where = [...(backend === undefined ? [] : [`backend ${backend}`]), formatMachine(machine)].join('; ');
  const range = `${two(load.smallest)}–${two(load.largest)}`;
  return [
    `Measured with \`${command}\`, ${date.slice(0, 10)}: ${where}.`,
    `Load average meanwhile: ${two(load.median)} (${range}).`,
  ].join(' ');
}

/** A footnote mark in the heading if all results share it, otherwise at their names. */
function formatSection<Result extends Dated<{ readonly name: string }>>(
  heading: string,
  results: readonly Result[],
  footnotes: Footnotes,
  formatTable: (results: readonly Result[]) => string,
): string {
  const marks = results.map(({ run }) => footnotes.mark(run));
  const sources = formatSources(results.map(({ run }) => run));
  if (new Set(marks).size === 1)
    return `## ${[heading, marks[0]].join(' ').trim()}\n\n${formatTable(results)}\n\n${sources}`;
  const marked = results.map((result, index) => ({ ...result, name: `${result.name} ${marks[index]}`.trim() }));
  return `## ${heading}\n\n${formatTable(marked)}\n\n${sources}`;
}

function formatMemory(memory: PerformanceReport['memory'], footnotes: Footnotes): string {
  const formatTable = (results: PerformanceReport['memory']) => {
    const rows = results.flatMap(({ name, steps, bytes, maxBytes, peers }) => [
      [
        name,
        'Footlight',
        String(steps),
        formatBytes(bytes),
        formatTarget(formatBytes(maxBytes), isAboveTarget({ bytes, maxBytes }) ? 'missed' : 'reached'),
      ],
      ...Object.entries(peers).map(([peer, theirs]) => ['', peer, '', formatBytes(theirs), '']),
    ]);
    const columns = ['work', 'library', 'steps', 'peak memory', 'at most'];
    return markdownTable([columns, ...rows], { align: ['l', 'l', 'r', 'r', 'r'] });
  };
  const explanation = [
    'The most memory that a process held at one time while it trained, with its runtime, packages and data.',
    'Footlight runs as compiled JavaScript, as users of the packages run it. 1 MB is 10⁶ bytes.',
  ].join(' ');
  return `${formatSection('Memory of a training process', memory, footnotes, formatTable)}\n\n${explanation}`;
}

function formatScaling(
  scaling: PerformanceReport['scaling'],
  figures: readonly FigureFile[],
  footnotes: Footnotes,
): string {
  const marks = new Set(scaling.map(({ run }) => footnotes.mark(run)));
  const threads = scaling[0]?.run.threads;
  const translated = scaling.every(({ compiled }) => compiled)
    ? ''
    : ' Peak memory includes 98 MB for the translation of TypeScript.';
  const explanation = [
    'One step in a process of its own, with ids drawn uniformly from the catalogue.',
    'All other sizes are fixed: 10,000 items, dim 64, 1,024 pairs or 256 sequences of 50 items per step,',
    `${threads} threads.${translated}`,
  ].join(' ');
  return `## ${['Training steps by size', ...marks].join(' ').trim()}

${explanation}

${figures.map(({ file, title }) => `![${title}](${file})`).join('\n')}

${formatSources(scaling.map(({ run }) => run))}`;
}
