// The steps of recurrent layers.
//
// A tile of sums stays in registers while they run over the state before; then the gates, which all stand in one place of the tile's vectors, are applied to
// them right there. What a tile reads from far away is asked for before its sums begin.

#include "kernels/sequence_steps.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/sequence_steps.cc"
#include "simd/foreach_target.h"
#include "simd/math-inl.h"
#include "simd/vector-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

// Sums of up to four vectors a row, the factors of the rows and a vector of weights fill the registers.
#if defined(__aarch64__)
enum { ROWS = 6 };
#elif defined(__wasm__)
enum { ROWS = 2 };  // of 15 registers, one holds a product before it is added
#else
enum { ROWS = LANES == 16 ? 6 : 3 };
#endif
enum { PANEL = 4, DEPTH = 128 };  // vectors beside each other; rows of them that stay in the first cache
#if defined(__wasm__)
enum { CAN_PREFETCH = 0 };
#else
enum { CAN_PREFETCH = 1 };
#endif

#if defined(__GNUC__)
typedef int32_t Ints __attribute__((vector_size(sizeof(Lanes))));
FOOTLIGHT_INLINE Lanes all(float x) { return x - Lanes{}; }
#if defined(__wasm__)
FOOTLIGHT_INLINE Lanes at_most(Lanes x, float limit) { return __builtin_wasm_pmin_f32x4(x, all(limit)); }  // clang would take several instructions
FOOTLIGHT_INLINE Lanes at_least(Lanes x, float limit) { return __builtin_wasm_pmax_f32x4(x, all(limit)); }
#else
FOOTLIGHT_INLINE Lanes at_most(Lanes x, float limit) { return x > all(limit) ? all(limit) : x; }
FOOTLIGHT_INLINE Lanes at_least(Lanes x, float limit) { return x < all(limit) ? all(limit) : x; }
#endif
FOOTLIGHT_INLINE Lanes abs(Lanes x) { return (Lanes)((Ints)x & 0x7fffffff); }
FOOTLIGHT_INLINE Lanes copysign(Lanes size, Lanes x) { return (Lanes)((Ints)size | ((Ints)x & (int32_t)0x80000000)); }
// 2^(n + by) by a float to which 1.5 · 2^23 was added: n stands in its lowest bits.
FOOTLIGHT_INLINE Lanes power_of_two(Lanes shifted, int by) { return (Lanes)(((Ints)shifted - (0x4b400000 - 127 - by)) << 23); }
#else
FOOTLIGHT_INLINE Lanes at_most(Lanes x, float limit) { return {x.x > limit ? limit : x.x}; }
FOOTLIGHT_INLINE Lanes at_least(Lanes x, float limit) { return {x.x < limit ? limit : x.x}; }
FOOTLIGHT_INLINE Lanes abs(Lanes x) { return {__builtin_fabsf(x.x)}; }
FOOTLIGHT_INLINE Lanes copysign(Lanes size, Lanes x) { return {to_float(to_bits(size.x) | (to_bits(x.x) & 0x80000000u))}; }
FOOTLIGHT_INLINE Lanes power_of_two(Lanes shifted, int by) { return {to_float((to_bits(shifted.x) - (0x4b400000u - 127u - by)) << 23)}; }
#endif

// e^x = (1 + what remains) · 2^n.
struct Exponent {
  Lanes shifted, remains;
};

FOOTLIGHT_INLINE Exponent exponent_of(Lanes x) {
  const Lanes shifted = x * 1.44269504088896341f + 12582912.0f;
  const Lanes n = shifted - 12582912.0f;
  return {shifted, expm1_polynomial((x - n * 0.693359375f) + n * 2.12194440e-4f)};
}

// 1 / (1 + e^−x). Where e^−x is no float any more, it is infinite or 0; 2^128 is none, so half of it is made first.
FOOTLIGHT_INLINE Lanes sigmoid(Lanes x) {
  const Exponent e = exponent_of(at_least(at_most(x * -1.0f, 89.0f), -87.0f));
  const Lanes half = (e.remains + 1.0f) * power_of_two(e.shifted, -1);
  return 1.0f / (half + half + 1.0f);
}

// (e^2x − 1) / (e^2x + 1) of |x|, which is 1 from 10 on.
FOOTLIGHT_INLINE Lanes tanh(Lanes x) {
  const Exponent e = exponent_of(at_most(abs(x), 10.0f) * 2.0f);
  const Lanes power = power_of_two(e.shifted, 0);
  const Lanes less_1 = power * e.remains + (power - 1.0f);
  return copysign(less_1 / (less_1 + 2.0f), x);
}

// As many floats as there are; the others count as 0.
FOOTLIGHT_INLINE Lanes load_some(const float* from, int64_t count) {
  if (count >= LANES) return load<Lanes>(from);
  float values[LANES] = {};
  for (int64_t k = 0; k < count; k++) values[k] = from[k];
  return load<Lanes>(values);
}

