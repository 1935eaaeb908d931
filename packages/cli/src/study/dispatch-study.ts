import type { Study } from '@footlight/studies';
import { dispatchTrials } from '@footlight/studies/redis';
import type { Output } from '../context.js';
import { printNote } from '../terminal/print.js';
import type { StudyProgress } from './study-progress.js';
import type { StudyRunOptions } from './types.js';

/** What a worker on another machine needs to run the trials of a search. */
export interface DispatchedSearch {
  readonly search: string;
  readonly sampler?: string;
  readonly pruner?: string;
  readonly seed?: number;
  readonly acceptChanges?: true;
}

/** Has other machines run the trials of a study, and shows how far they are. */
export async function dispatchStudy(
  study: Study,
  search: string,
  { storage = '', sampler, pruner, seed, acceptChanges }: StudyRunOptions,
  { signal, progress, err }: { readonly signal: AbortSignal; readonly progress: StudyProgress; readonly err: Output },
): Promise<void> {
  const data = {
    search,
    ...(sampler !== undefined && { sampler }),
    ...(pruner !== undefined && { pruner }),
    ...(seed !== undefined && { seed }),
    ...(acceptChanges && { acceptChanges }),
  } satisfies DispatchedSearch;
  let isAlone = false;
  await dispatchTrials(storage, study, {
    data,
    signal,
    onProgress({ workers, active }) {
      progress.follow(`${active} of ${workers} workers busy`);
      if (workers === 0 && !isAlone)
        printNote(err, `${study.name}: no worker. Start some: footlight study work --storage redis://…`);
      isAlone = workers === 0;
    },
  });
  progress.follow('done');
}
