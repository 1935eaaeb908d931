import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { invalid } from '@footlight/core';
import { type Experiment, runExperiment } from '@footlight/trainer';
import type { BenchmarkCase } from '../measure/benchmark-case.js';
import type { Suite } from '../suite.js';

/** Whole experiments: the seconds of training and evaluation. */
export const experiments: Suite = {
  name: 'experiments',
  title: 'Training and evaluation of experiments',
  script: 'bench',
  warmUp: false,
  usesBackend: true,
  isStored: false,
  createCases({ names }) {
    if (names.length === 0)
      invalid('npm run bench', 'names of experiments', 'none', '`npx pnpm footlight list` shows them.');
    return names.map(createCase);
  },
  notes: () => 'Times exclude the loading of the data. Every round uses the seed of the experiment.',
};

function createCase(name: string): BenchmarkCase {
  const file = new URL(`../../experiments/${name}.ts`, import.meta.url);
  if (!existsSync(fileURLToPath(file)))
    invalid('npm run bench', 'the name of an experiment', name, '`npx pnpm footlight list` shows them.');
  return {
    group: 'Experiments',
    name,
    unit: 'run',
    async prepare() {
      const { default: experiment } = (await import(file.href)) as { default: Experiment };
      return {
        async run() {
          const { seconds } = await runExperiment(experiment);
          return { seconds: seconds.train + seconds.evaluate };
        },
      };
    },
  };
}
