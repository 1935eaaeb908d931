/** A ranking loss as `losses` defines it. */
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
  /** Of the hinges and warp. Default 1. */
  readonly margin?: number;
  /** Of pointwise. Default `sum`. */
  readonly terms?: 'sum' | 'mean';
  /** Of warp. Default `harmonic`. */
  readonly weight?: 'harmonic' | 'logarithm';
}

/** An optimizer as `engine` defines it: what its `protocol` holds. */
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
   * Default `lazy`. With `dense` rows that a batch does not name are moved when one names them, or by `bilinearFlush`.
   */
  readonly rows?: 'lazy' | 'dense';
}

export interface BilinearOptions {
  readonly users: number;
  readonly items: number;
  readonly dim: number;
  /** Default false. */
  readonly biases?: boolean;
  readonly loss: BilinearLoss;
  readonly optimizer: BilinearOptimizer;
  /** Steps that were done before. Default 0. */
  readonly step?: number;
}

/** What a factorization keeps from step to step: freed with the object. */
export interface Bilinear {
  readonly kind?: 'bilinear';
}

/**
 * A parameter, written to, and what the optimizer remembers of it, in the order of the optimizer's slots: velocity;
 * sum; mean, square.
 */
export interface BilinearTable {
  readonly weights: Float32Array; // [row, dim]; biases [row]
  readonly slots?: readonly Float32Array[]; // each as weights
}

export interface BilinearTables {
  readonly user: BilinearTable;
  readonly item: BilinearTable;
  readonly userBias?: BilinearTable;
  readonly itemBias?: BilinearTable;
}

/** The queries of one batch or of many that follow each other. */
export interface BilinearQueries {
  readonly users: Int32Array; // [query]
  readonly positives: Int32Array; // [query]
  readonly negatives: Int32Array; // [query, negative]
  /** Queries per step; the last step takes what is left. */
  readonly batch: number;
  /** On the learning rate. Default 1. */
  readonly factor?: number;
  /** Mean loss of each batch, before its update. */
  readonly outLosses: Float32Array; // [batch]
}

/**
 * The axes of a block of memory that is walked at two places at once: sizes, then strides at the first place, then at
 * the second; 0 repeats.
 */
export type Walk = Int32Array; // [3 * axis]

/**
 * Kernels on typed arrays. They check lengths and ids before they touch memory and throw a TypeError that names
 * operation, argument, what was expected and what came. Arrays that are written to are named `out…` or said to be.
 */
export interface Kernels {
  /** Threads that share the work: `FOOTLIGHT_THREADS`, else the processors of this process. */
  threads(): number;
  /**
   * An array of zeros. A large one lies in large pages of memory, where the system has them: rows far apart are found
   * sooner.
   */
  zeros(length: number): Float32Array;

  /**
   * Random numbers of sfc32, those that the rng of `core` computes one by one, to the last bit. `state` holds a, b, c
   * and counter and is left as after the last draw.
   */
  fillUniform(out: Float32Array, state: Int32Array, low: number, high: number): void;
  /** Two of each pair of the polar method; the second of the last one is lost if the length is odd. */
  fillNormal(out: Float32Array, state: Int32Array, mean: number, deviation: number): void;
  /** 0 with probability `rate`, else 1 / (1 − rate). */
  fillMask(out: Float32Array, state: Int32Array, rate: number): void;

  /**
   * C [m, n] = op(A) [m, k] · op(B) [k, n], row-major; with `add`, C + it. A transposed matrix is stored as [k, m] or
   * [n, k]; `bias` is added to each row.
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
   * `sgemm` for each of a batch. A stride is how far the next matrix is: its size, or 0 if all work with the same one.
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
  /** `sgemm` of A and B rounded to bf16 (8 bits of precision), their products added up in fp32. */
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

