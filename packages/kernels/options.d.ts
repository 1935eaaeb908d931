// structure: one file lists the options of all kernels, which a test holds against signatures.js.

/**
 * Sizes and strides of a block of memory in two arrays, `[3 · axis]`: the sizes of its axes, then its strides in the
 * first array, then those in the second. A stride of 0 repeats an entry.
 */
export type Strides = Int32Array;

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

/** An array to fill with random numbers, and the state of their generator. */
interface FillOptions {
  /** Any length. */
  readonly out: Float32Array;
  /** `[4]`: a, b, c and counter of sfc32, left as after the last draw. */
  readonly state: Int32Array;
}

export interface FillUniformOptions extends FillOptions {
  /** Lower bound, included. */
  readonly low: number;
  /** Upper bound, excluded. */
  readonly high: number;
}

export interface FillNormalOptions extends FillOptions {
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: number;
}

export interface FillMaskOptions extends FillOptions {
  /** Probability of a 0. */
  readonly rate: number;
}

/** Shape of a matrix product: `[rows, columns]` = `[rows, inner]` · `[inner, columns]`, each row-major. */
interface ProductShape {
  readonly rows: number;
  readonly columns: number;
  /** Length of the sums. */
  readonly inner: number;
  /** Whether A is stored as `[inner, rows]`. Default false. */
  readonly transposeA?: boolean | undefined;
  /** Whether B is stored as `[columns, inner]`. Default false. */
  readonly transposeB?: boolean | undefined;
  /** Whether the product is added to `out` instead of overwriting it. Default false. */
  readonly accumulate?: boolean | undefined;
}

export interface ProductOptions extends ProductShape {
  /** `[rows, inner]`, or its transpose */
  readonly a: Float32Array;
  /** `[inner, columns]`, or its transpose */
  readonly b: Float32Array;
  /** `[rows, columns]` */
  readonly out: Float32Array;
  /** `[columns]`, added to each row */
  readonly bias?: Float32Array | undefined;
}

export interface BatchedProductOptions extends ProductShape {
  /** Number of products. */
  readonly batch: number;
  /** `[batch, rows, inner]`, or one matrix for all products if `strideA` is 0 */
  readonly a: Float32Array;
  /** Distance from one A to the next: `rows · inner`, or 0. */
  readonly strideA: number;
  /** `[batch, inner, columns]`, or one matrix for all products if `strideB` is 0 */
  readonly b: Float32Array;
  /** Distance from one B to the next: `inner · columns`, or 0. */
  readonly strideB: number;
  /** `[batch, rows, columns]` */
  readonly out: Float32Array;
}

export interface UnaryOptions {
  /** Position of the function among `elementwiseNames().unary`. */
  readonly code: number;
  /** Any length. */
  readonly x: Float32Array;
  /** As long as `x`; may be `x`. */
  readonly out: Float32Array;
  /**
   * First parameter α of the function: leakyRelu x < 0 ? α x : x; step x > 0 ? 1 : α; clip min(max(x, α), β); scale α
   * x. Others ignore it. Default 0.
   */
  readonly alpha?: number | undefined;
  /** Second parameter β, of clip alone. Default 0. */
  readonly beta?: number | undefined;
}

/** Two arrays that are combined entry by entry. */
interface PairOptions<Input, Output> {
  /** Position of the function among `elementwiseNames().binary` or `.compare`. */
  readonly code: number;
  readonly a: Input;
  readonly b: Input;
  /**
   * As many entries as `strides` have, in the order of its axes; may be `a` or `b` if that is read in this order.
   */
  readonly out: Output;
  /** How `a` and `b` are read. Without it their lengths are that of `out` or 1, which is repeated. */
  readonly strides?: Strides | undefined;
}

export interface BinaryOptions extends PairOptions<Float32Array, Float32Array> {}

export interface CompareOptions<T extends Float32Array | Int32Array | Uint8Array> extends PairOptions<T, Uint8Array> {}

export interface SelectOptions {
  /** 1 where `a` is selected, 0 where `b` is; as long as `out`, as `a` and `b` are. */
  readonly condition: Uint8Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** May be `a` or `b`. */
  readonly out: Float32Array;
}

