// structure: the models of both sources share data, evaluation and windows
import { leaveLastOut, s3rec, uniformNegatives } from '@footlight/datasets';
import { adam, adamW } from '@footlight/engine';
import { scaledEmbeddings } from '@footlight/layers';
import { bprLoss, gbceLoss, infoNceLoss, logisticLoss, sampledSoftmaxLoss, softmaxLoss } from '@footlight/losses';
import { hitRate, ndcg } from '@footlight/metrics';
import { bert4Rec, factorization, gru4Rec, hstu, popularity, sasRec } from '@footlight/models';
import { stopEarly } from '@footlight/trainer';

// Shared by the experiments on the files of S3-Rec: the last item of each user is the test target, the one before it
// the validation target, and all items that the user has not reviewed yet are ranked. Published by RecBoard
// (https://github.com/MTandHJ/RecBoard, means of five seeds) and by the repository of eSASRec
// (https://github.com/blondered/transformer_benchmark), whose options these are.

export type S3RecData = 'toys' | 'sports';

type PerData<T> = Readonly<Record<S3RecData, T>>;

const datasets = { toys: s3rec('Toys_and_Games'), sports: s3rec('Sports_and_Outdoors') };

export const createEvaluation = (name: S3RecData) =>
  ({
    dataset: datasets[name],
    split: leaveLastOut(),
    metrics: [ndcg({ at: 10 }), hitRate({ at: 10 })],
    seen: 'exclude',
    cold: 'include',
    seed: 1,
  }) as const;

const publish = (ndcg10: number, hitRate10: number) => ({ published: { 'ndcg@10': ndcg10, 'hit-rate@10': hitRate10 } });

/** Windows of the 50 steps that models read and a target; sorted by length, so that batches need little padding. */
const windows = { windows: { length: 51, lengthPool: 20 } } as const;

const stop = (patience: number) => ({ stopEarly: stopEarly({ metric: 'ndcg@10', patience }) });

/** Most popular items. */
export const createPopularity = (name: S3RecData) => ({ ...createEvaluation(name), model: popularity() }) as const;

const mfPublished: PerData<object> = { toys: publish(0.0225, 0.0426), sports: publish(0.0152, 0.0298) };

/** Matrix factorization with BPR: one unseen negative, the options of RecBoard. */
export const createFactorization = (name: S3RecData) =>
  ({
    ...createEvaluation(name),
    model: factorization({ dim: 64, biases: false }),
    loss: bprLoss(),
    negatives: uniformNegatives({ count: 1, reject: 'seen' }),
    optimizer: () => adam({ learningRate: 1e-3, l2: 1e-6 }),
    batchSize: 2048,
    epochs: 1000,
    ...stop(40),
    ...mfPublished[name],
    note: 'Published by RecBoard: at most 1,000 epochs, validated every fifth, the best one; updates dense.',
  }) as const;

const gruPublished: PerData<object> = { toys: publish(0.0224, 0.041), sports: publish(0.0094, 0.0187) };

const gruOptions = {
  toys: { embeddingDropout: 0.1, learningRate: 5e-3, l2: 0 },
  sports: { embeddingDropout: 0.5, learningRate: 1e-3, l2: 1e-4 },
} as const;

/** GRU4Rec with one negative and binary cross-entropy, the options of RecBoard. */
export const createGru4Rec = (name: S3RecData) => {
  const { embeddingDropout, ...optimizer } = gruOptions[name];
  return {
    ...createEvaluation(name),
    ...windows,
    model: gru4Rec({ dim: 64, hidden: 128, history: 50, embeddingDropout, biases: false }),
    loss: logisticLoss(),
    negatives: uniformNegatives({ count: 1, reject: 'seen' }),
    optimizer: () => adam({ ...optimizer, rows: 'dense' }),
    batchSize: 96,
    epochs: 300,
    ...stop(20),
    ...gruPublished[name],
    note: 'Published by RecBoard: batches of 512 targets, which 96 windows have; 300 epochs, every fifth validated.',
  } as const;
};

/** Layers that both sources give their SASRec: learned positions, ReLU, as many hidden units as dimensions. */
const createSasRec = (blocks: number, dropout: number) =>
  sasRec({ dim: 64, history: 50, blocks, heads: 1, dropout, biases: false });

const bcePublished: PerData<object> = { toys: publish(0.0432, 0.0766), sports: publish(0.02, 0.0373) };

/** SASRec with one negative and binary cross-entropy, the options of RecBoard, in smaller batches. */
export const createSasRecBce = (name: S3RecData) =>
  ({
    ...createEvaluation(name),
    model: createSasRec(2, 0.3),
    loss: logisticLoss(),
    negatives: uniformNegatives({ count: 1, reject: 'seen' }),
    optimizer: () => adam({ learningRate: { toys: 5e-4, sports: 1e-4 }[name], rows: 'dense' }),
    ...windows,
    batchSize: 128,
    epochs: 200,
    ...stop(20),
    ...bcePublished[name],
    note: 'Published by RecBoard: batches of 512, 300 epochs, validated every fifth, the best one.',
  }) as const;

