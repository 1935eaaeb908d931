// structure: the operations of one study share its journal and its record
import { assertNumber, createRng, invalid } from '@footlight/core';
import { findBest, findParetoFront } from './best-trials.js';
import { createWaiting, failRunning } from './fail-running.js';
import { type Journal, openJournal } from './log/journal.js';
import { memoryLog } from './log/memory-log.js';
import { encodeDirection, encodeState, formatNow, isFinished, operation } from './log/operations.js';
import type { StudyRecord } from './log/replay.js';
import type { StudyLog } from './log/types.js';
import { optimize } from './optimize.js';
import { readOutcome, type TrialOutcome } from './outcome.js';
import { noPruner } from './pruners/none.js';
import { findLastStep } from './pruners/reports.js';
import { tpeSampler } from './samplers/tpe.js';
import { checkStopRules, findStopReason, STOP_KEY } from './stop-rules.js';
import type { Study, StudyOptions } from './study-types.js';
import { type AskOptions, createTrial, type Trial } from './trial.js';
import type { DrawContext, JointSample, Pruner, Sampler, TrialRecord } from './types.js';

/**
 * Creates a study, or continues the one of that name in the log.
 *
 * @example
 * const study = await createStudy({ name: 'parabola', seed: 42 });
 * await study.optimize((trial) => (trial.float('x', { low: -5, high: 5 }) - 2) ** 2, { trials: 50 });
 * study.best.params; // { x: near 2 }
 * @throws {RecsysError} `invalid-argument` if options are wrong or the study in the log has other directions;
 *   `invalid-data` if the log cannot be read
 */
export async function createStudy(options: StudyOptions): Promise<Study> {
  const { name, log = memoryLog(), sampler = tpeSampler(), pruner = noPruner(), seed = 0 } = options;
  if (typeof name !== 'string' || name === '') invalid('createStudy(name)', 'a text', String(name));
  assertNumber('createStudy(seed)', seed);
  const journal = await openJournal(log);
  const record = await openStudy(journal, options);
  if (options.stop) {
    const rules = checkStopRules(options.stop, record.directions.length);
    if (JSON.stringify(record.systemAttributes[STOP_KEY]) !== JSON.stringify(rules)) {
      const system_attr = { [STOP_KEY]: rules };
      journal.write({ op_code: operation.setStudySystemAttribute, study_id: record.id, system_attr });
    }
  }
  await journal.flush();
  return buildStudy(journal, record, sampler, pruner, seed);
}

/** Lists the names of the studies of a log. */
export async function listStudies(log: StudyLog): Promise<string[]> {
  const { replay } = await openJournal(log);
  return [...replay.studies.values()].map(({ name }) => name);
}

async function openStudy(journal: Journal, options: StudyOptions): Promise<StudyRecord> {
  const { name, direction, directions = direction && [direction] } = options;
  if (direction && options.directions)
    invalid('createStudy', 'direction or directions', 'both', 'Leave one of them out.');
  if (directions?.length === 0) invalid('createStudy(directions)', 'at least one direction', 'none');
  for (const each of directions ?? [])
    if (each !== 'minimize' && each !== 'maximize') invalid('createStudy(direction)', 'minimize or maximize', each);
  const find = () => [...journal.replay.studies.values()].find((study) => study.name === name);
  await journal.decide(() =>
    find()
      ? undefined
      : {
          op_code: operation.createStudy,
          study_name: name,
          directions: (directions ?? (['minimize'] as const)).map(encodeDirection),
        },
  );
  const study = find()!;
  if (directions && directions.join() !== study.directions.join())
    invalid(
      `createStudy(${name})`,
      `the directions of the study in the log, ${study.directions.join(', ')}`,
      directions.join(', '),
      'Choose another name for a new study.',
    );
  return study;
}

