import { computeImportance, createStudy, medianPruner } from '@footlight/studies';

// A stand-in for training: the error falls with every epoch, fastest near a learning rate of 0.01.
const trainEpoch = (rate: number, layers: number, epoch: number): number =>
  (Math.log10(rate) + 2) ** 2 + 0.1 * Math.abs(layers - 2) + 1 / (epoch + 1);

const study = await createStudy({ name: 'example', pruner: medianPruner(), seed: 42 });
await study.optimize(
  async (trial) => {
    const rate = trial.float('rate', { low: 1e-5, high: 1, log: true });
    const kind = trial.categorical('kind', ['linear', 'deep']);
    const layers = kind === 'deep' ? trial.integer('layers', { low: 1, high: 6 }) : 0;
    let error = Infinity;
    for (let epoch = 0; epoch < 5; epoch++) {
      error = trainEpoch(rate, layers, epoch);
      trial.report(error, epoch);
      if (await trial.shouldPrune()) trial.prune();
    }
    return error;
  },
  { trials: 60, workers: 2 },
);

const { values, params } = study.best;
console.log('best', values![0]!.toFixed(3), params.kind, params.layers, (params.rate as number).toFixed(3));
console.log('pruned', study.trials.filter(({ state }) => state === 'pruned').length, 'of', study.trials.length);
console.log('most important', Object.keys(computeImportance(study))[0]);
