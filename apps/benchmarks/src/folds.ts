import { invalid } from '@footlight/core';
import type { Split } from '@footlight/datasets';
import { type Experiment, type Protocol, describeProtocol } from '@footlight/trainer';

/** A row that is run once per fold, each with a seed of its own; its numbers are means over all of them. */
export interface CrossValidated {
  readonly folds: readonly Split[];
}

/** An experiment over several splits of the same data. */
export function crossValidated<E extends Experiment>(
  folds: readonly Split[],
  experimentOn: (split: Split) => E,
): E & CrossValidated {
  const [first] = folds;
  if (!first) return invalid('crossValidated(folds)', 'at least one split', 'none');
  return { ...experimentOn(first), folds };
}

/** The splits of a row: its folds, or the one it has. */
export function splitsOf(experiment: Experiment & Partial<CrossValidated>): readonly Split[] {
  return experiment.folds ?? [experiment.split];
}

/** The protocol of a row; that of a cross-validation names all its folds. */
export function protocolOfRow(experiment: Experiment & Partial<CrossValidated>): Protocol {
  const { folds } = experiment;
  if (!folds) return describeProtocol(experiment);
  const all = {
    name: `${folds.length} folds`,
    protocol: { folds: folds.map(({ name, protocol }) => ({ name, ...protocol })) },
  };
  return describeProtocol({ ...experiment, split: { ...folds[0]!, ...all } });
}
