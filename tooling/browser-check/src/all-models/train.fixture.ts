import { itemFeatures, leaveLastOut, rows } from '@footlight/datasets';
import { bprLoss, multinomialLoss, squaredLoss } from '@footlight/losses';
import { mrr, rmse } from '@footlight/metrics';
import {
  bert4Rec,
  constantRating,
  cosineFactorization,
  ease,
  factorization,
  factorizationMachine,
  featurePopularity,
  gfCf,
  gru4Rec,
  hstu,
  ials,
  itemKnn,
  lightGcn,
  lstmRating,
  type Model,
  mixtureOfTastes,
  multDae,
  multVae,
  neuralCollaborativeFiltering,
  popularity,
  random,
  recVae,
  rp3beta,
  sasRec,
  sequenceCnn,
  sequenceGru,
  sequenceLstm,
  sequenceMLstm,
  sequencePooling,
  sequencePopularity,
  slim,
  twoTower,
  userKnn,
} from '@footlight/models';
import {
  createArtifact,
  defineExperiment,
  type Experiment,
  loadArtifact,
  type Recommendation,
  type Recommender,
  runExperiment,
} from '@footlight/trainer';

/** Every kind of model that can be saved, by the name of the function that makes it. */
export const models: Readonly<Record<string, Model>> = {
  bert4Rec: bert4Rec({ dim: 6, history: 3, heads: 2 }),
  constantRating: constantRating(),
  cosineFactorization: cosineFactorization({ dim: 5 }),
  ease: ease({ regularization: 10 }),
  factorization: factorization({ dim: 5 }),
  factorizationMachine: factorizationMachine({ dim: 5 }),
  featurePopularity: featurePopularity(),
  gfCf: gfCf({ dim: 5 }),
  gru4Rec: gru4Rec({ dim: 5, history: 3, hidden: 7 }),
  hstu: hstu({ dim: 6, history: 3, heads: 2, similarity: 'cosine' }),
  ials: ials({ dim: 5, iterations: 2 }),
  itemKnn: itemKnn({ neighbors: 7 }),
  lightGcn: lightGcn({ dim: 5, layers: 2 }),
  lstmRating: lstmRating({ dim: 5, hidden: 5, history: 3 }),
  mixtureOfTastes: mixtureOfTastes({ dim: 5, history: 3, tastes: 2 }),
  multDae: multDae({ dims: [5] }),
  multVae: multVae({ dims: [5] }),
  neuralCollaborativeFiltering: neuralCollaborativeFiltering({ userDim: 5, itemDim: 5, hidden: [5] }),
  popularity: popularity(),
  random: random(),
  recVae: recVae({ dim: 5, hidden: 7 }),
  rp3beta: rp3beta({ neighbors: 7 }),
  sasRec: sasRec({ dim: 6, history: 3, heads: 2 }),
  sequenceCnn: sequenceCnn({ dim: 5, history: 3 }),
  sequenceGru: sequenceGru({ dim: 5, history: 3 }),
  sequenceLstm: sequenceLstm({ dim: 5, history: 3 }),
  sequenceMLstm: sequenceMLstm({ dim: 5, history: 3 }),
  sequencePooling: sequencePooling({ dim: 5, history: 3 }),
  sequencePopularity: sequencePopularity({ history: 3 }),
  slim: slim({ l1: 0.5 }),
  twoTower: twoTower({ dim: 5, hidden: [7] }),
  userKnn: userKnn({ neighbors: 5 }),
};

/** Thirteen users with nine of seventeen items each. */
function* createRows(): Generator<{ user: number; item: number; rating: number; time: number }> {
  for (let user = 0; user < 13; user++)
    for (let at = 0; at < 9; at++) {
      const item = (user * 5 + at * (1 + (user % 7)) + at * at) % 17;
      yield { user: 100 + user, item: 10 * item, rating: 1 + ((user + 3 * item) % 5), time: at };
    }
}

/** A category of each item. */
const categories = new File(
  [['id,third', ...Array.from({ length: 17 }, (_, item) => `${10 * item},${item % 3}`)].join('\n')],
  'items.csv',
);

function describe(model: Model): Experiment {
  const predictsRatings = /rating/.test(model.name);
  const small = rows([...createRows()], { user: 'user', item: 'item', rating: 'rating', time: 'time', name: 'small' });
  const loss = predictsRatings ? squaredLoss() : /^(mult|rec)-/.test(model.name) ? multinomialLoss() : bprLoss();
  return defineExperiment({
    dataset:
      model.name === 'feature-popularity'
        ? itemFeatures(small, { file: categories, id: 'id', features: ['third'] })
        : small,
    split: leaveLastOut(),
    model,
    ...(model.kind === 'representation' && { loss, epochs: 2, batchSize: 7 }),
    metrics: predictsRatings ? [rmse()] : [mrr()],
    seed: 7,
  } as Experiment);
}

/** What a saved model answers: a list for a user, one for a history, and the rating of a user for an item. */
export type Answers = readonly (readonly Recommendation[] | number | string)[];

/** Answers, or the reasons why there are none. */
async function answer(recommender: Recommender): Promise<Answers> {
  const explain = ({ message }: Error): string => message;
  return [
    await recommender.recommend({ user: 103 }, 5).catch(explain),
    await recommender.recommend({ history: [0, 30, 50] }, 5).catch(explain),
    await recommender.predict({ user: 103 }, 40).catch(explain),
  ];
}

/** What training a model gave. */
export interface RunResult {
  readonly artifact: Blob;
  readonly answers: Answers;
  /** The loss of each epoch. */
  readonly losses: readonly number[];
  /** The mean of each metric. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Trains a model, and saves it. */
export async function trainAndSave(name: string): Promise<RunResult> {
  const model = models[name]!;
  const { recommender, epochs, metrics } = await runExperiment(describe(model));
  return {
    artifact: await createArtifact(recommender, { model }),
    answers: await answer(recommender),
    losses: epochs.map(({ loss }) => loss),
    metrics: Object.fromEntries(Object.entries(metrics).map(([metric, { mean }]) => [metric, mean])),
  };
}

/** What a model answers that was saved elsewhere. */
export async function loadAndAnswer(name: string, artifact: Blob): Promise<Answers> {
  const model = models[name]!;
  const { loss } = describe(model);
  const ratings = loss?.kind === 'rating' ? { loss } : name === 'constantRating' ? {} : undefined;
  return answer(await loadArtifact(artifact, model, ratings));
}
