import { cellTable, countAgreement, type PublishedCells } from './cells.js';
import { claimSentence } from './claim.js';
import { commandReference, explanationText, helpText } from './command-line.js';
import { componentTable } from './components.js';
import type { Directive } from './expand.js';
import { type PublishedValues, publishedTable } from './experiments.js';
import { figureHtml, figureKinds } from './figures.js';
import type { CommandLine } from './program.js';
import { referenceTable } from './reference-table.js';
import { commandLines, comparisonTable, noteList, resultTables } from './result-tables.js';
import { getName, type StoredResults, selectNeverRun, selectResults } from './results.js';
import {
  readEngineReport,
  readWasmReport,
  scalingFigures,
  speedFigure,
  speedSource,
  speedTables,
  wasmTables,
} from './speed.js';
import { gridTable, type StoredStudies, studyTable } from './studies.js';
import { selectStudyFigures } from './study-figures.js';
import { resultValue } from './value.js';

/** What pages can say between `<!--` and `-->`. Words such as `metric=mrr` choose, all others name experiments. */
export function createDirectives(
  stored: StoredResults,
  published: PublishedValues,
  cells: PublishedCells,
  commandLine: CommandLine,
  studies: StoredStudies,
): Readonly<Record<string, Directive>> {
  const experiments = [...published.keys()];
  const select = (words: readonly string[]) => selectResults(stored.results, names(words), experiments);
  const findNeverRun = (words: readonly string[]) => selectNeverRun(stored.results, names(words), experiments);
  return {
    results: (words) => resultTables(select(words), option(words, 'metric'), findNeverRun(words)),
    comparison: (words) => comparisonTable(stored, names(words), option(words, 'metric'), experiments),
    published: (words) => publishedTable(published, new Set(stored.results.map(getName)), words),
    cells: ([writeUp = '']) => cellTable(findCells(cells, writeUp), published, stored.results),
    agreement: ([writeUp = '']) => countAgreement(findCells(cells, writeUp), published, stored.results),
    reference: (words) => referenceTable(select(words)),
    notes: (words) => noteList(select(words)),
    commands: (words) => commandLines(select(words), findNeverRun(words)),
    claim: (words) => claimSentence(stored.results, words, experiments),
    value: (words) => resultValue(stored.results, words, experiments),
    figure: ([kind = '', ...words]) => {
      const create = figureKinds[kind];
      if (!create) throw new Error(`docs: expected one of ${Object.keys(figureKinds).join(', ')}, received ${kind}.`);
      const metrics = option(words, 'metric');
      const figures = create(select(words)).filter(
        ({ title }) => !metrics || metrics.some((name) => title.includes(name)),
      );
      if (figures.length === 0 && findNeverRun(words).length > 0)
        return `Not drawn: ${findNeverRun(words).join(', ')} were never run.`;
      if (figures.length === 0)
        throw new Error(`docs: expected a figure of ${kind} for ${words.join(' ')}, received none.`);
      return figureHtml(figures);
    },
    studies: (words) => studyTable(studies, words),
    grid: (words) => gridTable(studies, words),
    'study-figures': (words) => figureHtml(selectStudyFigures(studies, words)),
    components: componentTable,
    help: ([command]) => helpText(commandLine, command),
    explanation: ([name = '']) => explanationText(commandLine, name),
    'command-line': () => commandReference(commandLine.createProgram()),
    'speed-tables': () => speedTables(readEngineReport()),
    'speed-figure': () => figureHtml([speedFigure(readEngineReport())]),
    'speed-scaling': () => figureHtml(scalingFigures(readEngineReport())),
    'speed-wasm': () => wasmTables(readWasmReport()),
    'speed-source': () => speedSource(readEngineReport()),
  };
}

function findCells(cells: PublishedCells, writeUp: string): PublishedCells[string] {
  const found = cells[writeUp];
  if (!found) throw new Error(`docs: expected one of ${Object.keys(cells).join(', ')}, received ${writeUp}.`);
  return found;
}

const names = (words: readonly string[]): string[] => words.filter((word) => !word.includes('='));

/** The values of `metric=mrr,auc`. */
function option(words: readonly string[], name: string): string[] | undefined {
  return words
    .find((word) => word.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .split(',');
}
