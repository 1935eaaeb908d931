// structure: one interface lists all kernels, of the addon and of WebAssembly, with their parameters.

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

/** An optimizer, as `@footlight/engine` declares it in `FusedOptimizer`. */
export interface BilinearOptimizer {
  readonly name: 'sgd' | 'adagrad' | 'adam' | 'adam-w';
  readonly learningRate: number;
  readonly momentum?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly l2?: number;
  readonly decay?: number;
  /**
   * Rows that a step updates. `dense` postpones the update of rows that are not in the batch until a batch contains
   * them, or until `bilinearFlush`. Default `lazy`.
   */
  readonly rows?: 'lazy' | 'dense';
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
 * Sizes and strides of a block of memory in two arrays, `[3 · axis]`: the sizes of its axes, then its strides in the
 * first array, then those in the second. A stride of 0 repeats an entry.
 */
export type Strides = Int32Array;

/**
 * Kernels on typed arrays. They check lengths and ids before they access memory, and throw a TypeError that names the
 * operation, the argument, what was expected and what was received. Parameters have the names of these errors. Arrays
 * that are overwritten are named `out…`, or their comment says so. Such an array shares no memory with another
 * argument, unless its comment allows that, and no array lies in a SharedArrayBuffer, except the kernels' own memory
 * (`wasm.d.ts`). Kernels throw a RangeError where sizes are too large or memory is short. As WebAssembly they copy
 * arrays that are outside of their memory, in and, where they are overwritten, out.
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

  /**
   * Uniform random numbers of sfc32, equal to the last bit to those that the rng of `core` draws one by one. `state`
   * holds a, b, c and counter; it is left as after the last draw.
   */
  fillUniform(out: Float32Array, state: Int32Array, low: number, high: number): void;
  /**
   * Normal random numbers by the polar method, two of each pair. If the length is odd, the second number of the last
   * pair is lost.
   */
  fillNormal(out: Float32Array, state: Int32Array, mean: number, deviation: number): void;
  /** Dropout mask: 0 with probability `rate`, else 1 / (1 − rate). */
  fillMask(out: Float32Array, state: Int32Array, rate: number): void;

  /**
   * Matrix product C [m, n] = op(A) [m, k] · op(B) [k, n], row-major; with `add`, the product is added to C. A
   * transposed matrix is stored as [k, m] or [n, k]. `bias` is added to each row.
   */
  sgemm(
    transposeA: boolean,
    transposeB: boolean,
    m: number,
    n: number,
    k: number,
    a: Float32Array,
    b: Float32Array,
    outC: Float32Array,
    add?: boolean,
    bias?: Float32Array, // [n]
  ): void;
  /**
   * `sgemm` for each matrix of a batch. A stride is the distance to the next matrix: its size, or 0 if all products use
   * the same one.
   */
  batchedSgemm(
    transposeA: boolean,
    transposeB: boolean,
    batch: number,
    m: number,
    n: number,
    k: number,
    a: Float32Array,
    strideA: number,
    b: Float32Array,
    strideB: number,
    outC: Float32Array, // [batch, m, n]
    add?: boolean,
  ): void;
  /** `sgemm` with A and B rounded to bf16 (8 bits of precision); the products are accumulated in fp32. */
  bgemm(
    transposeA: boolean,
    transposeB: boolean,
    m: number,
    n: number,
    k: number,
    a: Float32Array,
    b: Float32Array,
    outC: Float32Array,
    add?: boolean,
    bias?: Float32Array, // [n]
  ): void;

  /** Returns the names of the operations of `unary`, `binary` and `compare`. The position of a name is its code. */
  elementwiseNames(): {
    readonly unary: readonly string[];
    readonly binary: readonly string[];
    readonly compare: readonly string[];
  };
  /**
   * Elementwise function. `out` may be `x`. `p` and `q` are the parameters of leakyRelu and step (p), clip (from p to
   * q) and scale (p); others ignore them.
   */
  unary(code: number, x: Float32Array, out: Float32Array, p: number, q: number): void;
  /**
   * Elementwise function of two arrays. Without `walk`, the lengths are equal or one is 1. `out` is contiguous, in the
   * order of the axes of `walk`; it may be `a` or `b` if that is read in this order.
   */
  binary(code: number, a: Float32Array, b: Float32Array, out: Float32Array, walk?: Strides): void;
  /** Elementwise comparison: 1 where it holds, else 0. Both arrays have the same type. */
  compare<T extends Float32Array | Int32Array | Uint8Array>(
    code: number,
    a: T,
    b: T,
    out: Uint8Array,
    walk?: Strides,
  ): void;
  /** `a` where `chosen` is 1, else `b`. `out` may be one of them. */
  select(chosen: Uint8Array, a: Float32Array, b: Float32Array, out: Float32Array): void;