FOOTLIGHT_INLINE void store_some(float* to, Lanes x, int64_t count) {
  if (count >= LANES) return store(to, x);
  float values[LANES];
  store(values, x);
  for (int64_t k = 0; k < count; k++) to[k] = values[k];
}

FOOTLIGHT_INLINE int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

// Memory that the next step of a block reads or writes, line by line. It comes while the products of this step keep the processor busy: each tile of them asks
// for a piece.
struct Ahead {
  struct Stretch {
    const float* from;  // rows of `width`, by batch and time
    int64_t width;
    const int64_t* ends;  // of the block's rows, where `from` has no rows for steps that are skipped: the next row is the one before; else nullptr
    const int32_t* index;  // [batch, time]: the row of `from` that a step reads, or nullptr
  };
  const int32_t* order;  // the block's rows
  int64_t time, rows, tiles = 0;
  const float** lines = nullptr;  // space for them
  int64_t next = 0, left = 0, piece = 0, count = 0;
  Stretch stretches[14] = {};
};

FOOTLIGHT_INLINE void add_chunk(Ahead& ahead, const float* from, int64_t width, const int64_t* ends = nullptr, const int32_t* index = nullptr) {
  if (from) ahead.stretches[ahead.count++] = {from, width, ends, index};
}

// Lists what `step` will touch.
FOOTLIGHT_TARGET void look_ahead(Ahead& ahead, int64_t step) {
  if (!CAN_PREFETCH) return;
  const float** to = ahead.lines;
  for (int64_t row = 0; row < ahead.rows; row++) {
    const int64_t at = ahead.order[row] * ahead.time + step;
    for (int64_t k = 0; k < ahead.count; k++) {
      const auto [from, width, ends, index] = ahead.stretches[k];
      const float* const begin = from + (ends ? ends[row] - 1 : index ? index[at] : at) * width;
      for (int64_t d = 0; d < width; d += 16) *to++ = begin + d;
    }
  }
  ahead.next = 0;
  ahead.left = to - ahead.lines;
  ahead.piece = (ahead.left + ahead.tiles - 1) / ahead.tiles;
}

// sums += entries of a, one in each row · a row of weights
template <int rows, int vectors>
FOOTLIGHT_INLINE void add_product_of_one(Lanes (&sums)[rows][vectors], const float* a, int64_t lda, const float* weights) {
  FOOTLIGHT_UNROLLED
  for (int v = 0; v < vectors; v++) {
    const Lanes column = load<Lanes>(weights + v * LANES);
    FOOTLIGHT_UNROLLED
    for (int r = 0; r < rows; r++) sums[r][v] += column * a[r * lda];
  }
}

// sums += rows of a · weights [depth, vectors of LANES]
template <int rows, int vectors>
FOOTLIGHT_INLINE void add_products(Lanes (&sums)[rows][vectors], const float* a, int64_t lda, const float* weights, int64_t depth, Ahead& ahead) {
  const float* const* const lines = ahead.lines + ahead.next;
  const int64_t piece = CAN_PREFETCH ? least(least(ahead.piece, ahead.left), depth) : 0;
  ahead.next += piece;
  ahead.left -= piece;
  int64_t k = 0;
  for (; k < piece; k++, weights += vectors * LANES) {
    __builtin_prefetch(lines[k], 0, 2);
    add_product_of_one(sums, a + k, lda, weights);
  }
  for (; k < depth; k++, weights += vectors * LANES) add_product_of_one(sums, a + k, lda, weights);
}

// c += a · weights, as many columns as a panel has.
template <int rows, int vectors>
FOOTLIGHT_TARGET void product_tile(const float* a, int64_t lda, const float* weights, int64_t depth, float* c, int64_t ldc, Ahead& ahead) {
  Lanes sums[rows][vectors];
  FOOTLIGHT_UNROLLED
  for (int r = 0; r < rows; r++)
    FOOTLIGHT_UNROLLED
    for (int v = 0; v < vectors; v++) sums[r][v] = load<Lanes>(c + r * ldc + v * LANES);
  add_products(sums, a, lda, weights, depth, ahead);
  FOOTLIGHT_UNROLLED
  for (int r = 0; r < rows; r++)
    FOOTLIGHT_UNROLLED
    for (int v = 0; v < vectors; v++) store(c + r * ldc + v * LANES, sums[r][v]);
}

typedef void (*ProductTile)(const float* a, int64_t lda, const float* weights, int64_t depth, float* c, int64_t ldc, Ahead& ahead);

// One entry for each number of rows up to ROWS.
#define FOOTLIGHT_TILES(tile, ...)                                                                                                    \
  {tile<1 __VA_ARGS__>, tile<ROWS < 2 ? ROWS : 2 __VA_ARGS__>, tile<ROWS < 3 ? ROWS : 3 __VA_ARGS__>, tile<ROWS < 4 ? ROWS : 4 __VA_ARGS__>, \
   tile<ROWS < 5 ? ROWS : 5 __VA_ARGS__>, tile<ROWS __VA_ARGS__>}

