import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { tf } from '../tfjs/tfjs.js';
import { sgd } from './sgd.js';

/** The loop of "PyTorch for Recommenders 101" as printed, on 5 users and 7 items with 3 factors. */
const torch = JSON.parse(
  readFileSync(new URL('../../fixtures/never-cleared-gradients.json', import.meta.url), 'utf8'),
) as {
  learningRate: number;
  rows: [user: number, item: number, rating: number][];
  start: Record<string, number[]>;
  end: Record<string, number[]>;
};

const dim = 3;
const paths = { user: 'user_factors.weight', item: 'item_factors.weight' };

/** One rating per step: the gradients of (p · q − r)². */
function runLoop(optimizer: ReturnType<typeof sgd>): Map<string, Float32Array> {
  const parameters = new Map(
    Object.entries(torch.start).map(([path, values]) => [
      path,
      tf.variable(tf.tensor2d(values, [values.length / dim, dim])),
    ]),
  );
  for (const [user, item, rating] of torch.rows) {
    const read = (path: string, row: number): Float32Array =>
      Float32Array.from(
        parameters
          .get(path)!
          .dataSync()
          .slice(row * dim, (row + 1) * dim),
      );
    const [p, q] = [read(paths.user, user), read(paths.item, item)] as const;
    const slope = 2 * (p.reduce((sum, value, k) => sum + value * q[k]!, 0) - rating);
    const toGradient = (row: number, values: Float32Array) =>
      ({ kind: 'rows', ids: Int32Array.of(row), values: values.map((value) => slope * value) }) as const;
    optimizer.apply(
      parameters,
      new Map([
        [paths.user, toGradient(user, q)],
        [paths.item, toGradient(item, p)],
      ]),
    );
  }
  return new Map([...parameters].map(([path, variable]) => [path, variable.dataSync() as Float32Array]));
}

describeOnBackends('sgd that never clears gradients', () => {
  it('equals the printed loop in PyTorch, with the same initial values and order', () => {
    const weights = runLoop(sgd({ learningRate: torch.learningRate, faithful: 'never-clears-gradients' }));
    for (const [path, expected] of Object.entries(torch.end)) expectClose(weights.get(path)!, expected, 1e-5);
  });

  it('is far from a loop that clears them', () => {
    const weights = runLoop(sgd({ learningRate: torch.learningRate }));
    const away = torch.end[paths.user]!.map((value, at) => Math.abs(value - weights.get(paths.user)![at]!));
    expect(Math.max(...away)).toBeGreaterThan(0.1);
  });

  it('says so in its name and protocol, and refuses options that the loop does not have', () => {
    const { name, protocol } = sgd({ learningRate: 0.5, faithful: 'never-clears-gradients' });
    expect(name).toBe('sgd(0.5, never-clears-gradients)');
    expect(protocol).toEqual({
      name: 'sgd',
      learningRate: 0.5,
      momentum: 1,
      l2: 0,
      rows: 'dense',
      faithful: 'never-clears-gradients',
    });
    expect(() =>
      sgd({ learningRate: 0.5, faithful: 'never-clears-gradients', rows: 'lazy' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sgd(faithful): expected neither momentum nor l2 nor lazy rows beside it, received 0, 0, lazy.]`,
    );
    expect(() =>
      sgd({ learningRate: 0.5, faithful: 'clears' as 'never-clears-gradients' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sgd(faithful): expected 'never-clears-gradients', received clears.]`,
    );
  });
});
