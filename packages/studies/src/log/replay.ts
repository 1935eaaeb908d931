// structure: one state machine over the entries of a log
import { RecsysError } from '@footlight/core';
import { areCompatible, type Distribution, toExternal } from '../distributions.js';
import type { Attributes, Direction, TrialRecord, TrialState } from '../types.js';
import { decodeDistribution } from './distribution-json.js';
import { parseJournal } from './journal-json.js';
import { decodeDirection, decodeState, type Entry, isFinished, operation } from './operations.js';

/** A study, as the log describes it. */
export interface StudyRecord {
  readonly id: number;
  readonly name: string;
  readonly directions: readonly Direction[];
  attributes: Attributes;
  systemAttributes: Attributes;
  readonly trials: TrialRecord[];
  /** Numbers of the ended trials in the order in which they ended. */
  readonly finished: number[];
  /** The first distribution of each parameter: later ones must be compatible. */
  readonly distributions: Map<string, Distribution>;
}

/** The state of a log after its entries so far. */
export interface Replay {
  readonly studies: ReadonlyMap<number, StudyRecord>;
  /** The number of entries that were applied. */
  readonly length: number;
  /**
   * Applies entries in their order.
   *
   * @returns of each entry of this worker that creates or begins a trial: the trial, or `undefined` where another
   *   worker was first
   */
  apply(lines: readonly string[]): (TrialRecord | undefined)[];
}

/**
 * Replays a log by the rules of Optuna: entries that come too late, such as a second study of one name or a value of an
 * ended trial, have no effect.
 *
 * @param worker the id of this worker
 * @param name what messages call the log
 * @throws {RecsysError} `invalid-data` if an entry cannot be read
 */
