// structure: one command
import { resolve } from 'node:path';
import { omitUndefined, RecsysError } from '@footlight/core';
import { useBackend } from '@footlight/engine';
import {
  assertPublishedReached,
  createResultColumns,
  type ExperimentResult,
  formatResultTables,
  groupByProtocol,
  openResultsFolder,
  type StoredResult,
} from '@footlight/report';
import {
  describeStart,
  describeTrainingStart,
  isLearned,
  type Recommender,
  readEarlierRun,
  splitIntoFolds,
  type TrainingStart,
} from '@footlight/trainer';
import type { Context } from '../context.js';
import { Interruption } from '../exit-codes.js';
import { loadExperiments, type NamedExperiment } from '../project/experiments.js';
import { findProject, type Project } from '../project/find-project.js';
import { printJson, printMarkdown, printNote } from '../terminal/print.js';
import { createProgressLine, type ProgressLine } from '../terminal/progress.js';
import { chooseSeeds } from './choose-seeds.js';
import type { OnCounts } from './create-dataset.js';
import { createTableExperiment, nameTableExperiment } from './create-table-experiment.js';
import { describeLeftOut } from './describe-left-out.js';
import { formatCommand, tableOptions } from './format-command.js';
import { formatFlag } from './format-flag.js';
import { lockRun } from './lock-run.js';
import { noteBelowPopularity } from './note-popularity.js';
import { planCard } from './plan-card.js';
import { runAndStore, type StoreOptions } from './run-and-store.js';
import { suggestCommands } from './suggest-commands.js';
import type { RunOptions } from './types.js';
import { assertOutputs } from './write-output.js';

const optionalColumns: readonly string[] = ['protocol', 'backend', 'seeds'];

/** Columns that a narrow terminal can do without: those that every result has, then validation, loss, best epoch. */
export function listOptionalColumns(results: readonly ExperimentResult[]): string[] {
  const columns = groupByProtocol(results).flatMap((group) => createResultColumns(group));
  return [...optionalColumns, ...new Set(columns.filter(({ optional }) => optional).map(({ title }) => title))];
}

/** `footlight run`: results go to the output, everything else to the error output. */
export async function run(given: readonly string[], options: RunOptions, context: Context): Promise<void> {
  const project = await findProject(context.cwd, options);
  const experiments = await nameStart(await findExperiments(given, options, project, context), options, context);
  await assertOneRun(experiments, options, project, context);
  await assertOutputs([options.save, options.checkpoint], context);
  const card = await planCard(options, context);
  await useBackend(options.backend);
  const names = experiments.map(({ name }) => name);
  const lock = await lockRun(names, openResultsFolder(project.results), findArtifact(options, context));
  const results: StoredResult[] = [];
  const suggestions: string[] = [];
  const onSaved = async (recommender: Recommender): Promise<void> => {
    if (!options.json) suggestions.push(...(await suggestCommands(recommender, options.save!)));
  };
  const onArchives = createArchiveNotice(context);
  try {
    for (const experiment of experiments) {
      const result = await runOne(experiment, { ...options, onSaved, onArchives, card }, project, context);
      if (options.json) printJson(context.out, [selectPublicFields(result)]);
      else printNote(context.err, summarize(result));
      results.push(result);
      const directory = options.data === undefined ? undefined : resolve(context.cwd, options.data);
      await noteBelowPopularity(experiment.experiment, result, directory, context);
    }
  } finally {
    await lock.release();
  }
  if (!options.json) {
    if (context.err.isTTY) context.err.write('\n');
    printMarkdown(context.out, formatResultTables(groupByProtocol(results)), {
      markdown: options.markdown,
      optional: listOptionalColumns(results),
    });
  }
  if (options.save !== undefined && !options.json)
    printNote(
      context.err,
      [
        `\nModel saved${card ? `, with its card ${options.save}.card.md` : ''}.` +
          (suggestions.length > 0 ? ' Try:' : ''),
        ...suggestions.map((each) => `  ${each}`),
      ].join('\n'),
    );
  if (options.check) assertPublishedReached(results);
}