static const ProductTile product_tiles[PANEL][6] = {FOOTLIGHT_TILES(product_tile, , 1), FOOTLIGHT_TILES(product_tile, , 2), FOOTLIGHT_TILES(product_tile, , 3),
                                                    FOOTLIGHT_TILES(product_tile, , 4)};

// Rows in pieces of about the same size, of at most ROWS.
FOOTLIGHT_INLINE int64_t tiles_of(int64_t rows) { return (rows + ROWS - 1) / ROWS; }

// Tiles that a row goes through in a product.
FOOTLIGHT_INLINE int64_t tiles_of_row(int64_t depth, int64_t columns) { return (columns + PANEL * LANES - 1) / (PANEL * LANES) * ((depth + DEPTH - 1) / DEPTH); }

// c [rows, columns] += a [rows, depth] · weights, as pack_columns leaves them. What c has to the next whole vector is written to.
FOOTLIGHT_TARGET void add_product(const float* a, int64_t lda, const float* weights, int64_t depth, int64_t columns, float* c, int64_t ldc, int64_t rows,
                                         Ahead& ahead) {
  const int64_t tiles = tiles_of(rows);
  for (int64_t column = 0; column < columns; column += PANEL * LANES) {
    const int64_t vectors = least(PANEL, (columns - column + LANES - 1) / LANES);
    for (int64_t from = 0; from < depth; from += DEPTH) {
      const float* const near = weights + column * depth + from * vectors * LANES;
      for (int64_t tile = 0; tile < tiles; tile++) {
        const int64_t row = rows * tile / tiles, last = rows * (tile + 1) / tiles;
        product_tiles[vectors - 1][last - row - 1](a + row * lda + from, lda, near, least(DEPTH, depth - from), c + row * ldc + column, ldc, ahead);
      }
    }
  }
}

FOOTLIGHT_TARGET void pack_columns(const float* from, int64_t ld, bool transposed, int64_t rows, int64_t columns, float* to) {
  for (int64_t column = 0; column < columns; column += PANEL * LANES) {
    const int64_t width = least(PANEL, (columns - column + LANES - 1) / LANES) * LANES;
    for (int64_t row = 0; row < rows; row++)
      for (int64_t x = 0; x < width; x++) {
        const int64_t j = column + x;
        to[column * rows + row * width + x] = j >= columns ? 0.0f : transposed ? from[j * ld + row] : from[row * ld + j];
      }
  }
}

FOOTLIGHT_TARGET void pack_gates(const float* from, int64_t depth, int64_t dim, int64_t parts, float* to) {
  for (int64_t d = 0; d < dim; d += LANES)
    for (int64_t row = 0; row < depth; row++)
      for (int64_t part = 0; part < parts; part++, to += LANES) store(to, load_some(from + (row * parts + part) * dim + d, dim - d));
}

// Some rows of the batch at a step, and where their states are: in rows of `ld`, filled up with 0.
struct Block {
  const int32_t* order;
  int64_t rows, step, ld;
  float *hidden, *after, *cell, *intermediate;
};

FOOTLIGHT_INLINE int64_t place(const Block& block, int64_t time, int64_t row) { return block.order[row] * time + block.step; }

FOOTLIGHT_INLINE bool all_skip(const float* mask, int64_t time, const Block& block) {
  for (int64_t row = 0; row < block.rows; row++)
    if (!mask || mask[place(block, time, row)] != 0.0f) return false;
  return true;
}

// Memory of a block: `arrays` of `rows` times `ld`, all 0.
FOOTLIGHT_INLINE Block block_of(float* workspace, int64_t arrays, const int32_t* order, int64_t rows, int64_t dim) {
  const int64_t ld = (dim + LANES - 1) / LANES * LANES, size = rows * ld;
  __builtin_memset(workspace, 0, sizeof(float) * arrays * size);
  return {order, rows, 0, ld, workspace, workspace + size, workspace + 2 * size, workspace + 3 * size};
}

// Memory of a block for what it looks ahead to, behind all else that it needs.
FOOTLIGHT_INLINE const float** lines_of(float* workspace, int64_t rows, int64_t input_dim, int64_t dim) {
  return (const float**)(workspace + rows * (12 * padded(dim) + padded(input_dim)));
}

// Rows of a batch of vectors into those of a block, and back.
FOOTLIGHT_INLINE void fetch_rows(const Block& block, const float* from, float* to, int64_t dim) {
  for (int64_t row = 0; row < block.rows; row++) __builtin_memcpy(to + row * block.ld, from + block.order[row] * dim, sizeof(float) * dim);
}
FOOTLIGHT_INLINE void return_rows(const Block& block, const float* from, float* to, int64_t dim) {
  for (int64_t row = 0; row < block.rows; row++) __builtin_memcpy(to + block.order[row] * dim, from + row * block.ld, sizeof(float) * dim);
}

// The inputs of a step, and what they make of the gates of LANES entries: [rows, parts of LANES].
struct Given {
  int64_t ld;
  float *input, *gates;
};

FOOTLIGHT_TARGET void fetch_input(const SequenceForward& job, const Block& block, const Given& given) {
  for (int64_t row = 0; row < block.rows; row++)
    __builtin_memcpy(given.input + row * given.ld, job.input + place(block, job.time, row) * job.input_dim, sizeof(float) * job.input_dim);
}

