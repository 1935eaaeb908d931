import type { Json } from '@footlight/core';
import {
  ease,
  type FactorizationOptions,
  factorization,
  type IalsOptions,
  type ItemKnnOptions,
  ials,
  itemKnn,
  type Model,
  type MultVaeOptions,
  multVae,
  popularity,
  type SasRecOptions,
  type SequenceGruOptions,
  sasRec,
  sequenceGru,
} from '@footlight/models';
import { catalogueLosses, type LossName, rankingLosses } from './losses.js';

/** What the page asks for when it trains a model. */
export interface ModelOptions {
  /** Length of the learned vectors. */
  readonly dim: number;
}

/** A model of the menu. */
export interface ModelChoice {
  readonly label: string;
  /** One sentence for people who have not heard of it. */
  readonly summary: string;
  /** The losses that it learns with, the first one by default; empty for models that are solved, not learned. */
  readonly losses: readonly LossName[];
  /** Whether `dim` has an effect. */
  readonly hasDim: boolean;
  /** Epochs that show what it can do within seconds. */
  readonly epochs?: number;
  readonly learningRate?: number;
  create(options: ModelOptions): Model;
  /** The model whose protocol an artifact names. */
  restore(protocol: Protocol): Model;
}

/** Options of a model as data, from an artifact; `loadArtifact` checks them. */
type Protocol = { readonly [option: string]: Json };

/**
 * The options of these names. Their types are those that the model wrote; a file with others is refused by the model or
 * by `loadArtifact`, which compares all.
 */
function pick<T extends object>(protocol: Protocol, ...names: (keyof T & string)[]): T {
  return Object.fromEntries(names.filter((name) => name in protocol).map((name) => [name, protocol[name]])) as T;
}

/** Steps of the history that sequence models read. */
const HISTORY = 50;
const ranking = Object.keys(rankingLosses) as LossName[];

/** The models of the menu, by their names in the command line. */
export const models = {
  factorization: {
    label: 'Matrix factorization',
    summary: 'A vector for each user and each film; their product is the score.',
    losses: ranking,
    hasDim: true,
    epochs: 12,
    learningRate: 0.01,
    create: ({ dim }) => factorization({ dim }),
    restore: (protocol) => factorization(pick<FactorizationOptions>(protocol, 'dim', 'biases')),
  },
  'sequence-gru': {
    label: 'GRU over the history',
    summary: 'A recurrent network reads what you chose, in order.',
    losses: ranking,
    hasDim: true,
    epochs: 10,
    learningRate: 0.005,
    create: ({ dim }) => sequenceGru({ dim, history: HISTORY }),
    restore: (protocol) => sequenceGru(pick<SequenceGruOptions>(protocol, 'dim', 'history', 'start', 'biases', 'tied')),
  },
  'sas-rec': {
    label: 'SASRec',
    summary: 'Self-attention looks back at what you chose, in order.',
    losses: ranking,
    hasDim: true,
    epochs: 10,
    learningRate: 0.003,
    create: ({ dim }) => sasRec({ dim, history: HISTORY }),
    restore: (protocol) =>
      sasRec({
        ...pick<SasRecOptions>(
          protocol,
          'dim',
          'history',
          'blocks',
          'heads',
          'dropout',
          'attentionDropout',
          'normalization',
        ),
        ...pick<SasRecOptions>(protocol, 'activation', 'hidden', 'gates', 'positions', 'biases', 'tied'),
      }),
  },
  'mult-vae': {
    label: 'Mult-VAE',
    summary: 'A variational autoencoder completes the set of what you chose.',
    losses: Object.keys(catalogueLosses) as LossName[],
    hasDim: true,
    epochs: 20,
    learningRate: 0.003,
    create: ({ dim }) => multVae({ dims: [4 * dim, dim] }),
    restore: (protocol) => multVae(pick<MultVaeOptions>(protocol, 'dims', 'dropout')),
  },
  ease: {
    label: 'EASE',
    summary: 'The linear model between films with the smallest squared error, in closed form.',
    losses: [],
    hasDim: false,
    create: () => ease({ regularization: 200 }),
    restore: (protocol) => ease({ regularization: Number(protocol['regularisation']) }),
  },
  'item-knn': {
    label: 'Item neighbors',
    summary: 'Films that the same people chose, by cosine similarity.',
    losses: [],
    hasDim: false,
    create: () => itemKnn({ neighbors: 100 }),
    restore: (protocol) =>
      itemKnn({
        neighbors: Number(protocol['neighbours']),
        ...pick<ItemKnnOptions>(protocol, 'similarity', 'asymmetry', 'shrink', 'weighting', 'k1', 'b'),
        ...(protocol['history'] === 'all' ? {} : pick<ItemKnnOptions>(protocol, 'history')),
      }),
  },
  ials: {
    label: 'iALS',
    summary: 'Factorization of who chose what, solved by least squares in turns.',
    losses: [],
    hasDim: true,
    create: ({ dim }) => ials({ dim, confidence: 10, regularization: 30 }),
    restore: (protocol) =>
      ials({
        regularization: Number(protocol['regularisation']),
        ...pick<IalsOptions>(protocol, 'dim', 'confidence', 'iterations', 'steps'),
      }),
  },
  popularity: {
    label: 'Popularity',
    summary: 'What most people chose: the baseline that every model should beat.',
    losses: [],
    hasDim: false,
    create: () => popularity(),
    restore: () => popularity(),
  },
} as const satisfies Readonly<Record<string, ModelChoice>>;

export type ModelName = keyof typeof models;

/** The choice of this name. */
export function getModel(name: ModelName): ModelChoice {
  return models[name];
}

/** Whether a text is the name of a model of the menu. */
export function isModelName(text: string): text is ModelName {
  return Object.hasOwn(models, text);
}
