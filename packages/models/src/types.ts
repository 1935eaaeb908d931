// structure: the contract of models is read in one piece
import type { Described, OnProgress, Progress, Rng } from '@footlight/core';
import type { Catalogue, Interactions } from '@footlight/datasets';
import type { SparseRows, tf, WeightedRows } from '@footlight/engine';
import type { Parameters, Training } from '@footlight/layers';

/** A batch of users to score items for. */
export interface Queries {
  /** Dense user ids, `[batch]` int32. */
  readonly users: tf.Tensor1D;
  /** Items of each user, `[batch, time]` int32, oldest first, padded on the left. */
  readonly history: tf.Tensor2D;
  /** `[batch, time]`: 1 for a real item, 0 for padding. What lies under a 0 has no effect on scores. */
  readonly mask: tf.Tensor2D;
  /**
   * `[batch, time]`: 1 for a step whose item the model must not see, since it is predicted there; present while a model
   * that hides steps is trained.
   */
  readonly hiddenSteps?: tf.Tensor2D;
  /**
   * Whole histories as sets, `[batch]` rows, each item once, in arbitrary order; present for models that read baskets.
   */
  readonly baskets?: SparseRows;
  /**
   * The same sets as a matrix, `[batch, item]`: 1 for an item of the basket, else 0. Present beside `baskets` where the
   * computation is recorded for other programs; a model that is to be exported reads it in place of `baskets`.
   */
  readonly basketMatrix?: tf.Tensor2D;
}

/**
 * What a model reads: the user's id (`user`), the whole history as a set (`basket`), or the last steps of the history
 * in order (`{ history }`, their number). It decides how batches are made. `time` is 1 except for models of histories.
 */
export type Reads = 'user' | 'basket' | { readonly history: number };

/** The properties of the data that a model is built for. */
export interface DataSummary
  extends Pick<Catalogue, 'userCount' | 'itemCount' | 'userFeatures' | 'itemFeatures' | 'itemVectors'> {
  /**
   * Score of the mean training rating, in the scale of training: the mean itself unless the loss has a link. Absent
   * without ratings.
   */
  readonly ratingMean?: number;
  /** The training interactions, for models of their graph. Absent where a saved model is restored. */
  readonly interactions?: Interactions;
  /** Dense ids of the users with training interactions, whom fold-in takes for typical users. Default: all users. */
  readonly trainedUsers?: Int32Array;
}

/** A model that is learned by gradient: it needs a loss. */
export interface Representation extends Described {
  readonly kind: 'representation';
  readonly reads: Reads;
  /** Creates the parameters. */
  build(data: DataSummary, rng: Rng): Network;
}

/** The result of `Network.encode`. */
export interface Encoded {
  /** One vector per step, `[batch, time, dim]`. */
  readonly vectors: tf.Tensor3D;
  /**
   * Added to the loss, `[batch]`, times the weight that the trainer gives it: the KL divergence of a variational
   * autoencoder, for example.
   */
  readonly penalty?: tf.Tensor1D;
}

/** The tables of bilinear scores $p_u \cdot q_i + b_u + b_i$; biases both or neither. */
export interface BilinearTables {
  /** `[user, dim]` */
  readonly user: tf.Variable;
  /** `[item, dim]` */
  readonly item: tf.Variable;
  /** `[user, 1]` */
  readonly userBias?: tf.Variable;
  /** `[item, 1]` */
  readonly itemBias?: tf.Variable;
}

/** The item factor of scores that are products: $s_{qi} = v_q \cdot W_i + b_i$. */
export interface CatalogueProduct {
  /** W, `[item, dim]`, with the `dim` of the vectors of `encode`. */
  readonly table: tf.Tensor2D;
  /** b, `[item]`. */
  readonly bias?: tf.Tensor1D;
}

/** The history of a user whom the model was not trained on, with ratings. */
export interface RatedHistory {
  /** Dense ids, `[item]`. */
  readonly items: Int32Array;
  /** `[item]`, in the scale of training. */
  readonly ratings: Float32Array;
  /** The score that the link converts to the mean of the training ratings, and their variance. */
  readonly training: { readonly score: number; readonly variance: number };
  /** Converts scores to ratings: the link of the loss. @shape `[item]` → `[item]` */
  link(scores: tf.Tensor1D): tf.Tensor1D;
}

/**
 * How a model that reads user ids answers a user whom it was not trained on. Every such model answers from the history
 * or says why it cannot; it has no third way.
 */
export type Histories =
  | {
      /**
       * Scores the catalogue for a user who chose these items.
       *
       * @returns `[1, item]`
       */
      score(items: Int32Array): tf.Tensor2D;
      /**
       * Scores the catalogue for a user who rated these items, for models that were trained with a rating loss.
       *
       * @returns `[1, item]`
       */
      scoreRated?(history: RatedHistory): tf.Tensor2D;
      readonly refusal?: never;
    }
  | {
      /** Why the model cannot read a history: the rest of a sentence that begins with *since*. */
      readonly refusal: string;
    };

/** A model of user ids says what it does with histories; other models read them. */
export type ReadsAndHistories =
  | { readonly reads: 'user'; readonly histories: Histories }
  | { readonly reads: Exclude<Reads, 'user'>; readonly histories?: never };