  /** Returns the names of the operations of `reduce`. The position of a name is its code. */
  reductionNames(): readonly string[];
  /** Reduction: x [outer, count, inner] → out [outer, inner]. A sum is multiplied by `scale`. */
  reduce(
    code: number,
    x: Float32Array,
    out: Float32Array,
    outer: number,
    count: number,
    inner: number,
    scale: number,
  ): void;
  /** Position of the largest (or smallest) entry of each row; the first one among equals. */
  argReduce(greatest: boolean, x: Float32Array, out: Int32Array, rows: number, columns: number): void;
  /**
   * Sliding windows: each step of `x` [batch, time, dim] with the steps before it, `dilation` apart, oldest first:
   * `out` [batch, time, width, dim]. Steps before the first one are 0.
   */
  unfoldSteps(
    x: Float32Array,
    out: Float32Array,
    batch: number,
    time: number,
    dim: number,
    width: number,
    dilation: number,
  ): void;
  /** Gradient of `unfoldSteps`: sums in `out` [batch, time, dim] the copies in `x` [batch, time, width, dim]. */
  foldSteps(
    x: Float32Array,
    out: Float32Array,
    batch: number,
    time: number,
    dim: number,
    width: number,
    dilation: number,
  ): void;
  /**
   * Cumulative sums over the steps of x [outer, step, inner]. `exclusive` omits the step itself, `reverse` begins at
   * the last step. `out` may be `x`.
   */
  cumulate(
    x: Float32Array,
    out: Float32Array,
    outer: number,
    steps: number,
    inner: number,
    exclusive: boolean,
    reverse: boolean,
  ): void;
  /** Softmax of each row. `out` may be `x`. */
  softmax(x: Float32Array, out: Float32Array, rows: number, columns: number): void;

  /**
   * Copies entries of `x` from position `from` to `out` from position `to`. The strides write each entry of `out` once.
   */
  copy<T extends Float32Array | Int32Array | Uint8Array>(x: T, from: number, out: T, to: number, walk: Strides): void;
  /** Gathers rows: x [batch, outer, row, inner], ids [batch, id] → out [batch, outer, id, inner]. */
  gatherRows(
    x: Float32Array,
    ids: Int32Array,
    out: Float32Array,
    batch: number,
    outer: number,
    rows: number,
    inner: number,
  ): void;
  /** Sums the rows of x [row, inner] that have the same id into out [segment, inner]. Ids out of range are ignored. */
  sumSegments(x: Float32Array, ids: Int32Array, out: Float32Array, segments: number, inner: number): void;
  /** One-hot encoding: `on` where the column equals the id, else `off`: out [id, depth]. */
  oneHot(ids: Int32Array, out: Float32Array, depth: number, on: number, off: number): void;