/** Says once per file how many users or items have no features or vector, and how many rows belong to none. */
function createCountNotice(options: RunOptions, err: Context['err']): OnCounts {
  const said = new Set<string>();
  const subjects = { itemVectors: 'items', itemFeatures: 'items', userFeatures: 'users' };
  return (option, { found, missing, unknown }) => {
    if (said.has(option)) return;
    said.add(option);
    err.write(
      `${options[option]}: rows for ${found} ${subjects[option]}, none for ${missing}; unknown ids: ${unknown}.\n`,
    );
  };
}

/** Names each archive whose checksum is not the publisher's, once. */
function createArchiveNotice({ err }: Context): NonNullable<StoreOptions['onArchives']> {
  const named = new Set<string>();
  return (archives) => {
    for (const { fileName, checksum } of archives) {
      if (checksum !== 'other' || named.has(fileName)) continue;
      named.add(fileName);
      printNote(err, `${fileName}: its checksum is not the publisher's; the results and their tables say so.`);
    }
  };
}

/** All are looked up before the first is run. */
async function findExperiments(
  names: readonly string[],
  options: RunOptions,
  project: Project,
  { cwd, err }: Context,
): Promise<NamedExperiment[]> {
  const { train, test, save } = options;
  if (options.table !== undefined && train !== undefined) fail('either --table or --train, received both');
  if ((train === undefined) !== (test === undefined))
    fail(`--train and --test together, received ${train === undefined ? '--test' : '--train'} alone`);
  const table = options.table ?? train;
  if (table !== undefined) {
    const flag = train === undefined ? '--table' : '--train';
    if (names.length > 0) fail(`either experiments or ${flag}, received ${names.join(' ')} and ${flag} ${table}`);
    const own = { ...options, table };
    const experiment = await createTableExperiment(own, cwd, createCountNotice(own, err));
    return [{ name: nameTableExperiment(own, experiment, cwd), experiment }];
  }
  const stray = options.given.find((name) => tableOptions.includes(name));
  if (stray !== undefined)
    fail(`--table along with ${formatFlag(stray)}, received none. Experiments choose their own components`);
  if (names.length === 0)
    fail('names or files of experiments, or --table with a file of your own, received neither. See footlight list');
  if (save !== undefined && names.length > 1) fail(`one experiment with --save, received ${names.length}`);
  return loadExperiments(names, { cwd, project });
}

/** Runs that start from a saved model are stored under names of their own. */
async function nameStart(
  experiments: readonly NamedExperiment[],
  { from, save, seeds = 1 }: RunOptions,
  { cwd }: Context,
): Promise<readonly NamedExperiment[]> {
  if (from === undefined) return experiments;
  const solved = experiments.find(({ experiment }) => !isLearned(experiment));
  if (solved) fail(`a model that is trained with --from, received ${solved.experiment.model.name}`);
  if (save !== undefined && seeds > 1 && resolve(cwd, save) === resolve(cwd, from))
    fail('another file for --save than for --from, if there are several seeds');
  const { from: hash } = await describeStart(resolve(cwd, from));
  return experiments.map(({ name, ...rest }) => ({ ...rest, name: `${name}-from-${hash!.slice(0, 8)}` }));
}

/** A checkpoint is that of one run: one experiment with one seed, of a cross-validation of one fold. */
async function assertOneRun(
  experiments: readonly NamedExperiment[],
  options: RunOptions,
  project: Project,
  { cwd }: Context,
): Promise<void> {
  const { from, checkpoint, save } = options;
  const [source, target] = [from, checkpoint].map((path) => (path === undefined ? undefined : resolve(cwd, path)));
  if (target !== undefined) {
    const solved = experiments.find(({ experiment }) => !isLearned(experiment));
    if (solved) fail(`a model that is trained with --checkpoint, received ${solved.experiment.model.name}`);
    if (target === source) fail('another file for --checkpoint than for --from');
    if (save !== undefined && target === resolve(cwd, save)) fail('another file for --checkpoint than for --save');
  }
  const isContinued = source !== undefined && (await readEarlierRun(source)) !== undefined;
  const flag = target !== undefined ? '--checkpoint' : '--from and a checkpoint';
  if (target === undefined && !isContinued) return;
  if (experiments.length > 1) fail(`one experiment with ${flag}, received ${experiments.length}`);
  for (const { experiment } of experiments) {
    const [seeds, folds] = [chooseSeeds(experiment, options, project), splitIntoFolds(experiment).length];
    if (seeds > 1) fail(`one seed with ${flag}, received ${seeds}. Try --seeds 1`);
    if (folds > 1) fail(`one split with ${flag}, received a cross-validation of ${folds} folds`);
  }
}