  /** Names of what `unary`, `binary` and `compare` do; the place of a name is its code. */
  elementwiseNames(): {
    readonly unary: readonly string[];
    readonly binary: readonly string[];
    readonly compare: readonly string[];
  };
  /**
   * `out` may be `x`. `p` and `q` are the parameters of leakyRelu and step (p), clip (from p to q), scale (p); others
   * ignore them.
   */
  unary(code: number, x: Float32Array, out: Float32Array, p: number, q: number): void;
  /**
   * Without `walk` lengths agree or one is 1. `out` lies closely, in the order of the walk's axes; it may be `a` if
   * that is read in this order.
   */
  binary(code: number, a: Float32Array, b: Float32Array, out: Float32Array, walk?: Walk): void;
  /** 1 where it holds, else 0. Both arrays are of one kind. */
  compare<T extends Float32Array | Int32Array | Uint8Array>(
    code: number,
    a: T,
    b: T,
    out: Uint8Array,
    walk?: Walk,
  ): void;
  /** `a` where `chosen` is 1, else `b`. */
  select(chosen: Uint8Array, a: Float32Array, b: Float32Array, out: Float32Array): void;

  /** Names of what `reduce` does; the place of a name is its code. */
  reductionNames(): readonly string[];
  /** x [outer, count, inner] → out [outer, inner]; a sum is multiplied by `scale`. */
  reduce(
    code: number,
    x: Float32Array,
    out: Float32Array,
    outer: number,
    count: number,
    inner: number,
    scale: number,
  ): void;
  /** Where in each row the greatest (or least) entry stands: the first of equals. */
  argReduce(greatest: boolean, x: Float32Array, out: Int32Array, rows: number, columns: number): void;
  /**
   * Each step of `x` [batch, time, dim] and those before it, `dilation` apart, oldest first: `out` [batch, time, width,
   * dim]; zeros before the first step.
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
  /** Adds up in `out` [batch, time, dim] what `unfoldSteps` copied to `x` [batch, time, width, dim]: its gradient. */
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
   * Running sums over the steps of x [outer, step, inner]; `exclusive` leaves a step's own numbers out, `reverse`
   * begins at the last one.
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
  /** e^x over its sum, of each row. */
  softmax(x: Float32Array, out: Float32Array, rows: number, columns: number): void;

  /** Copies entries of `x` from position `from` to `out` from position `to`. */
  copy<T extends Float32Array | Int32Array | Uint8Array>(x: T, from: number, out: T, to: number, walk: Walk): void;
  /** x [batch, outer, row, inner], ids [batch, id] → out [batch, outer, id, inner]. */
  gatherRows(
    x: Float32Array,
    ids: Int32Array,
    out: Float32Array,
    batch: number,
    outer: number,
    rows: number,
    inner: number,
  ): void;
  /** Adds up the rows of x [row, inner] that share an id, in out [segment, inner]; other ids are left out. */
  sumSegments(x: Float32Array, ids: Int32Array, out: Float32Array, segments: number, inner: number): void;
  /** `on` where the column is the id, else `off`: out [id, depth]. */
  oneHot(ids: Int32Array, out: Float32Array, depth: number, on: number, off: number): void;

  /**
   * Adds up rows of a table: bag b of the entries from offsets[b] to below offsets[b + 1], times their weights where
   * given.
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
   * What `sumRows` hands back to the table: for each row that is met, ascending, the slopes of its bags times the
   * weights, added up. The arrays that are written to have room for as many rows as there are entries, or rows if those
   * are fewer; `outWeights` gets the sums of the weights.
   *
   * @returns how many rows are met
   */
  sumRowsGradient(
    slopes: Float32Array, // [bag, dim]
    dim: number,
    offsets: Int32Array, // [bag + 1]
    ids: Int32Array, // [entry]
    weights: Float32Array | undefined, // [entry]
    rows: number,
    outIds: Int32Array,
    outValues: Float32Array, // [row met, dim]
    outWeights?: Float32Array, // [row met]
  ): number;
  /** Products of each query's vector with the rows of its candidates, their biases added where given. */
  scoreRows(
    vectors: Float32Array, // [query, dim]
    table: Float32Array, // [row, dim]
    bias: Float32Array | undefined, // [row]
    dim: number,
    ids: Int32Array, // [query, candidate]
    out: Float32Array, // [query, candidate]
  ): void;