  /**
   * Embedding bag: sums rows of a table. Bag b has the entries ids[offsets[b]] … ids[offsets[b + 1] − 1], multiplied by
   * their weights if there are any.
   */
  sumRows(
    table: Float32Array, // [row, dim]
    dim: number,
    offsets: Int32Array, // [bag + 1]
    ids: Int32Array, // [entry]
    weights: Float32Array | undefined, // [entry]
    out: Float32Array, // [bag, dim]
  ): void;
  /**
   * Gradient of `sumRows` with respect to the table: for each row that occurs, in ascending order, the sum of the
   * gradients of its bags times the weights. `outIds` and `outValues` have space for as many rows as there are entries,
   * or for all rows if those are fewer. `outWeights` receives the sums of the weights.
   *
   * @returns the number of rows that occur
   */
  sumRowsGradient(
    slopes: Float32Array, // [bag, dim]
    dim: number,
    offsets: Int32Array, // [bag + 1]
    ids: Int32Array, // [entry]
    weights: Float32Array | undefined, // [entry]
    rows: number,
    outIds: Int32Array,
    outValues: Float32Array, // [row that occurs, dim]
    outWeights?: Float32Array, // [row that occurs]
  ): number;
  /** Scalar products of each query's vector with the rows of its candidates, plus their biases if there are any. */
  scoreRows(
    vectors: Float32Array, // [query, dim]
    table: Float32Array, // [row, dim]
    bias: Float32Array | undefined, // [row]
    dim: number,
    ids: Int32Array, // [query, candidate]
    out: Float32Array, // [query, candidate]
  ): void;

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
   * the given c where the row has an entry, p = 0 and c = 1 elsewhere, by a number of conjugate gradient steps from the
   * given `outRows`. The entries of row r are ids[offsets[r]] … ids[offsets[r + 1] − 1]. A row without entries becomes
   * 0.
   */
  solveLeastSquares(
    outRows: Float32Array, // [row, dim]
    fixed: Float32Array, // [column, dim]
    dim: number,
    offsets: Int32Array, // [row + 1]
    ids: Int32Array, // [entry]
    confidences: Float32Array | number, // [entry], or one for all
    regularisation: number,
    steps: number,
    gram?: Float32Array, // [dim, dim]: of leastSquaresGram, for rows that are solved in parts; computed by default
  ): void;
  /** YᵀY + λI of `solveLeastSquares`. */
  leastSquaresGram(
    outGram: Float32Array, // [dim, dim]
    fixed: Float32Array, // [column, dim]
    dim: number,
    regularisation: number,
  ): void;
  /**
   * Nearest sets: for each set from `begin` to below `end`, the sets with the highest similarity, in descending order,
   * the lower id first among equals. A set with too few overlapping sets is filled up with itself, at similarity 0.
   * The members of set s are members[offsets[s]] … members[offsets[s + 1] − 1], the sets of member m likewise in
   * memberOf. Sums are in double precision.
   */
  overlapNeighbours(
    outIds: Int32Array, // [end − begin, neighbor]
    outSimilarities: Float32Array, // [end − begin, neighbor]
    offsets: Int32Array, // [set + 1]
    members: Int32Array, // [entry]
    setOffsets: Int32Array, // [member + 1]
    memberOf: Int32Array, // [entry]
    similarity: 'cosine' | 'jaccard',
    shrink: number,
    begin: number,
    end: number,
  ): void;

  /**
   * Ranks of the relevant items of each query by the scores vectors·tableᵀ + bias, which are computed a tile at a time.
   * Among equal scores the lower id ranks first. Seen items are not candidates, or rank below all others with
   * `seenLast`. Per query, `outRanks` has the `outFound` ranks in ascending order, then −1; `outFirsts` and `outLasts`
   * have the first and the last rank of the candidates with an equal score. `outTop` is padded with −1.
   *
   * @returns an item whose score is NaN, or −1
   */
  rankTargets(
    vectors: Float32Array, // [query, dim]
    table: Float32Array, // [item, dim]
    bias: Float32Array | undefined, // [item]
    query: number,
    item: number,
    dim: number,
    seenOffsets: Int32Array, // [query + 1]
    seenIds: Int32Array, // [entry]
    relevantOffsets: Int32Array, // [query + 1]
    relevantIds: Int32Array, // [entry], each once per query
    seenLast: boolean,
    top: number,
    outRanks: Int32Array, // [entry]
    outFirsts: Int32Array, // [entry]
    outLasts: Int32Array, // [entry]
    outFound: Int32Array, // [query]
    outCandidates: Int32Array, // [query]
    outTop: Int32Array, // [query, top]
  ): number;
  /** `rankTargets` with scores that are already computed. */
  rankScores(
    scores: Float32Array, // [query, item]
    query: number,
    item: number,
    seenOffsets: Int32Array, // [query + 1]
    seenIds: Int32Array, // [entry]
    relevantOffsets: Int32Array, // [query + 1]
    relevantIds: Int32Array, // [entry], each once per query
    seenLast: boolean,
    top: number,
    outRanks: Int32Array, // [entry]
    outFirsts: Int32Array, // [entry]
    outLasts: Int32Array, // [entry]
    outFound: Int32Array, // [query]
    outCandidates: Int32Array, // [query]
    outTop: Int32Array, // [query, top]
  ): number;