// gates [rows, parts of LANES], in rows of `ldg`, of entries from d on.
FOOTLIGHT_TARGET void gates_of_input(const SequenceForward& job, const float* input, int64_t ld, int64_t rows, int64_t parts, int64_t d, float* gates, int64_t ldg,
                                     Ahead& ahead) {
  for (int64_t part = 0; part < parts; part++) {
    const Lanes bias = load_some(job.bias + part * job.dim + d, job.dim - d);
    for (int64_t row = 0; row < rows; row++) store(gates + row * ldg + part * LANES, bias);
  }
  add_product(input, ld, job.weight + d * parts * job.input_dim, job.input_dim, parts * LANES, gates, ldg, rows, ahead);
}

// The floats of a row of job.projected.
FOOTLIGHT_INLINE int64_t projected_width(int64_t dim, int64_t parts) { return parts * ((dim + LANES - 1) / LANES * LANES); }

FOOTLIGHT_TARGET void project(const SequenceForward& job, int64_t parts, int64_t first, int64_t rows) {
  const int64_t width = projected_width(job.dim, parts);
  Ahead none{};
  for (int64_t d = 0; d < job.dim; d += LANES)
    gates_of_input(job, job.input + first * job.input_dim, job.input_dim, rows, parts, d, job.projected + first * width + d * parts, width, none);
}

// Rows [row, row + rows) of the block, entries from d on.
template <int rows, bool whole>
FOOTLIGHT_TARGET void lstm_tile(const SequenceForward& job, const Block& block, const float* projected, Ahead& ahead, int64_t row, int64_t d) {
  const int64_t dim = job.dim, ld = block.ld, count = whole ? int64_t{LANES} : dim - d, saved_width = job.multiplier ? 5 * dim : 4 * dim;
  Lanes sums[rows][4] = {};
  add_products(sums, (job.multiplier ? block.intermediate : block.hidden) + row * ld, ld, job.recurrent + d * 4 * dim, dim, ahead);
  for (int r = 0; r < rows; r++) {
    const int64_t at = place(block, job.time, row + r), own = (row + r) * ld + d;
    const float* const gates = job.index ? job.projected + job.index[at] * projected_width(dim, 4) + d * 4 : projected + (row + r) * 4 * LANES;
    const Lanes input = sigmoid(sums[r][0] + load<Lanes>(gates));
    const Lanes forget = sigmoid(sums[r][1] + load<Lanes>(gates + LANES));
    const Lanes candidate = tanh(sums[r][2] + load<Lanes>(gates + 2 * LANES));
    const Lanes out = sigmoid(sums[r][3] + load<Lanes>(gates + 3 * LANES));
    Lanes cell = forget * load<Lanes>(block.cell + own) + input * candidate;
    Lanes hidden = out * tanh(cell);
    if (job.mask && job.mask[at] == 0.0f) {
      cell = load<Lanes>(block.cell + own);
      hidden = load<Lanes>(block.hidden + own);
    }
    store(block.cell + own, cell);
    store(block.after + own, hidden);
    if (job.saved) {
      float* const saved = job.saved + at * saved_width + d;
      store_some(saved, input, count);
      store_some(saved + dim, forget, count);
      store_some(saved + 2 * dim, candidate, count);
      store_some(saved + 3 * dim, out, count);
    }
    if (job.hidden_states) store_some(job.hidden_states + at * dim + d, hidden, count);
    if (job.cell_states) store_some(job.cell_states + at * dim + d, cell, count);
  }
}

template <int rows, bool whole>
FOOTLIGHT_TARGET void gru_tile(const SequenceForward& job, const Block& block, const float* projected, Ahead& ahead, int64_t row, int64_t d) {
  const int64_t dim = job.dim, ld = block.ld, count = whole ? int64_t{LANES} : dim - d;
  Lanes sums[rows][3];
  for (int part = 0; part < 3; part++) {
    const Lanes bias = load_some(job.recurrent_bias + part * dim + d, count);
    for (int r = 0; r < rows; r++) sums[r][part] = bias;
  }
  add_products(sums, block.hidden + row * ld, ld, job.recurrent + d * 3 * dim, dim, ahead);
  for (int r = 0; r < rows; r++) {
    const int64_t at = place(block, job.time, row + r), own = (row + r) * ld + d;
    const float* const gates = projected + (row + r) * 3 * LANES;
    const Lanes reset = sigmoid(sums[r][0] + load<Lanes>(gates));
    const Lanes update = sigmoid(sums[r][1] + load<Lanes>(gates + LANES));
    const Lanes candidate = tanh(reset * sums[r][2] + load<Lanes>(gates + 2 * LANES));
    const Lanes before = load<Lanes>(block.hidden + own);
    const Lanes hidden = job.mask && job.mask[at] == 0.0f ? before : (1.0f - update) * candidate + update * before;
    store(block.after + own, hidden);
    if (job.saved) {
      float* const saved = job.saved + at * 4 * dim + d;
      store_some(saved, reset, count);
      store_some(saved + dim, update, count);
      store_some(saved + 2 * dim, candidate, count);
      store_some(saved + 3 * dim, sums[r][2], count);
    }
    store_some(job.hidden_states + at * dim + d, hidden, count);
  }
}

