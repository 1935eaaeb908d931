import { RecsysError } from '@footlight/core';
import type { Distribution, ParameterValue } from '../distributions.js';
import { parseJournal, stringifyJournal } from './journal-json.js';

interface Described {
  readonly name?: string;
  readonly attributes?: {
    readonly low?: number;
    readonly high?: number;
    readonly step?: number | null;
    readonly q?: number;
    readonly log?: boolean;
    readonly choices?: readonly ParameterValue[];
  };
}

/** Writes a distribution as Optuna's journal holds it: a JSON text with the name of the class and its attributes. */
export function encodeDistribution(distribution: Distribution): string {
  if (distribution.kind === 'categorical')
    return stringifyJournal({
      name: 'CategoricalDistribution',
      attributes: { choices: distribution.choices as ParameterValue[] },
    });
  const { kind, low, high, log, step } = distribution;
  return kind === 'float'
    ? stringifyJournal({ name: 'FloatDistribution', attributes: { step, low, high, log } })
    : stringifyJournal({ name: 'IntDistribution', attributes: { log, step, low, high } });
}

/**
 * Reads a distribution of a journal, also of the classes that Optuna had before its version 3.
 *
 * @throws {RecsysError} `invalid-data` if the class is unknown
 */
export function decodeDistribution(text: string): Distribution {
  const { name, attributes = {} } = parseJournal(text) as Described;
  const { low = 0, high = 0, log = false, step = null, choices } = attributes;
  switch (name) {
    case 'FloatDistribution':
      return { kind: 'float', low, high, log, step };
    case 'UniformDistribution':
      return { kind: 'float', low, high, log: false, step: null };
    case 'LogUniformDistribution':
      return { kind: 'float', low, high, log: true, step: null };
    case 'DiscreteUniformDistribution':
      return { kind: 'float', low, high, log: false, step: attributes.q ?? null };
    case 'IntDistribution':
      return { kind: 'integer', low, high, log, step: step ?? 1 };
    case 'IntUniformDistribution':
      return { kind: 'integer', low, high, log: false, step: step ?? 1 };
    case 'IntLogUniformDistribution':
      return { kind: 'integer', low, high, log: true, step: step ?? 1 };
    case 'CategoricalDistribution':
      if (choices) return { kind: 'categorical', choices };
  }
  throw new RecsysError(
    'invalid-data',
    `study log: expected a float, int or categorical distribution, received ${text}. Is the log of a newer Optuna?`,
  );
}