/** How the repository of eSASRec trains: constant learning rate, batches of 128, at most 200 epochs. */
const training = {
  optimizer: () => adam({ learningRate: 1e-3, rows: 'dense' }),
  ...windows,
  batchSize: 128,
  epochs: 200,
  ...stop(15),
} as const;

const manyNegatives = { negatives: uniformNegatives({ count: 256, reject: 'nothing' }) } as const;

const searched = 'Published by the repository of eSASRec, which waits 50 epochs and leaves out cold targets, 0.2 %.';

const softmaxPublished: PerData<object> = { toys: publish(0.058, 0.097), sports: publish(0.0314, 0.0569) };

/** SASRec with sampled softmax. */
export const createSasRecSampledSoftmax = (name: S3RecData) =>
  ({
    ...createEvaluation(name),
    ...training,
    ...manyNegatives,
    model: createSasRec(1, 0.2),
    loss: sampledSoftmaxLoss(),
    ...softmaxPublished[name],
    note: searched,
  }) as const;

/** SASRec with the softmax over all items. */
export const createSasRecSoftmax = (name: S3RecData) =>
  ({ ...createEvaluation(name), ...training, model: createSasRec(1, 0.2), loss: softmaxLoss() }) as const;

/** SASRec with gBCE, calibrated as in gSASRec. */
export const createSasRecGbce = (name: S3RecData) =>
  ({
    ...createEvaluation(name),
    ...training,
    ...manyNegatives,
    model: createSasRec(1, 0.2),
    loss: gbceLoss({ calibration: 0.75 }),
  }) as const;

const esasRecPublished: PerData<object> = { toys: publish(0.0538, 0.0939), sports: publish(0.0323, 0.056) };

/** eSASRec: blocks of LiGR with SwiGLU, sampled softmax. */
export const createEsasRec = (name: S3RecData) =>
  ({
    ...createEvaluation(name),
    ...training,
    ...manyNegatives,
    model: sasRec({
      ...{ dim: 64, history: 50, blocks: 1, heads: 1, dropout: 0.2, biases: false },
      ...{ activation: 'swiglu', gates: true, hidden: 64 * { toys: 1, sports: 2 }[name] },
    }),
    loss: sampledSoftmaxLoss(),
    ...esasRecPublished[name],
    note: searched,
  }) as const;

const bertPublished: PerData<object> = { toys: publish(0.0404, 0.0693), sports: publish(0.0214, 0.0397) };

const bertOptions = {
  toys: { hiddenShare: 0.4, learningRate: 5e-4, l2: 1e-3 },
  sports: { hiddenShare: 0.2, learningRate: 5e-3, l2: 1e-4 },
} as const;

/** BERT4Rec with the softmax over all items: the options of RecBoard. */
export const createBert4Rec = (name: S3RecData) => {
  const { hiddenShare, ...optimizer } = bertOptions[name];
  return {
    ...createEvaluation(name),
    ...windows,
    model: bert4Rec({
      dim: 64,
      history: 50,
      blocks: 2,
      heads: 4,
      dropout: 0.1,
      hiddenShare,
      lastOnlyShare: 0,
      tied: false,
    }),
    loss: softmaxLoss(),
    optimizer: () => adam({ ...optimizer, rows: 'dense' }),
    batchSize: 256,
    epochs: 200,
    ...stop(15),
    ...bertPublished[name],
    note: 'Published by RecBoard: 500 epochs, validated every fifth, the best one; on Sports batches of 512.',
  } as const;
};

const hstuPublished: PerData<object> = { toys: publish(0.0598, 0.0997), sports: publish(0.0332, 0.0587) };

const hstuOptions = {
  toys: { dropout: 0.3, learningRate: 1e-3, decay: 1e-5 },
  sports: { dropout: 0.2, learningRate: 5e-4, decay: 0 },
} as const;

/** HSTU with InfoNCE over cosines: the options of RecBoard. */
export const createHstu = (name: S3RecData) => {
  const { dropout, ...optimizer } = hstuOptions[name];
  return {
    ...createEvaluation(name),
    ...windows,
    model: hstu({
      ...{ dim: 64, history: 50, blocks: 4, heads: 2, queryDim: 4, valueDim: 4, embeddingDropout: 0.5, dropout },
      ...{ similarity: 'cosine', biases: false, itemEmbedding: scaledEmbeddings({ deviation: 0.02 }) },
    }),
    loss: infoNceLoss({ temperature: 0.1 }),
    negatives: uniformNegatives({ count: 512, reject: 'nothing' }),
    optimizer: () => adamW({ ...optimizer, beta2: 0.98, rows: 'dense' }),
    batchSize: 256,
    epochs: 300,
    ...stop(20),
    ...hstuPublished[name],
    note: 'Published by RecBoard, which reads times too: at most 300 epochs, the best one by NDCG@10.',
  } as const;
};
