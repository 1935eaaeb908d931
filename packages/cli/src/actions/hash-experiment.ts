import { canonicalJson, type Json, shortHash } from '@footlight/core';
import { describeProtocol, describeTraining, type Experiment, isLearned } from '@footlight/trainer';

/** Hash of what an experiment consists of, its seed included, and of what else has to agree. */
export function hashExperiment(experiment: Experiment, more: Readonly<Record<string, Json>> = {}): string {
  const { model, seed } = experiment;
  const training = isLearned(experiment) ? describeTraining(experiment) : { name: model.name, ...model.protocol };
  const stages = isLearned(experiment) && experiment.twoStaged ? { stages: 2 } : {};
  return shortHash(canonicalJson({ protocol: describeProtocol(experiment).hash, training, seed, ...more, ...stages }));
}