export function createReplay(worker: string, name: string): Replay {
  const studies = new Map<number, StudyRecord>();
  const places: { readonly study: StudyRecord; readonly number: number }[] = []; // by the id of the trial
  const decoded = new Map<string, Distribution>();
  let [length, created] = [0, 0];

  /** Equal texts share one object, so that comparing distributions is cheap. */
  const decode = (text: string): Distribution => {
    const found = decoded.get(text) ?? decodeDistribution(text);
    decoded.set(text, found);
    return found;
  };

  function createTrial(entry: Entry): TrialRecord | undefined {
    const study = studies.get(entry.study_id!);
    if (!study) return undefined;
    const distributions = mapValues(entry.distributions ?? {}, decode);
    const internal = { ...entry.params };
    const state = decodeState(entry.state ?? 0) ?? 'running';
    const trial: TrialRecord = {
      id: places.length,
      number: study.trials.length,
      state,
      params: mapValues(internal, (value, key) => toExternal(distributions[key]!, value)),
      internal,
      distributions,
      values: entry.values ?? (typeof entry.value === 'number' ? [entry.value] : undefined),
      intermediate: new Map(
        Object.entries(entry.intermediate_values ?? {}).map(([step, value]) => [Number(step), value]),
      ),
      attributes: entry.user_attrs ?? {},
      systemAttributes: entry.system_attrs ?? {},
      started: toDate(entry.datetime_start),
      completed: toDate(entry.datetime_complete),
    };
    places.push({ study, number: trial.number });
    study.trials.push(trial);
    for (const [key, each] of Object.entries(distributions))
      if (!study.distributions.has(key)) study.distributions.set(key, each);
    if (isFinished(state)) study.finished.push(trial.number);
    return trial;
  }

  /** Replaces the record of a trial that has not ended. */
  function update(entry: Entry, change: (trial: TrialRecord, study: StudyRecord) => Partial<TrialRecord>): boolean {
    const place = places[entry.trial_id!];
    const trial = place?.study.trials[place.number];
    if (!place || !trial || isFinished(trial.state)) return false;
    place.study.trials[place.number] = { ...trial, ...change(trial, place.study) };
    return true;
  }

  function setParameter(entry: Entry): void {
    const [key, value] = [entry.param_name!, entry.param_value_internal!];
    const distribution = decode(entry.distribution!);
    update(entry, (trial, study) => {
      const first = study.distributions.get(key);
      if (first && !areCompatible(first, distribution)) return {};
      if (!first) study.distributions.set(key, distribution);
      return {
        params: { ...trial.params, [key]: toExternal(distribution, value) },
        internal: { ...trial.internal, [key]: value },
        distributions: { ...trial.distributions, [key]: distribution },
      };
    });
  }

  /** Enters a report in place: a copy of all earlier ones for each would take most of the time. */
  function report(entry: Entry): void {
    const place = places[entry.trial_id!];
    const trial = place?.study.trials[place.number];
    if (!trial || isFinished(trial.state)) return;
    (trial.intermediate as Map<number, number>).set(entry.step!, entry.intermediate_value!);
  }

  function setState(entry: Entry): TrialRecord | undefined {
    const place = places[entry.trial_id!];
    const before = place?.study.trials[place.number];
    const state = decodeState(entry.state!) as TrialState;
    if (before?.state === state && state === 'running') return undefined; // another worker runs it
    const isApplied = update(entry, (trial) => ({
      state,
      values: entry.values ?? trial.values,
      started: state === 'running' ? toDate(entry.datetime_start) : trial.started,
      completed: isFinished(state) ? toDate(entry.datetime_complete) : trial.completed,
    }));
    if (!isApplied) return undefined;
    if (isFinished(state)) place!.study.finished.push(place!.number);
    return place!.study.trials[place!.number];
  }

  function applyEntry(entry: Entry): TrialRecord | undefined {
    const study = entry.study_id === undefined ? undefined : studies.get(entry.study_id);
    switch (entry.op_code) {
      case operation.createStudy: {
        if ([...studies.values()].some((each) => each.name === entry.study_name)) return;
        const directions = entry.directions!.map(decodeDirection);
        const empty = { attributes: {}, systemAttributes: {}, trials: [], finished: [], distributions: new Map() };
        studies.set(created, { id: created, name: entry.study_name!, directions, ...empty });
        created++;
        return;
      }
      case operation.deleteStudy:
        studies.delete(entry.study_id!);
        return;
      case operation.setStudyAttribute:
        if (study) study.attributes = { ...study.attributes, ...entry.user_attr };
        return;
      case operation.setStudySystemAttribute:
        if (study) study.systemAttributes = { ...study.systemAttributes, ...entry.system_attr };
        return;
      case operation.createTrial:
        return createTrial(entry);
      case operation.setParameter:
        return void setParameter(entry);
      case operation.setStateAndValues:
        return setState(entry);
      case operation.setIntermediate:
        report(entry);
        return;
      case operation.setAttribute:
        update(entry, ({ attributes }) => ({ attributes: { ...attributes, ...entry.user_attr } }));
        return;
      case operation.setSystemAttribute:
        update(entry, ({ systemAttributes }) => ({ systemAttributes: { ...systemAttributes, ...entry.system_attr } }));
        return;
      case operation.discardTrials: // other programs mark trials with it; Optuna passes over it too
        return;
      default:
        throw new Error('an unknown operation');
    }
  }

  return {
    studies,
    get length() {
      return length;
    },
    apply(lines) {
      const begun: (TrialRecord | undefined)[] = [];
      for (const line of lines) {
        try {
          const entry = parseJournal(line) as Entry;
          const trial = applyEntry(entry);
          if (entry.worker_id === worker && begins(entry)) begun.push(trial);
        } catch (cause) {
          if (cause instanceof RecsysError) throw cause;
          throw new RecsysError(
            'invalid-data',
            `${name}, line ${length + 1}: expected an entry of a study log, received ${line.slice(0, 80)}. ` +
              'Another program may have written into the file: delete the line.',
            { cause },
          );
        }
        length++;
      }
      return begun;
    },
  };
}

function begins({ op_code, state }: Entry): boolean {
  if (op_code === operation.createTrial) return state === undefined || state === 0;
  return op_code === operation.setStateAndValues && state === 0;
}

function toDate(text: string | null | undefined): Date | undefined {
  return text ? new Date(text) : undefined;
}

function mapValues<From, To>(
  object: Readonly<Record<string, From>>,
  convert: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, convert(value, key)]));
}
