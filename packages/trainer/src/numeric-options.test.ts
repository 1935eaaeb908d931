import { fileURLToPath } from 'node:url';
import { createRng } from '@footlight/core';
import type { TrainingWindowsOptions } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss, multinomialLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { factorization, multVae, sequencePooling } from '@footlight/models';
import { describeNumericOptions, ranges } from '@footlight/tooling-vitest/numeric-options';
import { evaluate } from './evaluate/evaluate.js';
import { measureLoss } from './evaluate/measure-loss.js';
import { defineExperiment } from './experiment/define-experiment.js';
import { fit } from './fit/fit.js';
import { annealed, constantPenalty } from './fit/penalty-weight.js';
import { plateau } from './fit/plateau.js';
import { cosineDecay, stepDecay, warmUp } from './fit/schedule.js';
import { stopEarly } from './fit/stop-early.js';
import { createInteractions, createTablePredictor, createTwoTastes, learnedExperiment } from './fixtures.js';
import { tableRecommender } from './recommend/table-recommender.fixture.js';
import { createDataLoader } from './run/data-loader.js';
import { runExperiment } from './run/run-experiment.js';
import { fileCheckpoint } from './storage/checkpoint.js';

const { positiveInteger, integerFromZero, integer, positive, fromZero, fraction, rate } = ranges;
const heldOut = { history: createInteractions([], 1, 3), targets: createInteractions([[0, 1]], 1, 3) };
const train = createTwoTastes();
const loss = bprLoss();
const options = { loss, epochs: 1, batchSize: 32, optimizer: adam({ learningRate: 0.1 }), rng: createRng(1) };
const build = (model: ReturnType<typeof factorization>) => model.build(train.catalogue, createRng(1));
const startFit = (changed: object) => fit(build(factorization({ dim: 5 })), train, { ...options, ...changed }).next();
const fitWindows = (changed: Partial<TrainingWindowsOptions>) =>
  fit(build(sequencePooling({ dim: 5, history: 3 })), train, { ...options, windows: { length: 4, ...changed } }).next();
const measure = (changed: object) =>
  measureLoss(multVae({ dims: [5, 2] }).build({ userCount: 1, itemCount: 3 }, createRng(1)), heldOut, {
    loss: multinomialLoss(),
    ...changed,
  });
const define = (changed: object) =>
  defineExperiment({ ...learnedExperiment, model: sequencePooling({ dim: 5, history: 3 }), ...changed });

const recommendWith = (name: 'recommend' | 'recommendEach', options: object) =>
  name === 'recommend'
    ? tableRecommender.recommend({ user: 100 }, 1, options)
    : tableRecommender.recommendEach([100], 1, options)[Symbol.asyncIterator]().next();

/** Functions that take an experiment that `defineExperiment` has checked. */
const takeExperiments = [
  'describeProtocol(seed)',
  ...[
    'createModelCard',
    'describeTraining',
    'isLearned',
    'runExperiment',
    'runInTwoStages',
    'splitIntoFolds',
    'summarizeExperiment',
    'twoStaged',
    'validateExperiment',
  ].flatMap((name) =>
    [
      'batchSize',
      'epochs',
      'seed',
      ...['length', 'lengthPool', 'minimum', 'step'].map((each) => `windows.${each}`),
    ].map((option) => `${name}(${option})`),
  ),
];
const names = (list: readonly string[], reason: string) => Object.fromEntries(list.map((name) => [name, reason]));