typedef void (*StepTile)(const SequenceForward& job, const Block& block, const float* projected, Ahead& ahead, int64_t row, int64_t d);
typedef StepTile StepTiles[2][6];

static const StepTiles lstm_tiles = {FOOTLIGHT_TILES(lstm_tile, , false), FOOTLIGHT_TILES(lstm_tile, , true)};
static const StepTiles gru_tiles = {FOOTLIGHT_TILES(gru_tile, , false), FOOTLIGHT_TILES(gru_tile, , true)};

// The state's factors h R_m + b_m, and what comes of them and the multipliers.
FOOTLIGHT_TARGET void multiply_state(const SequenceForward& job, const Block& block, Ahead& ahead) {
  const int64_t dim = job.dim, ld = block.ld;
  for (int64_t row = 0; row < block.rows; row++) __builtin_memcpy(block.intermediate + row * ld, job.recurrent_bias, sizeof(float) * dim);
  add_product(block.hidden, ld, job.recurrent_multiplier, dim, dim, block.intermediate, ld, block.rows, ahead);
  for (int64_t row = 0; row < block.rows; row++) {
    const int64_t at = place(block, job.time, row);
    float *factor = block.intermediate + row * ld, *saved = job.saved ? job.saved + at * 5 * dim + 4 * dim : nullptr;
    const float* multiplier = job.multiplier + at * dim;
    for (int64_t d = 0; d < dim; d += LANES) {
      const Lanes value = load<Lanes>(factor + d);
      if (saved) store_some(saved + d, value, dim - d);
      store(factor + d, value * load_some(multiplier + d, dim - d));
    }
  }
}

// A step that every row skips: states stay, and nothing is saved for the backward pass, which does not read it.
FOOTLIGHT_TARGET void keep_states(const SequenceForward& job, const Block& block) {
  for (int64_t row = 0; row < block.rows; row++) {
    const int64_t to = place(block, job.time, row) * job.dim;
    if (job.hidden_states) __builtin_memcpy(job.hidden_states + to, block.hidden + row * block.ld, sizeof(float) * job.dim);
    if (job.cell_states) __builtin_memcpy(job.cell_states + to, block.cell + row * block.ld, sizeof(float) * job.dim);
  }
}

FOOTLIGHT_INLINE void run_forward(const SequenceForward& job, const StepTiles& run, int64_t gates, int64_t saved, float* workspace, int64_t first, int64_t rows) {
  const int64_t dim = job.dim, tiles = tiles_of(rows);
  Block block = block_of(workspace, 4, job.order + first, rows, dim);
  float* const more = workspace + 4 * rows * block.ld;
  const int64_t input_ld = padded(job.input_dim);
  const Given given{input_ld, more, more + rows * input_ld};
  Ahead ahead{block.order, job.time, rows};
  ahead.tiles = tiles * (block.ld / LANES) * (job.index ? 1 : tiles_of_row(job.input_dim, gates * LANES) + 1);
  ahead.lines = lines_of(workspace, rows, job.input_dim, dim);
  if (job.index) add_chunk(ahead, job.projected, projected_width(dim, gates), nullptr, job.index);
  else add_chunk(ahead, job.input, job.input_dim);
  add_chunk(ahead, job.saved, saved * dim);
  add_chunk(ahead, job.hidden_states, dim);
  add_chunk(ahead, job.cell_states, dim);
  add_chunk(ahead, job.multiplier, dim);
  fetch_rows(block, job.hidden, block.hidden, dim);
  if (job.cell) fetch_rows(block, job.cell, block.cell, dim);
  for (block.step = 0; block.step < job.time; block.step++) {
    if (all_skip(job.mask, job.time, block)) {
      keep_states(job, block);
      continue;
    }
    look_ahead(ahead, least(block.step + 1, job.time - 1));
    if (!job.index) fetch_input(job, block, given);
    if (job.multiplier) multiply_state(job, block, ahead);
    for (int64_t d = 0; d < dim; d += LANES) {
      if (!job.index) gates_of_input(job, given.input, given.ld, rows, gates, d, given.gates, gates * LANES, ahead);
      for (int64_t tile = 0; tile < tiles; tile++) {
        const int64_t row = rows * tile / tiles, last = rows * (tile + 1) / tiles;
        run[d + LANES <= dim][last - row - 1](job, block, given.gates, ahead, row, d);
      }
    }
    float* const before = block.hidden;
    block.hidden = block.after;
    block.after = before;
  }
}

// In the backward pass: gradients of the state (`hidden` and `cell` of `at`), of its inputs, and of what the weights made.
struct BackBlock {
  Block at;
  int64_t input_ld;
  float *input_gradient, *gates;       // [rows, input_ld]; [rows, parts · dim]
  float* recurrent_gates;        // GRU: of what the recurrent weights made; else the same as `gates`
  int64_t ends[sequence_block];  // the row of the job's factors that each row was written to last
  Ahead ahead;
  bool idle;  // every row skips the step
};

