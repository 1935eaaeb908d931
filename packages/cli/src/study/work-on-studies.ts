import { resolve } from 'node:path';
import { RecsysError, toPrintable } from '@footlight/core';
import { useBackend } from '@footlight/engine';
import { isRedisUrl, redisLog, workOnTrials } from '@footlight/studies/redis';
import { openSearch, runTrial } from '@footlight/studies/search';
import { createComponent } from '../components/create-component.js';
import { parseSpec } from '../components/parse-spec.js';
import type { Context } from '../context.js';
import { Interruption } from '../exit-codes.js';
import { findProject } from '../project/find-project.js';
import { loadSearch } from '../project/searches.js';
import { printNote } from '../terminal/print.js';
import type { DispatchedSearch } from './dispatch-study.js';
import { findMetric } from './format-study.js';
import { describeTrial } from './study-progress.js';
import type { StudyWorkOptions } from './types.js';

/** `footlight study work`: runs trials that `footlight study run --storage redis://…` dispatches. */
export async function workOnStudies(options: StudyWorkOptions, { cwd, signal, err }: Context): Promise<void> {
  const { storage } = options;
  if (!isRedisUrl(storage))
    throw new RecsysError(
      'invalid-argument',
      `footlight study work: expected --storage redis://host, received ${storage}. ` +
        'footlight study run --workers starts several processes on a file.',
    );
  const project = await findProject(cwd, options);
  await useBackend(options.backend);
  const log = redisLog(storage);
  printNote(err, `Waiting for trials from ${log.name}.`);
  try {
    await workOnTrials(storage, {
      signal,
      async open(name, data) {
        const { search, sampler, pruner, seed, acceptChanges } = data as unknown as DispatchedSearch;
        const found = await loadSearch(search, { cwd, project });
        const opened = await openSearch(found.search, {
          name,
          log,
          signal,
          seed,
          acceptChanges,
          directory: options.data === undefined ? undefined : resolve(cwd, options.data),
          sampler:
            sampler === undefined
              ? undefined
              : await createComponent('sampler', parseSpec('--sampler', sampler), '--sampler'),
          pruner:
            pruner === undefined
              ? undefined
              : await createComponent('pruner', parseSpec('--pruner', pruner), '--pruner'),
        });
        return { study: opened.study, objective: (trial) => runTrial(opened, trial) };
      },
      onTrial: (trial, study) =>
        err.write(`${toPrintable(`${study.name}, ${describeTrial(trial, study, findMetric(study))}`)}\n`),
    });
  } catch (error) {
    if (signal.aborted && signal.reason instanceof Interruption)
      throw new Interruption(signal.reason.exitCode, 'Its trial was given back: another worker runs it.');
    throw error;
  } finally {
    await log.close();
  }
}