/** A representation with parameters. */
export type Network = NetworkParts & ReadsAndHistories;

/** What an epoch trains, of a network whose epochs differ. */
export interface EpochPlan {
  /** Whether the epoch changes the parameter with this path. */
  trains(path: string): boolean;
  /** Changes parameters before the first step of the epoch. */
  begin?(): void;
}

/** What all networks have. */
export interface NetworkParts {
  /** Learned variables as a tree; paths in it name them in checkpoints and artifacts. */
  readonly parameters: Parameters;
  /**
   * Encodes users as vectors `[batch, time, dim]`, one after each step. `training` is present while training. A model
   * that hides steps returns one at each step of `queries.hiddenSteps`; without them, one after the last step.
   */
  encode(queries: Queries, training?: Training): Encoded;
  /**
   * Chooses the steps of training windows whose items are hidden and predicted from the items on both sides (cloze).
   * Absent for models that predict each item from those before it.
   *
   * @shape mask `[batch, time]` → `[batch, time]`: 1 for a hidden step, at least one in each row with an item
   */
  hideSteps?(mask: Float32Array, time: number, rng: Rng): Float32Array;
  /**
   * Scores items. `training` is present while training.
   *
   * @shape vectors `[query, dim]`, candidates `[query, candidate]` int32 → `[query, candidate]`; without candidates the
   *   whole catalogue, `[query, item]`
   */
  score(vectors: tf.Tensor2D, candidates?: tf.Tensor2D, training?: Training): tf.Tensor2D;
  /** Whether nothing is learned about single users, so that users without training interactions are scored too. */
  readonly scoresAnyUser?: true;
  /** Says what an epoch trains, from 0. Absent: every epoch trains all parameters. */
  planEpoch?(epoch: number): EpochPlan;
  /** Present if scores are products of two tables and nothing else, so that a training step can be fused. */
  readonly bilinear?: BilinearTables;
  /** Present if `score(vectors)` is a product, so that items can be ranked without storing all scores. */
  catalogue?(): CatalogueProduct;
  /** Vectors of the items `[item, dim]`, for `similarItems`. */
  itemVectors?(): tf.Tensor2D;
  /**
   * Computes the parameters that are not learned but computed from those that are. Answers do so by themselves; `fit`
   * calls it after each epoch, so that the parameters can be saved.
   */
  refresh?(): void;
}

/** The factors of scores that are sums of rows of a sparse table: $s_{qi} = \sum_{j} v_{qj} w_{ji}$. */
export interface SparseScores {
  /** Rows of the table that each query adds, with their weights v. */
  toBags(queries: Queries): WeightedRows;
  /** Items of each row, with their weights w. */
  readTable(): WeightedRows;
}

/** A function that scores the whole catalogue, with its parameters. */
export type Scorer = ScorerParts & ReadsAndHistories;

/** What all scorers have. */
export interface ScorerParts {
  /** Variables as a tree; paths in it name them in artifacts. */
  readonly parameters: Parameters;
  /** For parameters that hold ids of users or items, by path: how many ids there are, from 0. Files are checked. */
  readonly idCounts?: Readonly<Record<string, number>>;
  /** Whether the parameters contain what users chose, so that a file without histories is refused. Default false. */
  readonly containsHistories?: true;
  /** Whether nothing is learned about single users, so that `score` takes any user id. Default false. */
  readonly scoresAnyUser?: true;
  /** @returns `[batch, item]` */
  score(queries: Queries): tf.Tensor2D;
  /** Present if scores are sums of rows of a sparse table, so that items can be ranked without storing all scores. */
  readonly sparse?: SparseScores;
  /** Present if scores are products of the vectors of users and items, which can be exported then. */
  factors?(): { readonly user: tf.Tensor2D; readonly item: tf.Tensor2D };
  /** Vectors of the items `[item, dim]`, for `similarItems`. */
  itemVectors?(): tf.Tensor2D;
  /**
   * Similarities of an item to all items, for `similarItems` of models without item vectors; 0 means none.
   *
   * @returns `[1, item]`
   */
  similarities?(item: number): tf.Tensor2D;
}

/** The progress after one step of a solver; undefined after a step that is not worth a report. */
export type SolverStep = Progress | undefined;

/** A model that is solved in closed form or counted: it takes no loss. */
export interface Solver extends Described {
  readonly kind: 'solver';
  readonly reads: Reads;
  /** Solves the model; reports progress if that takes more than a moment. */
  solve(train: Interactions, rng: Rng, onProgress?: OnProgress): Scorer;
  /**
   * Solves the model in steps, between which the caller may let other work run, or stop. Absent where solving takes no
   * more than a moment.
   */
  solveInSteps?(train: Interactions, rng: Rng): Generator<SolverStep, Scorer>;
  /**
   * Creates a scorer of the same sizes, whose parameters an artifact then fills.
   *
   * @param shapes the shapes of the parameters in the artifact, by path, for sizes that depend on the training data
   */
  restore(data: DataSummary, shapes?: ReadonlyMap<string, readonly number[]>): Scorer;
}

export type Model = Representation | Solver;