  /**
   * Softmax cross-entropy of each query, −Σ_targets weight · log softmax(logits)[target]. For the gradient also the
   * largest logit and log Σ e^(logits − largest): their sum would lose the logarithm where logits are large.
   */
  sparseSoftmaxLoss(
    logits: Float32Array, // [query, item]
    query: number,
    item: number,
    offsets: Int32Array, // [query + 1]
    items: Int32Array, // [entry]: the targets
    weights: Float32Array | undefined, // [entry], default 1
    outLosses: Float32Array, // [query]
    outNormalisers: Float32Array, // [query, 2]
  ): void;
  /** Gradient of the losses with respect to the logits, multiplied by `slopes`. `outGradient` may be `logits`. */
  sparseSoftmaxGradient(
    logits: Float32Array, // [query, item]
    query: number,
    item: number,
    offsets: Int32Array, // [query + 1]
    items: Int32Array, // [entry]: the targets
    weights: Float32Array | undefined, // [entry], default 1
    normalisers: Float32Array, // [query, 2]
    slopes: Float32Array, // [query]
    outGradient: Float32Array, // [query, item]
  ): void;
  /**
   * One step of an optimizer, with `step` counted from 1. Overwrites `weights` and as many slots as the optimizer has.
   */
  optimizerDense(
    optimizer: BilinearOptimizer,
    step: number,
    factor: number, // of the learning rate
    weights: Float32Array,
    firstSlot: Float32Array | undefined,
    secondSlot: Float32Array | undefined,
    gradient: Float32Array,
  ): void;
  /**
   * One step of an optimizer with gradients for some rows. Gradients of a row that occurs more than once are summed.
   * Without `dense`, the other rows do not change.
   */
  optimizerRows(
    optimizer: BilinearOptimizer,
    step: number,
    factor: number,
    weights: Float32Array, // [row, dim]
    firstSlot: Float32Array | undefined,
    secondSlot: Float32Array | undefined,
    ids: Int32Array, // [place]
    gradients: Float32Array, // [place, dim], overwritten
    scratch: Int32Array, // [row]: scratch; −1 at the rows of `ids` afterwards
    dense: boolean,
  ): void;

