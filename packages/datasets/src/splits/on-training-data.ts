import { selectRows } from '../select-rows.js';
import type { Split } from '../types.js';

/**
 * Evaluation on the training data: the targets are the training interactions, with empty histories. It measures the fit
 * of a model.
 *
 * @example
 * windowTargets(onTrainingData(byUser({ test: 0.2 })), { length: 20, targets: 'every' })
 * @source ours
 */
export function onTrainingData(split: Split): Split {
  return {
    name: `on-training-data of ${split.name}`,
    protocol: { name: 'on-training-data', of: { name: split.name, ...split.protocol } },
    split(interactions, rng) {
      const { train, test, known = test.history } = split.split(interactions, rng);
      return { train, known, test: { history: selectRows(train, new Int32Array(0)), targets: train } };
    },
  };
}