function buildStudy(journal: Journal, study: StudyRecord, sampler: Sampler, pruner: Pruner, seed: number): Study {
  const root = createRng(seed);
  const never = new AbortController().signal;
  const createDraw = (number: number): DrawContext => ({
    number,
    createRng: (label) => root.fork(String(number)).fork(label),
  });

  async function ask(
    { signal = never, attributes = {} }: AskOptions,
    isOver: () => boolean,
  ): Promise<Trial | undefined> {
    let [sample, draw]: [JointSample | undefined, DrawContext] = [undefined, createDraw(0)];
    let isEnqueued = false;
    const record = await journal.decide(() => {
      if (isOver()) return undefined;
      const waiting = study.trials.find(({ state }) => state === 'waiting');
      draw = createDraw(waiting?.number ?? study.trials.length);
      sample = sampler.sampleJointly?.(study, draw);
      const datetime_start = formatNow();
      isEnqueued = waiting !== undefined;
      if (waiting)
        return [
          {
            op_code: operation.setStateAndValues,
            trial_id: waiting.id,
            state: encodeState('running'),
            values: null,
            datetime_start,
          },
          ...Object.entries(attributes).map(([key, value]) => ({
            op_code: operation.setAttribute,
            trial_id: waiting.id,
            user_attr: { [key]: value },
          })),
        ];
      return {
        op_code: operation.createTrial,
        study_id: study.id,
        datetime_start,
        ...(Object.keys(attributes).length > 0 && { user_attrs: attributes }),
        ...(sample?.systemAttributes && { system_attrs: sample.systemAttributes }),
      };
    });
    if (!record) return undefined;
    const { internal: joint = {}, systemAttributes = {} } = (sample as JointSample | undefined) ?? {};
    if (isEnqueued)
      for (const [key, value] of Object.entries(systemAttributes))
        journal.write({ op_code: operation.setSystemAttribute, trial_id: record.id, system_attr: { [key]: value } });
    return createTrial(record, { journal, study, sampler, pruner, draw, signal, joint });
  }

  async function tell({ number }: Pick<Trial, 'number'>, outcome: TrialOutcome): Promise<TrialRecord> {
    const trial = study.trials[number] ?? invalid('study.tell(trial)', 'a trial of this study', `number ${number}`);
    const end = readOutcome(outcome, study, number);
    if (end.reason !== undefined)
      journal.write({
        op_code: operation.setSystemAttribute,
        trial_id: trial.id,
        system_attr: { fail_reason: end.reason },
      });
    await journal.flush();
    if (isFinished(study.trials[number]!.state))
      invalid(`study.tell(trial ${number})`, 'a running trial', study.trials[number]!.state);
    journal.write({
      op_code: operation.setStateAndValues,
      trial_id: trial.id,
      state: encodeState(end.state),
      values: end.state === 'pruned' ? findLastReport(study.trials[number]!) : end.values,
      datetime_complete: formatNow(),
    });
    await journal.flush();
    return study.trials[number]!;
  }

  return {
    name: study.name,
    directions: study.directions,
    get trials() {
      return study.trials;
    },
    get finished() {
      return study.finished;
    },
    get attributes() {
      return study.attributes;
    },
    get systemAttributes() {
      return study.systemAttributes;
    },
    get best() {
      if (study.directions.length > 1)
        invalid('study.best', 'one direction', study.directions.length, 'Read paretoFront.');
      return findBest(study) ?? invalid('study.best', 'a complete trial', 'none');
    },
    get paretoFront() {
      return findParetoFront(study);
    },
    get stopReason() {
      return findStopReason(study);
    },
    ask: async (options = {}) => (await ask(options, () => false))!,
    tell,
    optimize: (objective, options = {}) =>
      optimize(objective, options, {
        ask: (given) => ask(given, () => findStopReason(study) !== undefined),
        tell,
        findEnded: ({ number }) => (isFinished(study.trials[number]!.state) ? study.trials[number] : undefined),
        hasStopRule: () => STOP_KEY in study.systemAttributes,
      }),
    async enqueue(params, attributes = {}) {
      journal.write(createWaiting(study, params, attributes));
      await journal.flush();
    },
    failRunning: (options = {}) => failRunning(journal, study, options),
    async setAttribute(key, value) {
      journal.write({ op_code: operation.setStudyAttribute, study_id: study.id, user_attr: { [key]: value } });
      await journal.flush();
    },
    refresh: () => journal.refresh(),
  };
}

/** The value of a pruned trial is its last report, as in Optuna. */
function findLastReport(trial: TrialRecord): readonly number[] | null {
  const step = findLastStep(trial);
  const value = step === undefined ? Number.NaN : trial.intermediate.get(step)!;
  return Number.isNaN(value) ? null : [value];
}