function fail(problem: string): never {
  throw new RecsysError('invalid-argument', `footlight run: expected ${problem}.`);
}

/** Path of the file that the model is written to. */
function findArtifact({ save }: RunOptions, { cwd }: Pick<Context, 'cwd'>): string | undefined {
  return save === undefined ? undefined : resolve(cwd, save);
}

async function runOne(
  { name, experiment }: NamedExperiment,
  options: RunOptions & Pick<StoreOptions, 'onSaved' | 'onArchives' | 'card'>,
  project: Project,
  { cwd, signal, err }: Context,
): Promise<StoredResult> {
  const { resume = false, data } = options;
  const seeds = chooseSeeds(experiment, options, project);
  const artifact = findArtifact(options, { cwd });
  const epochs = isLearned(experiment) ? experiment.epochs : undefined;
  const command = formatCommand(name, seeds, options);
  let line: ProgressLine | undefined;
  try {
    return await runAndStore(name, experiment, {
      seeds,
      resume,
      ...(data === undefined ? {} : { directory: resolve(cwd, data) }),
      ...(artifact === undefined ? {} : { artifact }),
      ...(options.from === undefined ? {} : { from: resolve(cwd, options.from) }),
      ...(options.checkpoint === undefined ? {} : { checkpoint: resolve(cwd, options.checkpoint) }),
      ...(options.onSaved ? { onSaved: options.onSaved } : {}),
      command,
      ...(options.card ? { card: { ...options.card, command } } : {}),
      folder: openResultsFolder(project.results),
      signal,
      onSeed(seed, number, count) {
        line?.clear();
        line = createProgressLine(count === 1 ? name : `${name} · seed ${seed} (${number} of ${count})`, err, epochs);
        const progress = line;
        const onStart = (start: TrainingStart) => {
          progress.clear();
          if (number === 1) err.write(`${name}: ${describeTrainingStart(start)}\n`);
        };
        return { onProgress: line.show, onEpoch: line.showEpoch, onStart };
      },
      onArchives(archives) {
        line?.clear();
        options.onArchives?.(archives);
      },
    });
  } catch (error) {
    if (signal.aborted && signal.reason instanceof Interruption)
      throw new Interruption(signal.reason.exitCode, 'Continue with the same command and --resume.');
    throw error;
  } finally {
    line?.clear();
  }
}

/** The line that stays when an experiment is finished: its name, main metric and time. */
function summarize({ experiment, metrics, seconds, seeds, leftOut, protocol }: StoredResult): string {
  const [metric, { mean }] = Object.entries(metrics)[0]!;
  const total = (seconds.load + seconds.train + seconds.evaluate) * seeds.length;
  const leftOutLines = describeLeftOut(leftOut, protocol.candidates !== 'every item');
  return `${experiment}: ${metric} ${mean.toFixed(4)}, ${total.toFixed(1)} s${leftOutLines}`;
}

/** What `--json` promises, and nothing else. */
function selectPublicFields({
  experiment,
  protocol,
  metrics,
  published,
  validation,
  publishedValidation,
  leftOut,
  seeds,
  backend,
  archives,
  seconds,
}: ExperimentResult): ExperimentResult {
  const optional = omitUndefined({ validation, publishedValidation, leftOut });
  const facts = { backend, ...omitUndefined({ archives }), seconds };
  return { experiment, protocol, metrics, published, ...optional, seeds, ...facts };
}