export interface ReduceOptions {
  /** Position of the reduction among `reductionNames()`. */
  readonly code: number;
  /** `[outer, count, inner]` */
  readonly x: Float32Array;
  /** `[outer, inner]` */
  readonly out: Float32Array;
  readonly outer: number;
  /** Number of entries that are reduced to one. */
  readonly count: number;
  readonly inner: number;
  /** Factor of a sum: 1, or 1 / count for the mean. Other reductions ignore it. */
  readonly scale: number;
}

export interface ArgReduceOptions {
  /** Whether the position of the largest entry is wanted, not that of the smallest. */
  readonly largest: boolean;
  /** `[rows, columns]` */
  readonly x: Float32Array;
  /** `[rows]`: positions within each row */
  readonly out: Int32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Shape of the sliding windows of `unfoldSteps`. */
interface WindowOptions {
  readonly batch: number;
  readonly time: number;
  readonly dim: number;
  /** Steps per window. */
  readonly width: number;
  /** Distance between the steps of a window, in steps. */
  readonly dilation: number;
}

export interface UnfoldStepsOptions extends WindowOptions {
  /** `[batch, time, dim]` */
  readonly x: Float32Array;
  /** `[batch, time, width, dim]` */
  readonly out: Float32Array;
}

export interface FoldStepsOptions extends WindowOptions {
  /** `[batch, time, width, dim]` */
  readonly x: Float32Array;
  /** `[batch, time, dim]` */
  readonly out: Float32Array;
}

export interface CumulativeSumOptions {
  /** `[outer, steps, inner]` */
  readonly x: Float32Array;
  /** In the shape of `x`; may be `x`. */
  readonly out: Float32Array;
  readonly outer: number;
  readonly steps: number;
  readonly inner: number;
  /** Whether a sum omits the step itself. Default false. */
  readonly exclusive?: boolean | undefined;
  /** Whether sums begin at the last step. Default false. */
  readonly reverse?: boolean | undefined;
}

export interface SoftmaxOptions {
  /** `[rows, columns]` */
  readonly x: Float32Array;
  /** In the shape of `x`; may be `x`. */
  readonly out: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

export interface CopyOptions<T extends Float32Array | Int32Array | Uint8Array> {
  readonly x: T;
  /** Position of the first entry in `x`. */
  readonly from: number;
  readonly out: T;
  /** Position of the first entry in `out`. */
  readonly to: number;
  /** Strides in `x`, then in `out`, which write each entry of `out` once at most. */
  readonly strides: Strides;
}

export interface GatherRowsOptions {
  /** `[batch, outer, rows, inner]` */
  readonly x: Float32Array;
  /** `[batch, id]`, below `rows` */
  readonly ids: Int32Array;
  /** `[batch, outer, id, inner]` */
  readonly out: Float32Array;
  readonly batch: number;
  readonly outer: number;
  readonly rows: number;
  readonly inner: number;
}

export interface SumSegmentsOptions {
  /** `[row, inner]` */
  readonly x: Float32Array;
  /** `[row]`: segments; rows with ids out of range are ignored */
  readonly ids: Int32Array;
  /** `[segments, inner]` */
  readonly out: Float32Array;
  readonly segments: number;
  readonly inner: number;
}

export interface OneHotOptions {
  /** `[id]` */
  readonly ids: Int32Array;
  /** `[id, depth]` */
  readonly out: Float32Array;
  readonly depth: number;
  /** Value of the column that equals the id. */
  readonly on: number;
  /** Value of the others. */
  readonly off: number;
}

/** Bags of rows: bag b has the entries ids[offsets[b]] … ids[offsets[b + 1] − 1]. */
interface BagOptions {
  readonly dim: number;
  /** `[bag + 1]` */
  readonly offsets: Int32Array;
  /** `[entry]`: rows of the table */
  readonly ids: Int32Array;
  /** `[entry]`, default 1 */
  readonly weights?: Float32Array | undefined;
}

export interface SumRowsOptions extends BagOptions {
  /** `[row, dim]` */
  readonly table: Float32Array;
  /** `[bag, dim]` */
  readonly out: Float32Array;
}

/**
 * The outputs have space for as many rows as there are entries, or for `rowCount` rows if those are fewer: the length
 * of each is computed from that number.
 */
export interface SumRowsGradientOptions extends BagOptions {
  /** `[bag, dim]`: gradients of the sums */
  readonly gradients: Float32Array;
  /** Rows of the table. */
  readonly rowCount: number;
  /** `[row that occurs]`, in ascending order */
  readonly outIds: Int32Array;
  /** `[row that occurs, dim]`: their gradients */
  readonly outValues: Float32Array;
  /** `[row that occurs]`: sums of the weights */
  readonly outWeights?: Float32Array | undefined;
}

export interface ScoreRowsOptions {
  /** `[query, dim]` */
  readonly vectors: Float32Array;
  /** `[row, dim]` */
  readonly table: Float32Array;
  /** `[row]` */
  readonly bias?: Float32Array | undefined;
  readonly dim: number;
  /** `[query, candidate]`: rows of the table */
  readonly ids: Int32Array;
  /** `[query, candidate]` */
  readonly out: Float32Array;
}

export interface LeastSquaresGramOptions {
  /** `[dim, dim]`: YᵀY + λI */
  readonly out: Float32Array;
  /** `[column, dim]`: Y */
  readonly fixed: Float32Array;
  readonly dim: number;
  /** λ */
  readonly regularization: number;
}

export interface SolveLeastSquaresOptions {
  /** `[row, dim]`: the x of each row, read as the start and overwritten with the solution */
  readonly outRows: Float32Array;
  /** `[column, dim]`: Y, the factors of the other side */
  readonly fixed: Float32Array;
  readonly dim: number;
  /** `[row + 1]`: row r has the entries from offsets[r] to below offsets[r + 1] */
  readonly offsets: Int32Array;
  /** `[entry]`: columns */
  readonly ids: Int32Array;
  /** `[entry]`: c, or one number for all entries */
  readonly confidences: Float32Array | number;
  /** λ */
  readonly regularization: number;
  /** Steps of conjugate gradients per row. */
  readonly steps: number;
  /** `[dim, dim]`: of `leastSquaresGram`, for rows that are solved in parts. Default: computed from `fixed`. */
  readonly gram?: Float32Array | undefined;
  /** `[row]`: added to λ. Default 0. */
  readonly regularizations?: Float32Array | undefined;
  /**
   * Whether every column pulls x·y to 0 with weight 1, and entries pull it to 1 with weight c − 1 besides. Default:
   * entries pull to 1 with weight c, other columns to 0.
   */
  readonly zerosEverywhere?: boolean | undefined;
}

/** Sets and their members: the members of set s are members[offsets[s]] … members[offsets[s + 1] − 1]. */
export interface NearestSetsOptions {
  /** `[end − begin, neighbor]` */
  readonly outIds: Int32Array;
  /** `[end − begin, neighbor]`, in descending order */
  readonly outSimilarities: Float32Array;
  /** `[set + 1]` */
  readonly offsets: Int32Array;
  /** `[entry]` */
  readonly members: Int32Array;
  /** `[member + 1]`: offsets of `memberOf` */
  readonly setOffsets: Int32Array;
  /** `[entry]`: the sets of each member */
  readonly memberOf: Int32Array;
  /**
   * Cosine |A ∩ B| / (√(|A| |B|) + shrink), Jaccard |A ∩ B| / (|A ∪ B| + shrink), or product: the sum over A ∩ B of
   * weight × member weight, divided by own scale of A × other scale of B + shrink. What is not above 0 is no
   * similarity.
   */
  readonly similarity: 'cosine' | 'jaccard' | 'product';
  /** Added to the denominator, from 0. */
  readonly shrink: number;
  /** First set. */
  readonly begin: number;
  /** The set behind the last one. */
  readonly end: number;
  /** `[entry of members]`, for products. Default 1. */
  readonly weights?: Float32Array | undefined;
  /** `[entry of memberOf]`, for products. Default 1. */
  readonly memberWeights?: Float32Array | undefined;
  /** `[set]`, of the set whose neighbors are found, for products. Default 1. */
  readonly ownScales?: Float32Array | undefined;
  /** `[set]`, of its neighbors, for products. Default 1. */
  readonly otherScales?: Float32Array | undefined;
}

/** What rankings leave out, look for and write. */
interface RankingOptions {
  readonly queryCount: number;
  readonly itemCount: number;
  /** `[query + 1]` */
  readonly seenOffsets: Int32Array;
  /** `[entry]`: seen items */
  readonly seenIds: Int32Array;
  /** `[query + 1]` */
  readonly relevantOffsets: Int32Array;
  /** `[entry]`: relevant items, each once per query */
  readonly relevantIds: Int32Array;
  /** Whether seen items rank below all others instead of not at all. Default false. */
  readonly seenLast?: boolean | undefined;
  /** Length of the lists of the best items. */
  readonly top: number;
  /** `[entry of relevantIds]`: per query the ranks that were found, from 0, in ascending order, then −1 */
  readonly outRanks: Int32Array;
  /** `[entry of relevantIds]`: the first rank of the candidates with an equal score */
  readonly outBestRanks: Int32Array;
  /** `[entry of relevantIds]`: the last rank of the candidates with an equal score */
  readonly outWorstRanks: Int32Array;
  /** `[query]`: number of ranks */
  readonly outFound: Int32Array;
  /** `[query]`: number of candidates */
  readonly outCandidateCounts: Int32Array;
  /** `[query, top]`: the best items, padded with −1 */
  readonly outTop: Int32Array;
  /** `[query, top]`: their scores, padded with 0; −0 is given as 0. Default: they are not written. */
  readonly outTopScores?: Float32Array | undefined;
}

export interface RankTargetsOptions extends RankingOptions {
  /** `[query, dim]` */
  readonly vectors: Float32Array;
  /** `[item, dim]` */
  readonly table: Float32Array;
  /** `[item]` */
  readonly bias?: Float32Array | undefined;
  readonly dim: number;
}

export interface RankScoresOptions extends RankingOptions {
  /** `[query, item]` */
  readonly scores: Float32Array;
}

/** Scores that are sums of rows of a sparse table, in double precision. */
export interface RankSparseOptions extends RankingOptions {
  /** `[query + 1]` */
  readonly rowOffsets: Int32Array;
  /** `[entry]`: the rows of the table that are added for each query */
  readonly rowIds: Int32Array;
  /** `[entry]`. Default 1. */
  readonly rowWeights?: Float32Array | undefined;
  /** `[row + 1]` */
  readonly tableOffsets: Int32Array;
  /** `[entry of the table]`: items */
  readonly tableIds: Int32Array;
  /** `[entry of the table]`. Default 1. */
  readonly tableWeights?: Float32Array | undefined;
}

/** Logits and sparse targets of a softmax over the catalogue. */
interface SparseSoftmaxOptions {
  /** `[query, item]` */
  readonly logits: Float32Array;
  readonly queryCount: number;
  readonly itemCount: number;
  /** `[query + 1]` */
  readonly offsets: Int32Array;
  /** `[entry]`: the targets, which are items */
  readonly ids: Int32Array;
  /** `[entry]`, default 1 */
  readonly weights?: Float32Array | undefined;
}

export interface SparseSoftmaxLossOptions extends SparseSoftmaxOptions {
  /** `[query]`, nats */
  readonly outLosses: Float32Array;
  /** `[query, 2]`: the largest logit and log Σ e^(logits − largest) */
  readonly outNormalizers: Float32Array;
}

export interface SparseSoftmaxGradientOptions extends SparseSoftmaxOptions {
  /** `[query, 2]`: `outNormalizers` of the loss */
  readonly normalizers: Float32Array;
  /** `[query]`: gradients of the losses */
  readonly gradients: Float32Array;
  /** `[query, item]`: gradients of the logits; may be `logits` */
  readonly out: Float32Array;
}

/** A step of an optimizer. `weights` and as many slots as the optimizer has are overwritten. */
interface OptimizerStepOptions {
  readonly optimizer: BilinearOptimizer;
  /** Number of the step, from 1. */
  readonly step: number;
  /** Factor of the learning rate. */
  readonly factor: number;
  readonly weights: Float32Array;
  /** In the shape of `weights`: velocity of sgd with momentum, sum of adagrad, mean of adam and adam-w. */
  readonly firstSlot?: Float32Array | undefined;
  /** In the shape of `weights`: mean square of adam and adam-w. */
  readonly secondSlot?: Float32Array | undefined;
}

export interface OptimizerDenseOptions extends OptimizerStepOptions {
  /** In the shape of `weights`. */
  readonly gradient: Float32Array;
}

/** `weights` are `[row, dim]`. */
export interface OptimizerRowsOptions extends OptimizerStepOptions {
  /** `[place]`: rows, which may occur more than once */
  readonly ids: Int32Array;
  /** `[place, dim]`, overwritten */
  readonly gradients: Float32Array;
  /** `[row]`: memory to work in; −1 at the rows of `ids` afterwards */
  readonly scratch: Int32Array;
  /** Whether rows without a gradient are updated with a gradient of 0. Default false. */
  readonly dense?: boolean | undefined;
}

/** Shape of a recurrent layer over whole sequences. */
interface SequenceShape {
  readonly batch: number;
  readonly time: number;
  /** Length of an input. */
  readonly inputDim: number;
  /** Length of a state. */
  readonly dim: number;
}

/** Inputs of all recurrent layers; `gate` is 4 · dim for (m)LSTM: input, forget, candidate, output; 3 · dim for GRU. */
interface RecurrentInputs extends SequenceShape {
  /** `[inputDim, gate]` */
  readonly weight: Float32Array;
  /** `[dim, gate]` */
  readonly recurrent: Float32Array;
  /** `[batch, dim]`: initial hidden state */
  readonly hidden: Float32Array;
  /** `[batch, time]`: 0 where the state does not change. Default 1. */
  readonly mask?: Float32Array | undefined;
}

interface SequenceInputs extends RecurrentInputs {
  /** `[batch, time, inputDim]` */
  readonly input: Float32Array;
}

interface LstmForward {
  /** `[4 · dim]` */
  readonly bias: Float32Array;
  /** `[batch, dim]`: initial cell state */
  readonly cell: Float32Array;
  /** `[batch, time, dim]`; at least one of the two kinds of states is given */
  readonly outHiddenStates?: Float32Array | undefined;
  /** `[batch, time, dim]` */
  readonly outCellStates?: Float32Array | undefined;
  /**
   * What the backward pass reads, if there will be one. LSTM: `[batch, time, 4 · dim]`, gates after σ and tanh; mLSTM:
   * `[batch, time, 5 · dim]`, then the factors of the hidden state in the intermediate state.
   */
  readonly outSaved?: Float32Array | undefined;
}

export interface LstmSequenceOptions extends SequenceInputs, LstmForward {}

/** What `lstmSequenceOfRows` and its gradient read instead of `input`. */
interface RowInputs {
  /** Number of rows of the table, from 1. */
  readonly rows: number;
  /** `[rows, inputDim]` */
  readonly table: Float32Array;
  /** `[batch, time]`: the row that each step reads, also where `mask` is 0 */
  readonly index: Int32Array;
}

export interface LstmSequenceOfRowsOptions extends RecurrentInputs, RowInputs, LstmForward {}

export interface MLstmSequenceOptions extends LstmSequenceOptions {
  /** `[batch, time, dim]`: factors of the intermediate state that depend on the inputs */
  readonly multiplier: Float32Array;
  /** `[dim, dim]` */
  readonly recurrentMultiplier: Float32Array;
  /** `[dim]` */
  readonly recurrentMultiplierBias: Float32Array;
}

/** Where the gradients that all recurrent layers have are written, each in the shape of its input. */
interface RecurrentGradients {
  readonly outWeightGradient: Float32Array;
  readonly outBiasGradient: Float32Array;
  readonly outRecurrentGradient: Float32Array;
  readonly outHiddenGradient: Float32Array;
}

interface SequenceGradients extends RecurrentGradients {
  readonly outInputGradient: Float32Array;
}

interface LstmBackward {
  /** `[batch, dim]`: initial cell state */
  readonly cell: Float32Array;
  /** `[batch, time, dim]` */
  readonly hiddenStates: Float32Array;
  /** `[batch, time, dim]` */
  readonly cellStates: Float32Array;
  /** `outSaved` of the forward pass */
  readonly saved: Float32Array;
  /** `[batch, time, dim]`: gradients of the states. Default 0. */
  readonly hiddenGradients?: Float32Array | undefined;
  /** `[batch, time, dim]`. Default 0. */
  readonly cellGradients?: Float32Array | undefined;
  readonly outCellGradient: Float32Array;
}

export interface LstmSequenceGradientOptions extends SequenceInputs, SequenceGradients, LstmBackward {}

export interface LstmSequenceOfRowsGradientOptions
  extends RecurrentInputs,
    RowInputs,
    RecurrentGradients,
    LstmBackward {
  /** `[rows, inputDim]`; 0 in rows that no step reads */
  readonly outTableGradient: Float32Array;
}

export interface MLstmSequenceGradientOptions extends LstmSequenceGradientOptions {
  /** `[batch, time, dim]` */
  readonly multiplier: Float32Array;
  /** `[dim, dim]` */
  readonly recurrentMultiplier: Float32Array;
  readonly outMultiplierGradient: Float32Array;
  readonly outRecurrentMultiplierGradient: Float32Array;
  readonly outRecurrentMultiplierBiasGradient: Float32Array;
}

export interface GruSequenceOptions extends SequenceInputs {
  /** `[3 · dim]`, for reset, update and candidate */
  readonly bias: Float32Array;
  /** `[3 · dim]`, added to the products with the hidden state */
  readonly recurrentBias: Float32Array;
  /** `[batch, time, dim]` */
  readonly outHiddenStates: Float32Array;
  /** `[batch, time, 4 · dim]`: r, z, n, q, which the backward pass reads, if there will be one */
  readonly outSaved?: Float32Array | undefined;
}

export interface GruSequenceGradientOptions extends SequenceInputs, SequenceGradients {
  /** `[batch, time, dim]` */
  readonly hiddenStates: Float32Array;
  /** `outSaved` of the forward pass */
  readonly saved: Float32Array;
  /** `[batch, time, dim]`: gradients of the states */
  readonly hiddenGradients: Float32Array;
  readonly outRecurrentBiasGradient: Float32Array;
}

/** Inputs of attention. Sequences lie one after the other and may have different lengths. */
interface AttentionInputs {
  /** `[step, dim]`; head h has the entries h·dim/heads … (h + 1)·dim/heads − 1 */
  readonly queries: Float32Array;
  /** `[source, dim]` */
  readonly keys: Float32Array;
  /** `[source, dim]` */
  readonly values: Float32Array;
  /** `[source]`: 0 where a source is padding. Default 1. */
  readonly mask?: Float32Array | undefined;
  /** `[batch + 1]`: where the steps of each sequence begin, and where the last ones end */
  readonly stepOffsets: Int32Array;
  /** `[batch + 1]`: the same for the sources */
  readonly sourceOffsets: Int32Array;
  readonly dim: number;
  /** A divisor of `dim`. */
  readonly heads: number;
  /** Whether step t of a sequence attends to its sources 0 … t only. Default false. */
  readonly causal?: boolean | undefined;
  /** Share of the weights that are set to zero, from 0 to below 1. Default 0. */
  readonly dropout?: number | undefined;
  /** Which weights these are, from 0 to 2³² − 1. Default 0. */
  readonly seed?: number | undefined;
}

export interface AttentionOptions extends AttentionInputs {
  /** `[step, dim]` */
  readonly out: Float32Array;
  /** `[step, heads, 2]`: what the backward pass reads, if there will be one */
  readonly outNormalizers?: Float32Array | undefined;
}

export interface AttentionGradientOptions extends AttentionInputs {
  /** `outNormalizers` of the forward pass */
  readonly normalizers: Float32Array;
  /** `out` of the forward pass */
  readonly means: Float32Array;
  /** `[step, dim]`: gradients of the output */
  readonly gradients: Float32Array;
  /** `[step, dim]` */
  readonly outQueryGradients: Float32Array;
  /** `[source, dim]` */
  readonly outKeyGradients: Float32Array;
  /** `[source, dim]` */
  readonly outValueGradients: Float32Array;
}

interface LayerNormalizationInputs {
  /** `[row, dim]` */
  readonly x: Float32Array;
  /** `[dim]` */
  readonly weight: Float32Array;
  readonly rows: number;
  readonly dim: number;
  /** Added to the variance. */
  readonly epsilon: number;
}

export interface LayerNormalizationOptions extends LayerNormalizationInputs {
  /** `[dim]` */
  readonly bias: Float32Array;
  /** `[row, dim]` */
  readonly out: Float32Array;
  /** `[row, 2]`: mean and 1 / √(variance + epsilon), which the backward pass reads, if there will be one */
  readonly outStatistics?: Float32Array | undefined;
}

export interface LayerNormalizationGradientOptions extends LayerNormalizationInputs {
  /** `outStatistics` of the forward pass */
  readonly statistics: Float32Array;
  /** `[row, dim]`: gradients of the output */
  readonly gradients: Float32Array;
  /** `[row, dim]` */
  readonly outXGradient: Float32Array;
  /** `[dim]` */
  readonly outWeightGradient: Float32Array;
  /** `[dim]` */
  readonly outBiasGradient: Float32Array;
}