describeNumericOptions(fileURLToPath(new URL('index.ts', import.meta.url)), {
  interfaces: ['Recommender'],
  cases: {
    'Recommender.recommend(count)': [positiveInteger, (count) => tableRecommender.recommend({ user: 100 }, count)],
    ...Object.fromEntries(
      (['recommend', 'recommendEach'] as const).flatMap((name) => [
        [`Recommender.${name}(diversity)`, [rate, (diversity) => recommendWith(name, { diversity })]],
        [`Recommender.${name}(explain)`, [integerFromZero, (explain) => recommendWith(name, { explain })]],
        [
          `Recommender.${name}(popularityDiscount)`,
          [fromZero, (popularityDiscount) => recommendWith(name, { popularityDiscount })],
        ],
      ]),
    ),
    'Recommender.recommendEach(count)': [
      positiveInteger,
      (count) => tableRecommender.recommendEach([100], count)[Symbol.asyncIterator]().next(),
    ],
    'Recommender.similarItems(count)': [positiveInteger, (count) => tableRecommender.similarItems(0, count)],
    'annealed(cap)': [positive, (cap) => annealed({ cap, epochs: 3 })],
    'annealed(epochs)': [positive, (epochs) => annealed({ cap: 1, epochs })],
    'annealed(steps)': [positive, (steps) => annealed({ cap: 1, steps })],
    'constantPenalty(weight)': [fromZero, (weight) => constantPenalty({ weight })],
    'cosineDecay(floor)': [rate, (floor) => cosineDecay({ floor })],
    'createDataLoader(capacity)': [positiveInteger, (capacity) => createDataLoader(capacity)],
    'defineExperiment(batchSize)': [positiveInteger, (batchSize) => define({ batchSize })],
    'defineExperiment(epochs)': [integerFromZero, (epochs) => define({ epochs })],
    'defineExperiment(seed)': [integer, (seed) => define({ seed })],
    'defineExperiment(windows.length)': [positiveInteger, (length) => define({ windows: { length } })],
    'defineExperiment(windows.lengthPool)': [
      positiveInteger,
      (lengthPool) => define({ windows: { length: 4, lengthPool } }),
    ],
    'defineExperiment(windows.minimum)': [positiveInteger, (minimum) => define({ windows: { length: 4, minimum } })],
    'defineExperiment(windows.step)': [positiveInteger, (step) => define({ windows: { length: 4, step } })],
    'evaluate(batchSize)': [
      positiveInteger,
      (batchSize) => evaluate(createTablePredictor([[1, 2, 3]]), heldOut, { metrics: [ndcg({ at: 1 })], batchSize }),
    ],
    'fileCheckpoint(seconds)': [fromZero, (seconds) => fileCheckpoint({ path: 'none', key: '', seconds })],
    'fit(batchSize)': [positiveInteger, (batchSize) => startFit({ batchSize })],
    'fit(epochs)': [integerFromZero, (epochs) => startFit({ epochs })],
    'fit(windows.length)': [positiveInteger, (length) => fitWindows({ length })],
    'fit(windows.lengthPool)': [positiveInteger, (lengthPool) => fitWindows({ lengthPool })],
    'fit(windows.minimum)': [positiveInteger, (minimum) => fitWindows({ minimum })],
    'fit(windows.step)': [positiveInteger, (step) => fitWindows({ step })],
    'measureLoss(batchSize)': [positiveInteger, (batchSize) => measure({ batchSize })],
    'measureLoss(penaltyWeight)': [fromZero, (penaltyWeight) => measure({ penaltyWeight })],
    'plateau(factor)': [fraction, (factor) => plateau({ metric: 'mrr', factor })],
    'plateau(patience)': [integerFromZero, (patience) => plateau({ metric: 'mrr', patience })],
    'plateau(threshold)': [rate, (threshold) => plateau({ metric: 'mrr', threshold })],
    'runExperiment(checkpointSeconds)': [
      fromZero,
      (checkpointSeconds) => runExperiment(learnedExperiment, { checkpoint: 'none', checkpointSeconds }),
    ],
    'stepDecay(every)': [positiveInteger, (every) => stepDecay({ every, factor: 0.5 })],
    'stepDecay(factor)': [fraction, (factor) => stepDecay({ every: 1, factor })],
    'stopEarly(minimumChange)': [fromZero, (minimumChange) => stopEarly({ metric: 'mrr', minimumChange })],
    'stopEarly(patience)': [positiveInteger, (patience) => stopEarly({ metric: 'mrr', patience })],
    'warmUp(epochs)': [positive, (epochs) => warmUp({ epochs })],
  },
  exempt: {
    ...names(takeExperiments, 'checked by defineExperiment'),
    'toModelInput(history)': 'checked by the model',
    'listDifferences(one)': 'data: any JSON',
    'listDifferences(other)': 'data: any JSON',
    'runInTwoStages(checkpointSeconds)': 'checked like runExperiment(checkpointSeconds)',
    ...names(
      ['createPredictor', 'createScorerPredictor', 'fit', 'measureLoss'].map((name) => `${name}(reads.history)`),
      'checked by the model',
    ),
    ...names(
      ['findItem(text)', 'getHistory(user)', 'has(id)', 'predict(item)', 'predict(user)', 'recommend(user)'].map(
        (name) => `Recommender.${name}`,
      ),
      'an id, of which an unknown one is refused',
    ),
    'Recommender.similarItems(item)': 'an id, of which an unknown one is refused',
    'Recommender.predict(ratings)': 'data: score-history refuses ratings that are not finite',
    'Recommender.recommend(ratings)': 'data: score-history refuses ratings that are not finite',
  },
});
