// structure: one interface lists all kernels, of the addon and of WebAssembly.
import type {
  ArgReduceOptions,
  AttentionGradientOptions,
  AttentionOptions,
  BatchedProductOptions,
  BilinearOptimizer,
  BinaryOptions,
  CompareOptions,
  CopyOptions,
  CumulativeSumOptions,
  FillMaskOptions,
  FillNormalOptions,
  FillUniformOptions,
  FoldStepsOptions,
  GatherRowsOptions,
  GruSequenceGradientOptions,
  GruSequenceOptions,
  LayerNormalizationGradientOptions,
  LayerNormalizationOptions,
  LeastSquaresGramOptions,
  LstmSequenceGradientOptions,
  LstmSequenceOfRowsGradientOptions,
  LstmSequenceOfRowsOptions,
  LstmSequenceOptions,
  MLstmSequenceGradientOptions,
  MLstmSequenceOptions,
  NearestSetsOptions,
  OneHotOptions,
  OptimizerDenseOptions,
  OptimizerRowsOptions,
  ProductOptions,
  RankScoresOptions,
  RankSparseOptions,
  RankTargetsOptions,
  ReduceOptions,
  ScoreRowsOptions,
  SelectOptions,
  SoftmaxOptions,
  SolveLeastSquaresOptions,
  SparseSoftmaxGradientOptions,
  SparseSoftmaxLossOptions,
  SumRowsGradientOptions,
  SumRowsOptions,
  SumSegmentsOptions,
  UnaryOptions,
  UnfoldStepsOptions,
} from './options.js';

export type * from './options.js';

/** A ranking loss, as `@footlight/engine` declares it in `FusedLoss`. */
export interface BilinearLoss {
  readonly name:
    | 'pointwise'
    | 'bpr'
    | 'sigmoid-bpr'
    | 'hinge'
    | 'adaptive-hinge'
    | 'warp'
    | 'logistic'
    | 'sampled-softmax';
  /** Margin of `hinge`, `adaptive-hinge` and `warp`. Default 1. */
  readonly margin?: number;
  /** How `pointwise` combines its two terms. Default `sum`. */
  readonly terms?: 'sum' | 'mean';
  /** Weight of an estimated rank in `warp`. Default `harmonic`. */
  readonly weight?: 'harmonic' | 'logarithm';
}

export interface BilinearOptions {
  readonly users: number;
  readonly items: number;
  readonly dim: number;
  /** Whether users and items have biases. Default false. */
  readonly biases?: boolean;
  readonly loss: BilinearLoss;
  readonly optimizer: BilinearOptimizer;
  /** Steps that the optimizer has done before. Default 0. */
  readonly step?: number;
}

/** State of a factorization between steps. It is freed with the object. */
export interface Bilinear {
  readonly kind?: 'bilinear';
}

/**
 * A parameter and the state of the optimizer for it, both overwritten. Slots of sgd with momentum: velocity; of
 * adagrad: sum; of adam and adam-w: mean, square.
 */
export interface BilinearTable {
  /** `[row, dim]`; biases `[row]` */
  readonly weights: Float32Array;
  /** Each in the shape of the weights. */
  readonly slots?: readonly Float32Array[];
}

export interface BilinearTables {
  readonly user: BilinearTable;
  readonly item: BilinearTable;
  readonly userBias?: BilinearTable;
  readonly itemBias?: BilinearTable;
}

/** The queries of one batch, or of several consecutive batches. */
export interface BilinearQueries {
  /** `[query]` */
  readonly users: Int32Array;
  /** `[query]` */
  readonly positives: Int32Array;
  /** `[query, negative]` */
  readonly negatives: Int32Array;
  /** Queries per step. The last step takes the rest. */
  readonly batch: number;
  /** Factor of the learning rate. Default 1. */
  readonly factor?: number;
  /** `[batch]`: mean loss of each batch before its update. */
  readonly outLosses: Float32Array;
}

/**
 * Kernels on typed arrays. A kernel takes one object with named fields (`options.d.ts` lists them). It checks lengths
 * and ids before it accesses memory, and throws a TypeError that names the kernel, the field, what was expected and
 * what was received; a field that it does not have is refused, too. Arrays that are overwritten are named `out…`, or
 * their comment says so. Such an array shares no memory with another one, unless its comment allows that, and no array
 * lies in a SharedArrayBuffer, except the kernels' own memory (`wasm.d.ts`). Kernels throw a RangeError where sizes are
 * too large or memory is short. As WebAssembly they copy arrays that are outside of their memory, in and, where they
 * are overwritten, out.
 */
export interface Kernels {
  /** Returns the number of threads: `FOOTLIGHT_THREADS`, else the processors of this process. */
  threads(): number;
  /**
   * Allocates zeros in memory of the addon, which a step in the background holds. Large arrays use huge pages where the
   * system has them, so that distant rows are found faster. As WebAssembly, zeros in the kernels' memory, which stay
   * until its `release` is called.
   */
  zeros(length: number): Float32Array;

