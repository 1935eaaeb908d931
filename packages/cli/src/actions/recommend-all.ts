import { resolve } from 'node:path';
import { canonicalJson, invalid, omitUndefined, shortHash } from '@footlight/core';
import { resolveTarget } from '@footlight/core/files';
import { acquireLock } from '@footlight/core/lock-file';
import { tf } from '@footlight/engine';
import { describeStart, type Recommender, type UserRecommendations } from '@footlight/trainer';
import type { Context } from '../context.js';
import { printNote } from '../terminal/print.js';
import { assertListsFile, createListEncoder } from './list-encoders.js';
import { openArtifact } from './open-artifact.js';
import { openOutputPart } from './output-part.js';
import { parseList } from './recommend.js';
import { createSlowProgress } from './slow-progress.js';
import type { RecommendAllOptions } from './types.js';
import { assertOutputs } from './write-output.js';

/** Users between two points from which a run can be continued. */
const chunkSize = 4096;

/**
 * `footlight recommend-all`: recommends items to all users of a model, in the order of the model.
 *
 * Lists go to `<output>.part`, a chunk of users at a time. A run that was ended is continued by the same command after
 * the last whole chunk, and gives the file of a run without an interruption: users are scored in the same batches.
 */
export async function recommendAll(path: string, options: RecommendAllOptions, context: Context): Promise<void> {
  const { count, output, exclude, clip } = options;
  assertListsFile(output);
  await assertOutputs([output], context);
  const target = await resolveTarget(resolve(context.cwd, output));
  if (target.kind !== 'file') invalid('--output', 'a file', 'a device', 'footlight recommend writes to devices.');
  const hint = 'Wait until it ends, or choose another file.';
  const lock = await acquireLock(`${target.path}.lock`, { what: `footlight recommend-all --output ${output}`, hint });
  try {
    const recommender = await openArtifact(path, options, context);
    if (recommender.withoutHistories)
      invalid('footlight recommend-all', 'a model with users', 'one that was saved without them');
    const given = omitUndefined({
      clip,
      exclude: exclude === undefined ? undefined : parseList('--exclude', recommender, exclude),
    });
    const { from } = await describeStart(resolve(context.cwd, path));
    const key = shortHash(
      canonicalJson({ ...given, ...omitUndefined({ from }), backend: tf.getBackend(), count, output: target.path }),
    );
    await writeLists(recommender, { target: target.path, key, count, given }, output, context);
  } finally {
    await lock.release();
  }
}

interface Lists {
  readonly target: string;
  /** What the lists depend on. */
  readonly key: string;
  readonly count: number;
  readonly given: NonNullable<Parameters<Recommender['recommend']>[2]>;
}

async function writeLists(
  recommender: Recommender,
  { target, key, count, given }: Lists,
  output: string,
  context: Context,
): Promise<void> {
  const { userIds, userCount } = recommender.catalogue;
  const part = await openOutputPart(target, key);
  if (part.users > 0) printNote(context.err, `${output}: continued after ${part.users} users.`);
  const progress = createSlowProgress('recommend', userCount - part.users, 'users', context);
  const encoder = createListEncoder(recommender, output, part);
  let { without } = part;
  try {
    for (let start = part.users; start < userCount; start += chunkSize) {
      const end = Math.min(start + chunkSize, userCount);
      const lists: UserRecommendations[] = [];
      for await (const result of recommender.recommendEach(listIds(userIds, start, end), count, given)) {
        context.signal.throwIfAborted();
        if (result.refusal !== undefined) without++;
        lists.push(result);
        progress.step();
      }
      const piece = encoder.encode(lists);
      await part.append(piece, { users: end, without, ...omitUndefined({ saved: encoder.save?.() }) });
    }
    await part.publish(encoder.finish?.());
  } finally {
    progress.clear();
  }
  const left = without > 0 ? `, ${without} without a list` : '';
  printNote(context.err, `${output}: lists of ${userCount - without} users${left}.`);
}

function* listIds(ids: ArrayLike<string | number>, start: number, end: number): Generator<string | number> {
  for (let user = start; user < end; user++) yield ids[user]!;
}
