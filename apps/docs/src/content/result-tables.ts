import {
  compareExperiments,
  createResultColumns,
  describeArchives,
  formatCommands,
  formatProtocolTitle,
  groupByProtocol,
  type ResultGroup,
  type StoredResult,
} from '@footlight/report';
import { repositoryUrl } from '../api/packages.js';
import { markdownTable } from './markdown-table.js';
import { isMetric } from './metric-names.js';
import { getName, type StoredResults } from './results.js';

/** A space at which no line ends. */
const noBreak = '\u00a0';

/**
 * A table per protocol: published values, and ours with standard errors; below it the commands that measured them.
 *
 * @param metrics chooses columns. Default all
 * @param neverRun experiments that belong here and were never run; they are named at the end
 */
export function resultTables(
  results: readonly StoredResult[],
  metrics?: readonly string[],
  neverRun: readonly string[] = [],
): string {
  const tables = groupByProtocol(results).map((group) =>
    [resultTable(group, metrics), ...describeArchives(group), protocolLine(group[0]), commandDetails(group)].join(
      '\n\n',
    ),
  );
  return [...tables, ...(neverRun.length > 0 ? [neverRunLine(neverRun)] : [])].join('\n\n');
}

/** The commands that measured a table, and when. */
function commandDetails(group: ResultGroup<StoredResult>): string {
  return `<details><summary>Commands of this table</summary>\n\n${formatCommands(group)}\n\n</details>`;
}

function neverRunLine(names: readonly string[]): string {
  return `Never run: ${experimentLinks(names).join(', ')}.`;
}

function resultTable(group: ResultGroup<StoredResult>, chosen?: readonly string[]): string {
  const metrics = Object.keys(group[0].metrics).filter(
    (metric) => !chosen || chosen.some((word) => isMetric(metric, word)),
  );
  if (metrics.length === 0) throw new Error(`docs: expected a metric of ${getName(group[0])}, received ${chosen}.`);
  const columns = createResultColumns(group, metrics);
  const links = experimentLinks(group.map(getName));
  const rows = group.map((result, at) => [
    links[at]!,
    ...columns.map(({ format }) => format(result).replaceAll(' ', noBreak)),
    String(result.seeds.length),
  ]);
  const titles = columns.map(({ title }) => title.replace(/ published$/, ', published'));
  return markdownTable(['experiment', ...titles, 'seeds'], rows);
}

/** The name of an experiment, as a link to its file; `text` may leave out the folder. */
export function experimentLink(name: string, text = name): string {
  return `[\`${text}\`](${repositoryUrl}/blob/main/apps/benchmarks/experiments/${name}.ts)`;
}

/** Links to experiments; the folder is left out where all share it. */
export function experimentLinks(names: readonly string[]): string[] {
  const isShared = new Set(names.map((name) => name.split('/')[0])).size === 1;
  return names.map((name) => experimentLink(name, isShared ? name.slice(name.indexOf('/') + 1) : name));
}

function protocolLine({ protocol }: StoredResult): string {
  const title = formatProtocolTitle(protocol);
  return `<p class="protocol">Protocol <code>${protocol.hash}</code>: ${title} · seen items: ${protocol.seen}</p>`;
}

/**
 * Each of the experiments against the first, user by user: differences with their bootstrap intervals and p-values.
 *
 * @param experiments names of all experiments, those that were never run too
 */
export function comparisonTable(
  { results, values }: StoredResults,
  [reference = '', ...others]: readonly string[],
  chosen?: readonly string[],
  experiments: readonly string[] = [],
): string {
  const missing = [reference, ...others].filter((name) => !values.has(name));
  const unknown = missing.find((name) => !experiments.includes(name));
  if (unknown !== undefined) throw new Error(`docs: expected values per user of ${unknown}, received none.`);
  const ran = new Set(results.map(getName));
  const notes = [
    describeMissing(
      'Never run',
      missing.filter((name) => !ran.has(name)),
    ),
    describeMissing(
      'Without values per user',
      missing.filter((name) => ran.has(name)),
    ),
  ].join('');
  const present = others.filter((name) => values.has(name));
  if (present.length === 0 || missing.includes(reference)) return notes.trim();
  const compared = present.map((name) => ({
    name,
    comparisons: compareExperiments(values.get(name)!, values.get(reference)!).filter(
      ({ metric }) => !chosen || chosen.some((word) => isMetric(metric, word)),
    ),
  }));
  const metrics = compared[0]!.comparisons.map(({ metric }) => metric);
  const links = experimentLinks(present);
  const rows = compared.map(({ comparisons }, at) => [
    links[at]!,
    ...comparisons.flatMap(({ difference, interval: [low, high], pValue }) => [
      `${signed(difference)} (${signed(low)} … ${signed(high)})`,
      pValue < 0.001 ? '< 0.001' : pValue.toFixed(3),
    ]),
  ]);
  const table = markdownTable([`difference from ${reference}`, ...metrics.flatMap((metric) => [metric, 'p'])], rows);
  return table + notes;
}

function describeMissing(what: string, names: readonly string[]): string {
  return names.length > 0 ? `\n\n${what}: ${experimentLinks(names).join(', ')}.` : '';
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;

/** What the experiments themselves remark about their results. */
export function noteList(results: readonly StoredResult[]): string {
  return results
    .flatMap((result) => (result.note === undefined ? [] : [`- ${experimentLink(getName(result))}: ${result.note}`]))
    .join('\n');
}

/** The commands that give the results again, one line per experiment. */
export function commandLines(results: readonly StoredResult[], neverRun: readonly string[] = []): string {
  const commands = [...results.map(({ command }) => command), ...neverRun.map((name) => `footlight run ${name}`)];
  return `\`\`\`sh\n${commands.join('\n')}\n\`\`\``;
}
