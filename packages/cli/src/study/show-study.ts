import { RecsysError } from '@footlight/core';
import { createStudy, listStudies, type ParameterValue, type Study } from '@footlight/studies';
import { markdownTable } from 'markdown-table';
import type { Context } from '../context.js';
import { findProject } from '../project/find-project.js';
import { printJson, printMarkdown, printNote } from '../terminal/print.js';
import { findMetric, formatCsv, formatImportance, formatStudy, formatTrials, toPlainTrial } from './format-study.js';
import { findStudyLog, listLogs, openStudyLog } from './open-study-log.js';
import { findBest, formatStates, formatValue } from './study-progress.js';
import type { StudyOptions, StudyTableOptions } from './types.js';

/** Opens a study that is there. */
async function openStudy(given: string, options: StudyOptions, { cwd }: Context): Promise<Study> {
  const project = await findProject(cwd, options);
  return createStudy(await findStudyLog(given, { cwd, project, storage: options.storage }));
}

/** `footlight study list`: the studies of the project, or of one log. */
export async function listAll(options: StudyTableOptions, { cwd, out }: Context): Promise<void> {
  const project = await findProject(cwd, options);
  const { storage } = options;
  const names = storage === undefined ? listLogs(project) : [''];
  const studies: Study[] = [];
  for (const each of names) {
    const log = openStudyLog(each, { cwd, project, storage });
    for (const name of await listStudies(log)) studies.push(await createStudy({ name, log }));
  }
  if (options.json)
    return printJson(
      out,
      studies.map((study) => ({
        study: study.name,
        trials: study.trials.length,
        best: findBest(study)?.values?.[0] ?? null,
      })),
    );
  if (studies.length === 0) return printNote(out, 'No study. footlight study run begins one.');
  const rows = studies.map((study) => {
    const best = findBest(study);
    return [study.name, formatStates(study), findMetric(study), best ? formatValue(best.values![0]!) : '–'];
  });
  printMarkdown(out, markdownTable([['study', 'trials', 'metric', 'best'], ...rows]), { markdown: options.markdown });
}

/** `footlight study show`: the trials by state, the best one, and what ended the study. */
export async function showStudy(given: string, options: StudyTableOptions, context: Context): Promise<void> {
  const study = await openStudy(given, options, context);
  printMarkdown(context.out, formatStudy(study, findMetric(study)), { markdown: options.markdown });
}

/** `footlight study best`: the best trial, or the Pareto front. */
export async function showBest(given: string, options: StudyTableOptions, context: Context): Promise<void> {
  const study = await openStudy(given, options, context);
  const metric = findMetric(study);
  const best = study.directions.length > 1 ? study.paretoFront : [findBest(study) ?? failWithoutBest(study)];
  if (options.json)
    printJson(
      context.out,
      best.map((trial) => toPlainTrial(trial, study, metric)),
    );
  else printMarkdown(context.out, formatTrials(best, study, metric), { markdown: options.markdown });
}

function failWithoutBest({ name }: Study): never {
  throw new RecsysError(
    'invalid-argument',
    `footlight study best: expected a study with a complete trial, received ${name} without. Run more.`,
  );
}

/** `footlight study table`: all trials. */
export async function showTable(given: string, options: StudyTableOptions, context: Context): Promise<void> {
  const study = await openStudy(given, options, context);
  const metric = findMetric(study);
  if (options.csv) context.out.write(formatCsv(study, metric));
  else if (options.json)
    printJson(
      context.out,
      study.trials.map((trial) => toPlainTrial(trial, study, metric)),
    );
  else if (study.trials.length === 0) printNote(context.out, `${study.name}: no trials.`);
  else printMarkdown(context.out, formatTrials(study.trials, study, metric), { markdown: options.markdown });
}

/** `footlight study importance`: how much each parameter matters. */
export async function showImportance(given: string, options: StudyTableOptions, context: Context): Promise<void> {
  const study = await openStudy(given, options, context);
  const complete = study.trials.filter(({ state }) => state === 'complete');
  if (complete.length < 2)
    throw new RecsysError(
      'invalid-argument',
      `footlight study importance: expected at least 2 complete trials, received ${complete.length}. Run more.`,
    );
  printMarkdown(context.out, formatImportance(study), { markdown: options.markdown });
}

/**
 * `footlight study enqueue`: adds a trial with given parameters, which the next worker runs.
 *
 * @param pairs `name=value`, where a value is JSON or else a text
 */
export async function enqueueTrial(
  given: string,
  pairs: readonly string[],
  options: StudyOptions,
  context: Context,
): Promise<void> {
  const params = Object.fromEntries(pairs.map(parsePair));
  const study = await openStudy(given, options, context);
  const known = new Set(study.trials.flatMap(({ distributions }) => Object.keys(distributions)));
  const unknown = Object.keys(params).find((name) => known.size > 0 && !known.has(name));
  if (unknown !== undefined)
    throw new RecsysError(
      'invalid-argument',
      `footlight study enqueue: expected parameters of the study (${[...known].join(', ')}), received ${unknown}.`,
    );
  await study.enqueue(params);
  printNote(
    context.err,
    `${study.name}: trial ${study.trials.length - 1} waits. footlight study run --resume runs it.`,
  );
}

function parsePair(pair: string): [name: string, value: ParameterValue] {
  const at = pair.indexOf('=');
  if (at < 1)
    throw new RecsysError(
      'invalid-argument',
      `footlight study enqueue: expected parameters such as dim=64, received ${pair}.`,
    );
  const text = pair.slice(at + 1);
  const [, isPlain] = /^(true|false|null|-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/.exec(text) ?? [];
  if (isPlain === undefined) return [pair.slice(0, at), text];
  return [pair.slice(0, at), /^[tfn]/.test(text) ? (JSON.parse(text) as boolean | null) : Number(text)];
}