  /**
   * Recurrent layers over whole sequences, as the engine defines `lstmSequence`, `mLstmSequence` and `gruSequence`. The
   * backward pass reads `kept`, which is omitted if there is none. Where `mask` is 0 the state does not change, and the
   * content of `kept` is undefined. Gradients that are omitted are 0.
   */
  lstmSequence(
    input: Float32Array, // [batch, time, inputDim]
    weight: Float32Array, // [inputDim, 4 · dim]
    bias: Float32Array, // [4 · dim]
    recurrent: Float32Array, // [dim, 4 · dim]
    hidden: Float32Array, // [batch, dim]
    cell: Float32Array, // [batch, dim]
    mask: Float32Array | undefined, // [batch, time]
    batch: number,
    time: number,
    inputDim: number,
    dim: number,
    outHidden: Float32Array | undefined, // [batch, time, dim]: states; at least one of the two is given
    outCell: Float32Array | undefined, // [batch, time, dim]
    outKept?: Float32Array, // [batch, time, 4 · dim]: gates after σ and tanh
  ): void;
  lstmSequenceGradient(
    input: Float32Array, // [batch, time, inputDim]
    weight: Float32Array, // [inputDim, 4 · dim]
    recurrent: Float32Array, // [dim, 4 · dim]
    hidden: Float32Array, // [batch, dim]
    cell: Float32Array, // [batch, dim]
    mask: Float32Array | undefined, // [batch, time]
    hiddenStates: Float32Array, // [batch, time, dim]
    cellStates: Float32Array, // [batch, time, dim]
    kept: Float32Array, // [batch, time, 4 · dim]
    hiddenSlopes: Float32Array | undefined, // [batch, time, dim]: gradients of the states
    cellSlopes: Float32Array | undefined, // [batch, time, dim]
    batch: number,
    time: number,
    inputDim: number,
    dim: number,
    outInput: Float32Array, // the last six: gradients, each in the shape of its input
    outWeight: Float32Array,
    outBias: Float32Array,
    outRecurrent: Float32Array,
    outHidden: Float32Array,
    outCell: Float32Array,
  ): void;
  mLstmSequence(
    input: Float32Array, // [batch, time, inputDim]
    weight: Float32Array, // [inputDim, 4 · dim]
    bias: Float32Array, // [4 · dim]
    recurrent: Float32Array, // [dim, 4 · dim]
    hidden: Float32Array, // [batch, dim]
    cell: Float32Array, // [batch, dim]
    multiplier: Float32Array, // [batch, time, dim]
    recurrentMultiplier: Float32Array, // [dim, dim]
    recurrentMultiplierBias: Float32Array, // [dim]
    mask: Float32Array | undefined, // [batch, time]
    batch: number,
    time: number,
    inputDim: number,
    dim: number,
    outHidden: Float32Array | undefined, // [batch, time, dim]: states; at least one of the two is given
    outCell: Float32Array | undefined, // [batch, time, dim]
    // [batch, time, 5 · dim]: gates after σ and tanh, factors of the hidden state in the intermediate state
    outKept?: Float32Array,
  ): void;
  mLstmSequenceGradient(
    input: Float32Array, // [batch, time, inputDim]
    weight: Float32Array, // [inputDim, 4 · dim]
    recurrent: Float32Array, // [dim, 4 · dim]
    hidden: Float32Array, // [batch, dim]
    cell: Float32Array, // [batch, dim]
    multiplier: Float32Array, // [batch, time, dim]
    recurrentMultiplier: Float32Array, // [dim, dim]
    mask: Float32Array | undefined, // [batch, time]
    hiddenStates: Float32Array, // [batch, time, dim]
    cellStates: Float32Array, // [batch, time, dim]
    kept: Float32Array, // [batch, time, 5 · dim]
    hiddenSlopes: Float32Array | undefined, // [batch, time, dim]: gradients of the states
    cellSlopes: Float32Array | undefined, // [batch, time, dim]
    batch: number,
    time: number,
    inputDim: number,
    dim: number,
    outInput: Float32Array, // the last nine: gradients, each in the shape of its input
    outWeight: Float32Array,
    outBias: Float32Array,
    outRecurrent: Float32Array,
    outHidden: Float32Array,
    outCell: Float32Array,
    outMultiplier: Float32Array,
    outRecurrentMultiplier: Float32Array,
    outRecurrentMultiplierBias: Float32Array,
  ): void;
  gruSequence(
    input: Float32Array, // [batch, time, inputDim]
    weight: Float32Array, // [inputDim, 3 · dim]
    bias: Float32Array, // [3 · dim]
    recurrent: Float32Array, // [dim, 3 · dim]
    recurrentBias: Float32Array, // [3 · dim]
    hidden: Float32Array, // [batch, dim]
    mask: Float32Array | undefined, // [batch, time]
    batch: number,
    time: number,
    inputDim: number,
    dim: number,
    outHidden: Float32Array, // [batch, time, dim]: states
    outKept?: Float32Array, // [batch, time, 4 · dim]: r, z, n, q
  ): void;
  gruSequenceGradient(
    input: Float32Array, // [batch, time, inputDim]
    weight: Float32Array, // [inputDim, 3 · dim]
    recurrent: Float32Array, // [dim, 3 · dim]
    hidden: Float32Array, // [batch, dim]
    mask: Float32Array | undefined, // [batch, time]
    hiddenStates: Float32Array, // [batch, time, dim]
    kept: Float32Array, // [batch, time, 4 · dim]
    hiddenSlopes: Float32Array, // [batch, time, dim]: gradients of the states
    batch: number,
    time: number,
    inputDim: number,
    dim: number,
    outInput: Float32Array, // the last six: gradients, each in the shape of its input
    outWeight: Float32Array,
    outBias: Float32Array,
    outRecurrent: Float32Array,
    outRecurrentBias: Float32Array,
    outHidden: Float32Array,
  ): void;
}

/** Loads the kernels, or explains in one line why they cannot be used here. Never throws. */
export function load():
  | { readonly kernels: Kernels; readonly reason?: never }
  | { readonly kernels?: never; readonly reason: string };