// What the backward pass of a row of the block reads.
struct Row {
  int64_t at;
  const float *hidden, *cell;  // before the step
  const float* saved;
};

FOOTLIGHT_INLINE Row row_of(const SequenceBackward& job, const Block& block, int64_t row, int64_t saved_width) {
  const int64_t dim = job.dim, at = place(block, job.time, row), first = block.order[row] * dim, before = (at - 1) * dim;
  const float* const cell = !job.cell ? nullptr : block.step > 0 ? job.cell_states + before : job.cell + first;
  return {at, block.step > 0 ? job.hidden_states + before : job.hidden + first, cell, job.saved + at * saved_width};
}

FOOTLIGHT_INLINE bool skips(const SequenceBackward& job, int64_t at) { return job.mask && job.mask[at] == 0.0f; }

FOOTLIGHT_INLINE void add_row(float* to, const float* row, int64_t n) { add_scaled<false>(to, row, 1.0f, n); }

// A row that skips the step hands the gradients of its states on.
FOOTLIGHT_TARGET void hand_on(const SequenceBackward& job, const BackBlock& block, int64_t row, int64_t at, int64_t gates) {
  const int64_t dim = job.dim, own = row * block.at.ld, first = row * gates * dim;
  if (job.hidden_gradients) add_row(block.at.hidden + own, job.hidden_gradients + at * dim, dim);
  if (job.cell_gradients) add_row(block.at.cell + own, job.cell_gradients + at * dim, dim);
  __builtin_memset(block.gates + first, 0, sizeof(float) * gates * dim);
  __builtin_memset(block.recurrent_gates + first, 0, sizeof(float) * gates * dim);
}

// Writes (values, 1).
FOOTLIGHT_INLINE void put_with_1(float* to, const float* values, int64_t count) {
  __builtin_memcpy(to, values, sizeof(float) * count);
  to[count] = 1.0f;
}

FOOTLIGHT_INLINE Lanes load_gradient(const float* gradients, int64_t at, int64_t count) { return gradients ? load_some(gradients + at, count) : Lanes{}; }

// What the gradients of a row's states make of those of its gates, for entries from d on.
FOOTLIGHT_INLINE void lstm_gate_gradients(const SequenceBackward& job, const BackBlock& block, const Row& x, int64_t row, int64_t d, int64_t count) {
  const int64_t dim = job.dim, own = row * block.at.ld + d, at = x.at * dim + d;
  const Lanes input = load_some(x.saved + d, count), forget = load_some(x.saved + dim + d, count);
  const Lanes candidate = load_some(x.saved + 2 * dim + d, count), out = load_some(x.saved + 3 * dim + d, count);
  const Lanes squashed = tanh(load_some(job.cell_states + at, count));
  const Lanes hidden = load_gradient(job.hidden_gradients, at, count) + load<Lanes>(block.at.hidden + own);
  const Lanes through = out * (1.0f - squashed * squashed);
  const Lanes cell = load_gradient(job.cell_gradients, at, count) + load<Lanes>(block.at.cell + own) + hidden * through;
  const Lanes gradients[4] = {cell * candidate * (input * (1.0f - input)), cell * load_some(x.cell + d, count) * (forget * (1.0f - forget)),
                           cell * input * (1.0f - candidate * candidate), hidden * squashed * (out * (1.0f - out))};
  store(block.at.hidden + own, Lanes{});
  store(block.at.cell + own, cell * forget);
  float* const factors = job.factors.gradients + block.ends[row] * 4 * dim + d;
  for (int part = 0; part < 4; part++) {
    store_some(block.gates + (row * 4 + part) * dim + d, gradients[part], count);
    store_some(factors + part * dim, gradients[part], count);
  }
}

FOOTLIGHT_TARGET void lstm_row_back(const SequenceBackward& job, BackBlock& block, int64_t row, int64_t saved_width) {
  const int64_t dim = job.dim, input_dim = job.input_dim;
  const Row x = row_of(job, block.at, row, saved_width);
  if (skips(job, x.at)) return hand_on(job, block, row, x.at, 4);
  const int64_t next = --block.ends[row];
  float* const inputs = job.factors.inputs + next * job.factors.ld;
  const int64_t given = job.index ? 0 : input_dim;
  if (given) __builtin_memcpy(inputs, job.input + x.at * input_dim, sizeof(float) * given);
  if (!job.multiplier) {
    put_with_1(inputs + given, x.hidden, dim);
  } else {
    inputs[input_dim + dim] = 1.0f;  // multiply_back puts what stands before
    put_with_1(job.state_factors.inputs + next * job.state_factors.ld, x.hidden, dim);
  }
  for (int64_t d = 0; d < dim; d += LANES) lstm_gate_gradients(job, block, x, row, d, dim - d);
}

