import { tf } from '@footlight/engine';

/** Gives parameters small whole numbers, so that scores can be computed by hand. */
export function assignWholeNumbers(parameters: ReadonlyMap<string, tf.Variable>): void {
  for (const [at, variable] of [...parameters.values()].entries())
    variable.assign(
      tf.tensor(
        [...Array(variable.size).keys()].map((k) => (((k + at) * 7) % 5) - 2),
        variable.shape,
      ),
    );
}