  /** Uniform random numbers of sfc32, equal to the last bit to those that the rng of `core` draws one by one. */
  fillUniform(options: FillUniformOptions): void;
  /**
   * Normal random numbers by the polar method, two of each pair. If the length is odd, the second number of the last
   * pair is lost.
   */
  fillNormal(options: FillNormalOptions): void;
  /** Dropout mask: 0 with probability `rate`, else 1 / (1 − rate). */
  fillMask(options: FillMaskOptions): void;

  /** Matrix product: out = op(A) · op(B) + bias, plus what `out` held with `accumulate`. */
  sgemm(options: ProductOptions): void;
  /** `sgemm` for each matrix of a batch. */
  batchedSgemm(options: BatchedProductOptions): void;
  /** `sgemm` with A and B rounded to bf16 (8 bits of precision); the products are accumulated in fp32. */
  bgemm(options: ProductOptions): void;

  /** Returns the names of the operations of `unary`, `binary` and `compare`. The position of a name is its code. */
  elementwiseNames(): {
    readonly unary: readonly string[];
    readonly binary: readonly string[];
    readonly compare: readonly string[];
  };
  /** Elementwise function of one array. */
  unary(options: UnaryOptions): void;
  /** Elementwise function of two arrays. */
  binary(options: BinaryOptions): void;
  /** Elementwise comparison: 1 where it holds, else 0. Both arrays have the same type. */
  compare<T extends Float32Array | Int32Array | Uint8Array>(options: CompareOptions<T>): void;
  /** Selection: `a` where `condition` is 1, else `b`. */
  select(options: SelectOptions): void;

  /** Returns the names of the operations of `reduce`. The position of a name is its code. */
  reductionNames(): readonly string[];
  /** Reduction: sum, max, min or prod over the middle axis. */
  reduce(options: ReduceOptions): void;
  /** Position of the largest (or smallest) entry of each row; the first one among equals. */
  argReduce(options: ArgReduceOptions): void;
  /**
   * Sliding windows: each step of `x` with the steps before it, `dilation` apart, oldest first. Steps before the first
   * one are 0.
   */
  unfoldSteps(options: UnfoldStepsOptions): void;
  /** Gradient of `unfoldSteps`: sums the copies of each step. */
  foldSteps(options: FoldStepsOptions): void;
  /** Cumulative sums over the steps. */
  cumulativeSum(options: CumulativeSumOptions): void;
  /** Softmax of each row. */
  softmax(options: SoftmaxOptions): void;

  /** Copies entries of `x` to `out`: slices, concatenations, transpositions, tiles, reversals. */
  copy<T extends Float32Array | Int32Array | Uint8Array>(options: CopyOptions<T>): void;
  /** Gathers rows: out[b, o, i] = x[b, o, ids[b, i]]. */
  gatherRows(options: GatherRowsOptions): void;
  /** Sums the rows that have the same id: out[s] = Σ_{r: ids[r] = s} x[r]. */
  sumSegments(options: SumSegmentsOptions): void;
  /** One-hot encoding: `on` where the column equals the id, else `off`. */
  oneHot(options: OneHotOptions): void;

  /** Embedding bag: sums rows of a table, out[b] = Σ_{e in bag b} weights[e] · table[ids[e]]. */
  sumRows(options: SumRowsOptions): void;
  /**
   * Gradient of `sumRows` with respect to the table: for each row that occurs, in ascending order, the sum of the
   * gradients of its bags times the weights.
   *
   * @returns the number of rows that occur
   */
  sumRowsGradient(options: SumRowsGradientOptions): number;
  /** Scores of candidates: scalar products of each query's vector with the rows of its candidates, plus biases. */
  scoreRows(options: ScoreRowsOptions): void;

  /** Creates the state of `bilinearSteps`: a factorization s = p·q + b + c with a ranking loss and an optimizer. */
  createBilinear(options: BilinearOptions): Bilinear;
  /**
   * One training step per batch: gather, score, loss, gradient, update. The mathematics is that of the separate
   * operations, with repeated rows merged.
   */
  bilinearSteps(bilinear: Bilinear, tables: BilinearTables, queries: BilinearQueries): void;
  /**
   * First part of a step of one batch, for callers that have other work meanwhile: copies the queries (`batch` and
   * `outLosses` are not read) and groups them. The step before may still be running.
   */
  bilinearPrepare(bilinear: Bilinear, queries: Pick<BilinearQueries, 'users' | 'positives' | 'negatives'>): void;
  /**
   * Second part: starts the prepared step when the one before is finished. It runs on a background thread, or, before
   * this call returns, on all threads: if it is large, or if a table or slot is not from `zeros`, since JavaScript
   * could free its memory; as WebAssembly, always. Nothing else may access the tables until `bilinearSettle` returns.
   */
  bilinearStart(bilinear: Bilinear, tables: BilinearTables, factor: number): void;
  /** Third part: waits for the step that was started last. @returns its mean loss before the update */
  bilinearSettle(bilinear: Bilinear): number;
  /**
   * Applies the updates that a dense optimizer has postponed. Required before tables or slots are read or changed
   * elsewhere.
   */
  bilinearFlush(bilinear: Bilinear, tables: BilinearTables): void;
  /**
   * Alternating least squares, one side: for every row the x that minimizes Σ_i c (p − x·y_i)² + λ|x|², with p = 1 and
   * the given c where the row has an entry, p = 0 and c = 1 elsewhere, by conjugate gradients from the given rows. A
   * row without entries becomes 0.
   */
  solveLeastSquares(options: SolveLeastSquaresOptions): void;
  /** Gram matrix YᵀY + λI of `solveLeastSquares`. */
  leastSquaresGram(options: LeastSquaresGramOptions): void;
  /**
   * Nearest sets: for each set from `begin` to below `end`, the sets with the highest similarity, in descending order,
   * the lower id first among equals. A set with too few overlapping sets is filled up with itself, at similarity 0.
   * Sums are in double precision.
   */
  nearestSets(options: NearestSetsOptions): void;