// From gradients of m = multiplier ⊙ factor to those of both.
FOOTLIGHT_TARGET void multiply_back(const SequenceBackward& job, const BackBlock& block) {
  const int64_t dim = job.dim, ld = block.at.ld;
  for (int64_t row = 0; row < block.at.rows; row++) {
    const int64_t at = place(block.at, job.time, row);
    if (skips(job, at)) {
      __builtin_memset(block.at.intermediate + row * ld, 0, sizeof(float) * dim);
      __builtin_memset(job.multiplier_gradient + at * dim, 0, sizeof(float) * dim);
      continue;
    }
    const float *multiplier = job.multiplier + at * dim, *factor = job.saved + at * 5 * dim + 4 * dim;
    float* const products = job.factors.inputs + block.ends[row] * job.factors.ld + job.input_dim;
    float* const factor_gradients = job.state_factors.gradients + block.ends[row] * dim;
    for (int64_t d = 0; d < dim; d += LANES) {
      const int64_t count = dim - d;
      const Lanes gradient = load<Lanes>(block.at.intermediate + row * ld + d), x = load_some(multiplier + d, count), y = load_some(factor + d, count);
      store(block.at.intermediate + row * ld + d, gradient * x);
      store_some(factor_gradients + d, gradient * x, count);
      store_some(job.multiplier_gradient + at * dim + d, gradient * y, count);
      store_some(products + d, x * y, count);
    }
  }
}

// From gradients of what the recurrent weights made to those of the state before, on top of what is there.
FOOTLIGHT_INLINE void lstm_recur_back(const SequenceBackward& job, BackBlock& block) {
  const int64_t dim = job.dim, ld = block.at.ld, rows = block.at.rows;
  if (!job.multiplier) {
    if (!block.idle) add_product(block.gates, 4 * dim, job.recurrent, 4 * dim, dim, block.at.hidden, ld, rows, block.ahead);
    return;
  }
  __builtin_memset(block.at.intermediate, 0, sizeof(float) * rows * ld);
  if (!block.idle) add_product(block.gates, 4 * dim, job.recurrent, 4 * dim, dim, block.at.intermediate, ld, rows, block.ahead);
  multiply_back(job, block);
  if (!block.idle) add_product(block.at.intermediate, ld, job.recurrent_multiplier, dim, dim, block.at.hidden, ld, rows, block.ahead);
}

// From gradients of the gates to those of the inputs.
FOOTLIGHT_TARGET void input_back(const SequenceBackward& job, BackBlock& block, int64_t width) {
  const int64_t rows = block.at.rows, ld = block.input_ld;
  __builtin_memset(block.input_gradient, 0, sizeof(float) * rows * ld);
  if (!block.idle) add_product(block.gates, width, job.weight, width, job.input_dim, block.input_gradient, ld, rows, block.ahead);
  for (int64_t row = 0; row < rows; row++)
    __builtin_memcpy(job.input_gradient + place(block.at, job.time, row) * job.input_dim, block.input_gradient + row * ld, sizeof(float) * job.input_dim);
}

FOOTLIGHT_INLINE void add_factors(BackBlock& block, const Factors& factors) {
  add_chunk(block.ahead, factors.inputs, factors.ld, block.ends);
  add_chunk(block.ahead, factors.gradients, factors.width, block.ends);
}

FOOTLIGHT_INLINE void begin_back(const SequenceBackward& job, BackBlock& block, int64_t gates, int64_t saved, float* workspace, int64_t first, int64_t rows) {
  const int64_t dim = job.dim, width = gates * dim;
  block.at = block_of(workspace, 4, job.order + first, rows, dim);
  block.input_ld = padded(job.input_dim);
  block.input_gradient = workspace + 4 * rows * block.at.ld;
  block.gates = block.recurrent_gates = block.input_gradient + rows * block.input_ld;
  if (!job.cell) block.recurrent_gates += rows * width;
  for (int64_t row = 0; row < rows; row++) block.ends[row] = job.ends[block.at.order[row]];
  block.ahead = {block.at.order, job.time, rows};
  block.ahead.tiles = tiles_of(rows) * (tiles_of_row(width, dim) + (job.index ? 0 : tiles_of_row(width, job.input_dim)));
  block.ahead.lines = lines_of(workspace, rows, job.input_dim, dim);
  if (!job.index) add_chunk(block.ahead, job.input, job.input_dim);
  add_chunk(block.ahead, job.saved, saved * dim);
  add_chunk(block.ahead, job.hidden_states - dim, dim);  // those before the step
  if (job.cell) add_chunk(block.ahead, job.cell_states - dim, dim);
  add_chunk(block.ahead, job.hidden_gradients, dim);
  add_chunk(block.ahead, job.cell_gradients, dim);
  if (!job.index) add_chunk(block.ahead, job.input_gradient, job.input_dim);
  add_chunk(block.ahead, job.multiplier, dim);
  add_chunk(block.ahead, job.multiplier_gradient, dim);
  add_factors(block, job.factors);
  add_factors(block, job.state_factors);
}

