import { invalid } from '@footlight/core';
import type { Split } from '../types.js';

export interface WithValidationOptions {
  /** How the validation part is split from the training part; its test part becomes the validation part. */
  readonly validation: Split;
}

/**
 * A validation part for a split that has none: a second split divides its training part. The test part stays the same.
 *
 * @example
 * withValidation(publishedSplit(), { validation: atRandom({ test: 0.1 }) })
 * @throws {RecsysError} `invalid-argument`, when it splits, if one of the two splits has a validation part itself
 */
export function withValidation(split: Split, { validation }: WithValidationOptions): Split {
  return {
    name: `${split.name} with validation by ${validation.name}`,
    protocol: {
      name: 'with-validation',
      split: { name: split.name, ...split.protocol },
      validation: { name: validation.name, ...validation.protocol },
    },
    split(interactions, rng) {
      const outer = split.split(interactions, rng);
      if (outer.validation) failTwice('split', split);
      const inner = validation.split(outer.train, rng.fork('validation'));
      if (inner.validation) failTwice('validation', validation);
      return { ...outer, train: inner.train, validation: inner.test };
    },
  };
}

function failTwice(option: string, { name }: Split): never {
  return invalid(
    `withValidation(${option})`,
    'a split without a validation part',
    `${name}, which has one`,
    'Drop it.',
  );
}
