import { RecsysError } from '@footlight/core';
import { isErrorMetric } from './page/names.js';
import type { QueryValues } from './query-values.js';
import type { StoredResult } from './result.js';

type Stored = Pick<StoredResult, 'experiment' | 'protocol' | 'metrics' | 'seeds' | 'command'>;

/**
 * Explains why a stored result has no values per user.
 *
 * @throws {RecsysError} `unknown-experiment`
 */
export function failWithoutValues({ experiment, metrics, seeds, command }: Stored): never {
  const expected = `values per user of ${experiment}`;
  if (Object.keys(metrics).every(isErrorMetric))
    fail(
      expected,
      'a result with errors of ratings only, which are not kept by user',
      'Compare the standard errors that footlight table shows.',
    );
  if (seeds.length > 1)
    fail(
      expected,
      `a result of ${seeds.length} seeds without them`,
      'Where each seed tests other users, there are none for all seeds: run it with --seeds 1, or compare the ' +
        'standard errors that footlight table shows.',
    );
  fail(expected, 'none', `Run \`${command}\` again.`);
}

/**
 * Checks that values per user are those of a stored result, and that windows have their users: several windows of one
 * user are not independent.
 *
 * @throws {RecsysError} `unknown-experiment`
 */
export function assertValuesBelong(values: QueryValues, { experiment, protocol, seeds, command }: Stored): void {
  const again = `Run \`${command}\` again.`;
  if (values.protocol !== protocol.hash || values.seeds.join() !== seeds.join())
    fail(`values per user of the stored result of ${experiment}`, 'those of another run', again);
  if (protocol.split.name === 'window-targets' && values.queryUsers === undefined)
    fail(`the user of each window of ${experiment}`, 'values of an earlier version, which lack them', again);
}

function fail(expected: string, received: string, action: string): never {
  throw new RecsysError('unknown-experiment', `footlight: expected ${expected}, received ${received}. ${action}`);
}
