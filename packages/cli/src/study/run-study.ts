import { resolve } from 'node:path';
import { formatCount, RecsysError } from '@footlight/core';
import { useBackend } from '@footlight/engine';
import { createStudy, listStudies, readStopRules, type Study, type StudyLog } from '@footlight/studies';
import { isRedisUrl } from '@footlight/studies/redis';
import { type OpenedSearch, openSearch, runSearch } from '@footlight/studies/search';
import { createParentSignal } from '@footlight/studies/workers';
import { createComponent } from '../components/create-component.js';
import { parseSpec } from '../components/parse-spec.js';
import type { Context } from '../context.js';
import { Interruption } from '../exit-codes.js';
import { findProject } from '../project/find-project.js';
import { loadSearch, type NamedSearch } from '../project/searches.js';
import { printMarkdown, printNote } from '../terminal/print.js';
import { createProgressLine } from '../terminal/progress.js';
import { dispatchStudy } from './dispatch-study.js';
import { createWorkerName, failDeadWorkers } from './fail-dead-workers.js';
import { formatStudy } from './format-study.js';
import { openStudyLog } from './open-study-log.js';
import { runInProcesses } from './run-in-processes.js';
import { createStudyProgress } from './study-progress.js';
import type { StudyRunOptions } from './types.js';

/** `footlight study run`: runs trials of a search, and stores each of them in the log of its study. */
export async function runStudy(given: string, options: StudyRunOptions, context: Context): Promise<void> {
  const { cwd, signal, out, err } = context;
  assertPlace(options);
  const project = await findProject(cwd, options);
  const found = await loadSearch(given, { cwd, project });
  const name = options.name ?? found.name;
  const log = openStudyLog(name, { cwd, project, storage: options.storage });
  if (options.worker === undefined) await assertContinued(name, log, options);
  await useBackend(options.backend);
  const opened = await open(found, name, log, options, context);
  const { study, search } = opened;
  const killed = await failDeadWorkers(study);
  const runs = killed === 1 ? 'runs' : 'run';
  if (killed > 0) printNote(err, `${name}: ${formatCount(killed, 'trial')} whose process was killed ${runs} again.`);
  if (study.stopReason !== undefined)
    printNote(err, `${name}: the study has ended (${study.stopReason}). Raise --trials to go on.`);
  const { metric } = search.objective;
  const progress = createStudyProgress(study, metric, countTrials(study, options), err);
  const { workers = 1, worker } = options;
  try {
    if (worker !== undefined) await runAsWorker(opened, worker, options);
    else if (isRedisUrl(options.storage ?? '')) await dispatchStudy(study, given, options, { signal, progress, err });
    else if (workers > 1) await runInProcesses(study, given, name, options, { signal, progress, cwd });
    else
      await runSearch(opened, {
        trials: options.more,
        seconds: options.seconds,
        signal,
        worker: createWorkerName(),
        onBegin: ({ number }) => progress.begin(number),
        onEpoch: progress.showEpoch,
        onTrial: progress.end,
      });
  } catch (error) {
    if (signal.aborted && signal.reason instanceof Interruption)
      throw new Interruption(signal.reason.exitCode, 'Continue with the same command and --resume.');
    throw error;
  } finally {
    progress.clear();
    await log.close?.();
  }
  if (worker === undefined) printMarkdown(out, formatStudy(study, metric));
}

/** One of several processes, which ends with the one that has started it. */
async function runAsWorker(opened: OpenedSearch, worker: string, { seconds }: StudyRunOptions): Promise<void> {
  const signal = createParentSignal();
  await runSearch(opened, { worker, seconds, signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

function assertPlace({ workers, more, seconds, storage = '' }: StudyRunOptions): void {
  const isRedis = isRedisUrl(storage);
  if (isRedis && workers !== undefined)
    fail('one of --workers and --storage redis://…, received both. Start footlight study work several times');
  if ((isRedis || workers !== undefined) && more !== undefined) fail('--trials for several workers, received --more');
  if (isRedis && seconds !== undefined) fail('--trials for several machines, received --seconds');
}

async function open(
  { search }: NamedSearch,
  name: string,
  log: StudyLog,
  options: StudyRunOptions,
  { cwd, signal, err }: Context,
): Promise<OpenedSearch> {
  const { trials, data, acceptChanges, seed } = options;
  if (
    options.worker === undefined && // the rules of the study are in its log
    trials === undefined &&
    options.more === undefined &&
    options.seconds === undefined &&
    !search.trials &&
    !search.stop
  )
    fail('--trials, --more or --seconds, or the same in the search, received none');
  const loading = createProgressLine(name, err);
  try {
    return await openSearch(search, {
      name,
      log,
      signal,
      acceptChanges,
      seed,
      directory: data === undefined ? undefined : resolve(cwd, data),
      sampler: options.sampler === undefined ? undefined : await create('sampler', options.sampler),
      pruner: options.pruner === undefined ? undefined : await create('pruner', options.pruner),
      stop: trials === undefined ? undefined : { trials },
      onProgress: loading.show,
    });
  } catch (error) {
    if (error instanceof RecsysError && error.code === 'search-changed')
      throw new RecsysError(
        error.code,
        error.message.replace(/choose another name, or accept the changes/i, (text) =>
          text.replace('another name', 'another --name').replace('accept the changes', '--accept-changes'),
        ),
        { cause: error },
      );
    throw error;
  } finally {
    loading.clear();
  }
}

function create<Kind extends 'sampler' | 'pruner'>(kind: Kind, text: string) {
  return createComponent(kind, parseSpec(`--${kind}`, text), `--${kind}`);
}

/** A study that is there is continued on demand only. */
async function assertContinued(name: string, log: StudyLog, { resume }: StudyRunOptions): Promise<void> {
  if (resume || !(await listStudies(log)).includes(name)) return;
  const { trials } = await createStudy({ name, log });
  if (trials.length === 0) return;
  fail(
    `a new study, received ${name}, which has ${formatCount(trials.length, 'trial')} in ${log.name}. ` +
      'Continue it with --resume, or choose another --name',
  );
}

/** How many trials the study will have, as far as that is known. */
function countTrials(study: Study, { more = Infinity }: StudyRunOptions): number | undefined {
  const { trials = Infinity } = readStopRules(study);
  const total = Math.min(trials, study.trials.length + more);
  return total === Infinity ? undefined : total;
}

function fail(problem: string): never {
  throw new RecsysError('invalid-argument', `footlight study run: expected ${problem}.`);
}