FOOTLIGHT_INLINE void step_back(const SequenceBackward& job, BackBlock& block, int64_t step) {
  block.at.step = step;
  block.idle = all_skip(job.mask, job.time, block.at);
}

FOOTLIGHT_TARGET void lstm_block_back(const SequenceBackward& job, float* workspace, int64_t first, int64_t rows) {
  const int64_t dim = job.dim, saved_width = job.multiplier ? 5 * dim : 4 * dim;
  BackBlock block;
  begin_back(job, block, 4, job.multiplier ? 5 : 4, workspace, first, rows);
  for (int64_t step = job.time - 1; step >= 0; step--) {
    step_back(job, block, step);
    for (int64_t row = 0; row < rows; row++) lstm_row_back(job, block, row, saved_width);
    look_ahead(block.ahead, step > 0 ? step - 1 : 0);
    lstm_recur_back(job, block);
    if (!job.index) input_back(job, block, 4 * dim);
  }
  return_rows(block.at, block.at.hidden, job.hidden_gradient, dim);
  return_rows(block.at, block.at.cell, job.cell_gradient, dim);
}

FOOTLIGHT_INLINE void gru_gate_gradients(const SequenceBackward& job, const BackBlock& block, const Row& x, int64_t row, int64_t d, int64_t count) {
  const int64_t dim = job.dim, own = row * block.at.ld + d;
  const Lanes reset = load_some(x.saved + d, count), update = load_some(x.saved + dim + d, count);
  const Lanes candidate = load_some(x.saved + 2 * dim + d, count), product = load_some(x.saved + 3 * dim + d, count);
  const Lanes gradient = load_gradient(job.hidden_gradients, x.at * dim + d, count) + load<Lanes>(block.at.hidden + own);
  const Lanes candidate_gradient = gradient * ((1.0f - update) * (1.0f - candidate * candidate));
  const Lanes update_gradient = gradient * (load_some(x.hidden + d, count) - candidate) * (update * (1.0f - update));
  const Lanes reset_gradient = candidate_gradient * product * (reset * (1.0f - reset));
  const Lanes gate_gradients[3] = {reset_gradient, update_gradient, candidate_gradient}, product_gradients[3] = {reset_gradient, update_gradient, candidate_gradient * reset};
  store(block.at.hidden + own, gradient * update);
  const int64_t factors = block.ends[row] * 3 * dim + d, near = row * 3 * dim + d;
  for (int part = 0; part < 3; part++) {
    store_some(block.gates + near + part * dim, gate_gradients[part], count);
    store_some(block.recurrent_gates + near + part * dim, product_gradients[part], count);
    store_some(job.factors.gradients + factors + part * dim, gate_gradients[part], count);
    store_some(job.state_factors.gradients + factors + part * dim, product_gradients[part], count);
  }
}

FOOTLIGHT_TARGET void gru_row_back(const SequenceBackward& job, BackBlock& block, int64_t row) {
  const int64_t dim = job.dim;
  const Row x = row_of(job, block.at, row, 4 * dim);
  if (skips(job, x.at)) return hand_on(job, block, row, x.at, 3);
  const int64_t next = --block.ends[row];
  put_with_1(job.factors.inputs + next * job.factors.ld, job.input + x.at * job.input_dim, job.input_dim);
  put_with_1(job.state_factors.inputs + next * job.state_factors.ld, x.hidden, dim);
  for (int64_t d = 0; d < dim; d += LANES) gru_gate_gradients(job, block, x, row, d, dim - d);
}

FOOTLIGHT_TARGET void gru_block_back(const SequenceBackward& job, float* workspace, int64_t first, int64_t rows) {
  const int64_t dim = job.dim;
  BackBlock block;
  begin_back(job, block, 3, 4, workspace, first, rows);
  for (int64_t step = job.time - 1; step >= 0; step--) {
    step_back(job, block, step);
    for (int64_t row = 0; row < rows; row++) gru_row_back(job, block, row);
    look_ahead(block.ahead, step > 0 ? step - 1 : 0);
    if (!block.idle) add_product(block.recurrent_gates, 3 * dim, job.recurrent, 3 * dim, dim, block.at.hidden, block.at.ld, rows, block.ahead);
    input_back(job, block, 3 * dim);
  }
  return_rows(block.at, block.at.hidden, job.hidden_gradient, dim);
}

FOOTLIGHT_TARGET void lstm_block(const SequenceForward& job, float* workspace, int64_t first, int64_t rows) {
  run_forward(job, lstm_tiles, 4, job.multiplier ? 5 : 4, workspace, first, rows);
}

FOOTLIGHT_TARGET void gru_block(const SequenceForward& job, float* workspace, int64_t first, int64_t rows) {
  run_forward(job, gru_tiles, 3, 4, workspace, first, rows);
}

static const SequenceSteps steps = {pack_gates, pack_columns, project, lstm_block, lstm_block_back, gru_block, gru_block_back};
#undef FOOTLIGHT_TILES

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
const SequenceSteps& sequence_steps() { return FOOTLIGHT_DISPATCH(steps); }
#endif

}  // namespace footlight