  /** Makes what `bilinearSteps` works with: factorization s = p·q + b + c with a ranking loss and an optimizer. */
  createBilinear(options: BilinearOptions): Bilinear;
  /**
   * One training step per batch: gather, score, loss, gradient, update. The same mathematics as the parts by
   * themselves, repeated rows merged.
   */
  bilinearSteps(bilinear: Bilinear, tables: BilinearTables, queries: BilinearQueries): void;
  /**
   * The parts of a step of one batch, for callers with something to do meanwhile. Takes the queries over (`batch` and
   * `outLosses` are not read) and groups them, while the step before may still run.
   */
  bilinearPrepare(bilinear: Bilinear, queries: Pick<BilinearQueries, 'users' | 'positives' | 'negatives'>): void;
  /**
   * Starts the step that was prepared, as soon as the one before is done: on another thread, unless it is to have all
   * of them. Until `bilinearSettle` nobody else may touch the tables.
   */
  bilinearStart(bilinear: Bilinear, tables: BilinearTables, factor: number): void;
  /** Waits for the step that was started last. @returns its mean loss, before the update */
  bilinearSettle(bilinear: Bilinear): number;
  /**
   * Brings rows up to date that a dense optimizer has put off. Before tables or slots are read, or changed by others.
   */
  bilinearFlush(bilinear: Bilinear, tables: BilinearTables): void;
  /**
   * For every row the x that minimises Σ_i c (p − x·y_i)² + λ|x|², with p = 1 and c as given where the row has an
   * entry, 0 and 1 elsewhere: so many steps of conjugate gradients from where `outRows` is. The entries of row r are
   * ids[offsets[r]] … ids[offsets[r + 1] − 1]; a row without any becomes 0.
   */
  solveLeastSquares(
    outRows: Float32Array, // [row, dim]
    fixed: Float32Array, // [column, dim]
    dim: number,
    offsets: Int32Array, // [row + 1]
    ids: Int32Array, // [entry]
    confidences: Float32Array | number, // [entry], or the same for all
    regularisation: number,
    steps: number,
  ): void;
  /**
   * The sets that have most in common with each set, best first, lower ids first among equals; where fewer overlap, the
   * set itself with similarity 0. The members of set s are members[offsets[s]] … members[offsets[s + 1] − 1], the sets
   * of member m likewise in memberOf. Sums in double precision.
   */
  overlapNeighbours(
    outIds: Int32Array, // [set, neighbour]
    outSimilarities: Float32Array, // [set, neighbour]
    offsets: Int32Array, // [set + 1]
    members: Int32Array, // [entry]
    setOffsets: Int32Array, // [member + 1]
    memberOf: Int32Array, // [entry]
    similarity: 'cosine' | 'jaccard',
    shrink: number,
  ): void;