  /**
   * Ranks of the relevant items of each query by the scores vectors·tableᵀ + bias, which are computed a tile at a time.
   * Among equal scores the lower id ranks first. Seen items are not candidates, or rank below all others with
   * `seenLast`.
   *
   * @returns an item whose score is NaN, or −1
   */
  rankTargets(options: RankTargetsOptions): number;
  /** `rankTargets` with scores that are already computed. */
  rankScores(options: RankScoresOptions): number;
  /** `rankTargets` with scores that are sums of rows of a sparse table; no score is kept for longer than its query. */
  rankSparse(options: RankSparseOptions): number;

  /**
   * Softmax cross-entropy of each query, −Σ_targets weight · log softmax(logits)[target]. Also writes the largest logit
   * and log Σ e^(logits − largest) for the gradient: their sum would lose the logarithm where logits are large.
   */
  sparseSoftmaxLoss(options: SparseSoftmaxLossOptions): void;
  /** Gradient of `sparseSoftmaxLoss` with respect to the logits. */
  sparseSoftmaxGradient(options: SparseSoftmaxGradientOptions): void;
  /** One step of an optimizer. */
  optimizerDense(options: OptimizerDenseOptions): void;
  /**
   * One step of an optimizer with gradients for some rows. Gradients of a row that occurs more than once are summed.
   * Without `dense`, the other rows do not change.
   */
  optimizerRows(options: OptimizerRowsOptions): void;

  /**
   * Long short-term memory over whole sequences, as `lstmSequence` of the engine defines it: i, f, o = σ(x W + h R +
   * b), g = tanh(…); c' = f c + i g; h' = o tanh(c'). Where `mask` is 0 the state does not change, and the content of
   * `outSaved` is undefined.
   */
  lstmSequence(options: LstmSequenceOptions): void;
  /** Gradients of `lstmSequence` with respect to its inputs. */
  lstmSequenceGradient(options: LstmSequenceGradientOptions): void;
  /**
   * Long short-term memory over sequences of rows of a table: `lstmSequence` with x = table[index]. The products of a
   * row with the weights of the inputs are computed once, however many steps read it.
   */
  lstmSequenceOfRows(options: LstmSequenceOfRowsOptions): void;
  /** Gradients of `lstmSequenceOfRows` with respect to its inputs. */
  lstmSequenceOfRowsGradient(options: LstmSequenceOfRowsGradientOptions): void;
  /** Multiplicative LSTM: `lstmSequence` with m = multiplier · (h Rₘ + bₘ) instead of h in the gates. */
  mLstmSequence(options: MLstmSequenceOptions): void;
  /** Gradients of `mLstmSequence` with respect to its inputs. */
  mLstmSequenceGradient(options: MLstmSequenceGradientOptions): void;
  /**
   * Gated recurrent unit over whole sequences: r, z = σ(…), q = h Rₙ + cₙ, n = tanh(x Wₙ + bₙ + r q); h' = (1 − z) n +
   * z h.
   */
  gruSequence(options: GruSequenceOptions): void;
  /** Gradients of `gruSequence` with respect to its inputs. */
  gruSequenceGradient(options: GruSequenceGradientOptions): void;

  /**
   * Scaled dot-product attention with several heads, as `attention` of the engine defines it: y_t = Σ_j a_tj v_j, a_t =
   * softmax(q_t · k_j / √(dim / heads)). Its memory does not grow with the product of steps and sources.
   */
  attention(options: AttentionOptions): void;
  /** Gradients of `attention` with respect to queries, keys and values. */
  attentionGradient(options: AttentionGradientOptions): void;
  /** Layer normalization: (x − mean) / √(variance + epsilon) · weight + bias for each row. */
  layerNormalization(options: LayerNormalizationOptions): void;
  /** Gradients of `layerNormalization` with respect to x, weight and bias. */
  layerNormalizationGradient(options: LayerNormalizationGradientOptions): void;
}

/** Loads the kernels, or explains in one line why they cannot be used here. Never throws. */
export function load():
  | { readonly kernels: Kernels; readonly reason?: never }
  | { readonly kernels?: never; readonly reason: string };
