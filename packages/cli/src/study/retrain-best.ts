import { resolve } from 'node:path';
import { formatCount, RecsysError } from '@footlight/core';
import { tf, useBackend } from '@footlight/engine';
import { formatResultTables, groupByProtocol, openResultsFolder } from '@footlight/report';
import { createStudy } from '@footlight/studies';
import { createTrialExperiment } from '@footlight/studies/search';
import { isLearned } from '@footlight/trainer';
import { quoteForShell } from '../actions/format-command.js';
import { lockRun } from '../actions/lock-run.js';
import { runAndStore } from '../actions/run-and-store.js';
import type { Context } from '../context.js';
import { Interruption } from '../exit-codes.js';
import { findProject } from '../project/find-project.js';
import { loadSearch } from '../project/searches.js';
import { printMarkdown } from '../terminal/print.js';
import { createProgressLine, type ProgressLine } from '../terminal/progress.js';
import { findStudyLog } from './open-study-log.js';
import { findBest } from './study-progress.js';
import type { StudyRetrainOptions } from './types.js';

/**
 * `footlight study retrain`: runs the experiment of the best trial with several seeds, now with the test part, and
 * stores the result as `footlight run` does, under the name `studies/<study>`.
 */
export async function retrainBest(given: string, options: StudyRetrainOptions, context: Context): Promise<void> {
  const { cwd, signal, out, err } = context;
  const { seeds, resume = false, data } = options;
  const project = await findProject(cwd, options);
  const { search, name } = await loadSearch(given, { cwd, project });
  const study = await createStudy(await findStudyLog(options.name ?? name, { cwd, project, storage: options.storage }));
  const best = findBest(study);
  if (!best)
    throw new RecsysError(
      'invalid-argument',
      `footlight study retrain: expected a study with a complete trial, received ${study.name} without. Run more.`,
    );
  await useBackend(options.backend);
  const experiment = {
    ...createTrialExperiment(search, best),
    note:
      `Best of ${formatCount(study.trials.length, 'trial')} of the study ${study.name} by ` +
      `${search.objective.metric} of the ` +
      'validation part.',
  };
  const folder = openResultsFolder(project.results);
  const stored = `studies/${study.name}`;
  const lock = await lockRun([stored], folder, undefined);
  let line: ProgressLine | undefined;
  try {
    const result = await runAndStore(stored, experiment, {
      seeds,
      resume,
      folder,
      signal,
      ...(data === undefined ? {} : { directory: resolve(cwd, data) }),
      command: ['footlight study retrain', quoteForShell(given), '--seeds', seeds, '--backend', tf.getBackend()].join(
        ' ',
      ),
      onSeed(seed, number, count) {
        line?.clear();
        line = createProgressLine(
          `${stored} · seed ${seed} (${number} of ${count})`,
          err,
          isLearned(experiment) ? experiment.epochs : undefined,
        );
        return { onProgress: line.show, onEpoch: line.showEpoch };
      },
    });
    line?.clear();
    printMarkdown(out, formatResultTables(groupByProtocol([result])), { markdown: options.markdown });
  } catch (error) {
    if (signal.aborted && signal.reason instanceof Interruption)
      throw new Interruption(signal.reason.exitCode, 'Continue with the same command and --resume.');
    throw error;
  } finally {
    line?.clear();
    await lock.release();
  }
}