  /**
   * Where the relevant items of each query stand by score vectors·tableᵀ + bias, scores being made a tile at a time.
   * Equal scores: lower ids first. Seen items are no candidates, or with `seenLast` below all others. Per query the
   * ranks come best first, `outFound` of them, then −1; `outTop` is filled up with −1.
   *
   * @returns an item whose score is not a number, or −1
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
    outAverages: Float64Array, // [entry]
    outFound: Int32Array, // [query]
    outCandidates: Int32Array, // [query]
    outTop: Int32Array, // [query, top]
  ): number;
  /** The same of scores that are there. */
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
    outAverages: Float64Array, // [entry]
    outFound: Int32Array, // [query]
    outCandidates: Int32Array, // [query]
    outTop: Int32Array, // [query, top]
  ): number;

  /** Loss of each query, −Σ_targets weight · log softmax(logits)[target], and log Σ e^logits for the gradient. */
  sparseSoftmaxLoss(
    logits: Float32Array, // [query, item]
    query: number,
    item: number,
    offsets: Int32Array, // [query + 1]
    items: Int32Array, // [entry], targets
    weights: Float32Array | undefined, // [entry], else 1
    outLosses: Float32Array, // [query]
    outNormalisers: Float32Array, // [query]
  ): void;
  /** Gradient of the losses, times `slopes`, by the logits; `outGradient` may be `logits`. */
  sparseSoftmaxGradient(
    logits: Float32Array, // [query, item]
    query: number,
    item: number,
    offsets: Int32Array, // [query + 1]
    items: Int32Array, // [entry], targets
    weights: Float32Array | undefined, // [entry], else 1
    normalisers: Float32Array, // [query]
    slopes: Float32Array, // [query]
    outGradient: Float32Array, // [query, item]
  ): void;
  /** Step `step`, counted from 1, of an optimizer: `weights` and as many slots as it has are written to. */
  optimizerDense(
    optimizer: BilinearOptimizer,
    step: number,
    factor: number, // on the learning rate
    weights: Float32Array,
    firstSlot: Float32Array | undefined,
    secondSlot: Float32Array | undefined,
    gradient: Float32Array,
  ): void;
  /**
   * The same where only some rows have gradients; those of a row that is named more often add up. Without `dense` the
   * others stay.
   */
  optimizerRows(
    optimizer: BilinearOptimizer,
    step: number,
    factor: number,
    weights: Float32Array, // [row, dim]
    firstSlot: Float32Array | undefined,
    secondSlot: Float32Array | undefined,
    ids: Int32Array, // [place]
    gradients: Float32Array, // [place, dim], written to
    scratch: Int32Array, // [row], −1 afterwards where it was before
    dense: boolean,
  ): void;

  /**
   * Recurrent layers over whole sequences, as `lstmSequence`, `mLstmSequence` and `gruSequence` of the engine define
   * them. `kept` is what the way back reads, left away where there is none. Where `mask` is 0 the state stays, and
   * nobody reads what `kept` holds. Slopes that are left away are zeros.
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
    outHidden: Float32Array | undefined, // [batch, time, dim], the states; one of the two at least is given
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
    hiddenSlopes: Float32Array | undefined, // [batch, time, dim], of the loss by the states
    cellSlopes: Float32Array | undefined, // [batch, time, dim]
    batch: number,
    time: number,
    inputDim: number,
    dim: number,
    outInput: Float32Array, // the last six: each as what it is the gradient of
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
    outHidden: Float32Array | undefined, // [batch, time, dim], the states; one of the two at least is given
    outCell: Float32Array | undefined, // [batch, time, dim]
    // [batch, time, 5 · dim]: gates after σ and tanh, the state's factor of the intermediate state
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
    hiddenSlopes: Float32Array | undefined, // [batch, time, dim], of the loss by the states
    cellSlopes: Float32Array | undefined, // [batch, time, dim]
    batch: number,
    time: number,
    inputDim: number,
    dim: number,
    outInput: Float32Array, // the last nine: each as what it is the gradient of
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
    outHidden: Float32Array, // [batch, time, dim], the states
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
    hiddenSlopes: Float32Array, // [batch, time, dim], of the loss by the states
    batch: number,
    time: number,
    inputDim: number,
    dim: number,
    outInput: Float32Array, // the last six: each as what it is the gradient of
    outWeight: Float32Array,
    outBias: Float32Array,
    outRecurrent: Float32Array,
    outRecurrentBias: Float32Array,
    outHidden: Float32Array,
  ): void;
}

/** The kernels, or in one line why they cannot be used here. Never throws. */
export function load():
  | { readonly kernels: Kernels; readonly reason?: never }
  | { readonly kernels?: never; readonly reason: string };
