#include "kernels/attention.h"

#include "kernels/arithmetic.h"
#include "kernels/attention_memory.h"
#include "kernels/parts.h"
#include "threading/counter.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/attention.cc"
#include "simd/foreach_target.h"
#include "simd/math-inl.h"
#include "simd/vector-inl.h"

namespace footlight {
namespace {
namespace FOOTLIGHT_NAMESPACE {

// The sums of a tile, a row of B and an entry of A fill the registers.
#if defined(__aarch64__)
enum { ROWS = 6, VECTORS = 4 };
#else
enum { ROWS = LANES == 4 ? 4 : 6, VECTORS = LANES == 16 ? 4 : 2 };
#endif

// C [rows, vectors · LANES] = or += A · B, where entry (r, d) of A is a[r · lda + d · step].
template <int rows, int vectors>
FOOTLIGHT_TARGET void product_tile(const float* a, int64_t lda, int64_t step, const float* b, int64_t ldb, int64_t depth, float* c, int64_t ldc, bool add) {
  Lanes sums[rows][vectors] = {};
  for (int64_t d = 0; d < depth; d++) {
    Lanes column[vectors];
    FOOTLIGHT_UNROLLED
    for (int v = 0; v < vectors; v++) column[v] = load<Lanes>(b + d * ldb + v * LANES);
    FOOTLIGHT_UNROLLED
    for (int r = 0; r < rows; r++)
      FOOTLIGHT_UNROLLED
      for (int v = 0; v < vectors; v++) sums[r][v] += column[v] * a[r * lda + d * step];
  }
  FOOTLIGHT_UNROLLED
  for (int r = 0; r < rows; r++)
    FOOTLIGHT_UNROLLED
    for (int v = 0; v < vectors; v++) {
      float* const to = c + r * ldc + v * LANES;
      store(to, add ? load<Lanes>(to) + sums[r][v] : sums[r][v]);
    }
}

typedef void (*ProductTile)(const float* a, int64_t lda, int64_t step, const float* b, int64_t ldb, int64_t depth, float* c, int64_t ldc, bool add);

#define FOOTLIGHT_TILES(vectors)                                                                                                             \
  {product_tile<1, vectors>, product_tile<2, vectors>, product_tile<3, vectors>, product_tile<4, vectors>, product_tile<ROWS < 5 ? 4 : 5, vectors>, \
   product_tile<ROWS, vectors>}
static const ProductTile product_tiles[4][6] = {FOOTLIGHT_TILES(1), FOOTLIGHT_TILES(VECTORS < 2 ? 1 : 2), FOOTLIGHT_TILES(VECTORS < 3 ? VECTORS : 3),
                                                FOOTLIGHT_TILES(VECTORS)};

// C [m, n] = or += A · B; C and B have `n` rounded up to whole vectors.
FOOTLIGHT_TARGET void multiply(const float* a, int64_t lda, int64_t step, const float* b, int64_t ldb, int64_t m, int64_t n, int64_t depth, float* c, int64_t ldc,
                               bool add) {
  const int64_t all = (n + LANES - 1) / LANES;
  for (int64_t column = 0; column < all; column += VECTORS) {
    const int64_t left = all - column, vectors = left < VECTORS ? left : (int64_t)VECTORS;
    for (int64_t row = 0; row < m; row += ROWS) {
      const int64_t rows = m - row < ROWS ? m - row : (int64_t)ROWS;
      product_tiles[vectors - 1][rows - 1](a + row * lda, lda, step, b + column * LANES, ldb, depth, c + row * ldc + column * LANES, ldc, add);
    }
  }
}

// How many of the sources each step of a block attends to. They are the first ones, since `sources` ascends.
FOOTLIGHT_TARGET int64_t count_sources(const AttentionSizes& sizes, const AttentionMemory& memory, int64_t found, int64_t first, int64_t steps) {
  int64_t count = 0;
  for (int64_t t = 0; t < steps; t++) {
    while (count < found && (!sizes.causal || memory.sources[count] <= first + t)) count++;
    memory.counts[t] = (int32_t)count;
  }
  return count;
}

// to [d, columns] = the rows of the sources, transposed, times `factor`; what is beyond them is 0.
FOOTLIGHT_TARGET void pack_columns(const float* from, int64_t ld, const int32_t* sources, int64_t found, int64_t d, float factor, float* to, int64_t columns) {
  for (int64_t j = 0; j < found; j++)
    for (int64_t e = 0; e < d; e++) to[e * columns + j] = from[sources[j] * ld + e] * factor;
  const int64_t end = (found + LANES - 1) / LANES * LANES;
  for (int64_t e = 0; e < d; e++)
    for (int64_t j = found; j < end; j++) to[e * columns + j] = 0.0f;
}

// to [rows, width] = rows of d numbers times `factor`, with zeros behind them; `sources` chooses rows, or nullptr.
FOOTLIGHT_TARGET void pack_rows(const float* from, int64_t ld, const int32_t* sources, int64_t rows, int64_t d, float factor, float* to, int64_t width) {
  for (int64_t j = 0; j < rows; j++) {
    const float* const row = from + (sources ? sources[j] : j) * ld;
    FOOTLIGHT_INDEPENDENT
    for (int64_t e = 0; e < d; e++) to[j * width + e] = row[e] * factor;
    for (int64_t e = d; e < width; e++) to[j * width + e] = 0.0f;
  }
}

// x [count] = e^(x − largest), and `normalizers` the largest and log Σ e^(x − largest); returns 1 / Σ.
FOOTLIGHT_TARGET float exponentiate(float* x, int64_t count, float* normalizers) {
  float best[LANES], sums[LANES] = {};
  for (int k = 0; k < LANES; k++) best[k] = x[0];
  int64_t j = 0;
  for (; j + LANES <= count; j += LANES)
    for (int k = 0; k < LANES; k++) best[k] = x[j + k] > best[k] ? x[j + k] : best[k];
  for (; j < count; j++) best[0] = x[j] > best[0] ? x[j] : best[0];
  float most = best[0];
  for (int k = 1; k < LANES; k++) most = best[k] > most ? best[k] : most;
  j = 0;
  for (; j + LANES <= count; j += LANES)
    for (int k = 0; k < LANES; k++) {
      x[j + k] = exp(x[j + k] - most);
      sums[k] += x[j + k];
    }
  double sum = 0;
  for (; j < count; j++) {
    x[j] = exp(x[j] - most);
    sum += x[j];
  }
  for (int k = 0; k < LANES; k++) sum += sums[k];
  if (normalizers) {
    normalizers[0] = most;
    normalizers[1] = (float)::log(sum);
  }
  return (float)(1.0 / sum);
}

FOOTLIGHT_TARGET void fill_zeros(float* x, int64_t from, int64_t to) {
  for (int64_t j = from; j < to; j++) x[j] = 0.0f;
}

FOOTLIGHT_INLINE uint32_t mix(uint32_t x) {
  x = (x ^ (x >> 16)) * 0x21f0aaadu;
  x = (x ^ (x >> 15)) * 0xd35a2d97u;
  return x ^ (x >> 15);
}

// x [count] times the factors of the dropout.
FOOTLIGHT_TARGET void drop_weights(const AttentionDropout& dropout, const AttentionSizes& sizes, const AttentionPair& pair, int64_t step, const int32_t* sources,
                                   float* x, int64_t count) {
  const uint32_t own = mix(dropout.seed + (uint32_t)(step * sizes.heads + pair.head) * 0x9e3779b9u), threshold = dropout.threshold;
  const float scale = dropout.scale;
  FOOTLIGHT_INDEPENDENT
  for (int64_t j = 0; j < count; j++) x[j] *= mix(own + (uint32_t)sources[j] * 0x9e3779b9u) < threshold ? 0.0f : scale;
}

FOOTLIGHT_TARGET void run_forward(const AttentionSizes& sizes, const AttentionForward& job, const AttentionMemory& memory, const AttentionPair& pair) {
  const int64_t d = pair.d, at = pair.head * d, base = pair.first_source * sizes.dim + at;
  pack_columns(job.keys + base, sizes.dim, memory.sources, pair.found, d, 1.0f / sqrt((float)d), memory.keys, memory.columns);
  pack_rows(job.values + base, sizes.dim, memory.sources, pair.found, d, 1.0f, memory.values, memory.width);
  for (int64_t first = 0; first < pair.steps; first += block_steps) {
    const int64_t steps = pair.steps - first < block_steps ? pair.steps - first : (int64_t)block_steps;
    const int64_t count = count_sources(sizes, memory, pair.found, first, steps);
    const int64_t begin = (pair.first_step + first) * sizes.dim + at;
    if (count > 0) multiply(job.queries + begin, sizes.dim, 1, memory.keys, memory.columns, steps, count, d, memory.scores, memory.columns, false);
    for (int64_t t = 0; t < steps; t++) {
      const int64_t step = pair.first_step + first + t, own = memory.counts[t];
      float* const scores = memory.scores + t * memory.columns;
      float* const normalizers = job.normalizers ? job.normalizers + 2 * (step * sizes.heads + pair.head) : nullptr;
      if (own > 0) {
        const float factor = exponentiate(scores, own, normalizers);
        for (int64_t j = 0; j < own; j++) scores[j] *= factor;
        if (job.dropout.threshold) drop_weights(job.dropout, sizes, pair, step, memory.sources, scores, own);
      } else if (normalizers) fill_zeros(normalizers, 0, 2);
      fill_zeros(scores, own, count);
    }
    multiply(memory.scores, memory.columns, 1, memory.values, memory.width, steps, d, count, memory.steps, memory.width, false);
    for (int64_t t = 0; t < steps; t++)
      for (int64_t e = 0; e < d; e++) job.out[begin + t * sizes.dim + e] = memory.steps[t * memory.width + e];
  }
}

// weights = e^(weights − largest − log Σ), of scores: a_tj.
FOOTLIGHT_TARGET void normalize(float* weights, int64_t count, const float* normalizers) {
  const float most = normalizers[0], log_sum = normalizers[1];
  for (int64_t j = 0; j < count; j++) weights[j] = exp((weights[j] - most) - log_sum);
}

// ∂L/∂s_tj = a_tj (∂L/∂a_tj − Σ_j' a_tj' ∂L/∂a_tj'), where the sum is y_t · ∂L/∂y_t.
FOOTLIGHT_TARGET void differentiate_scores(const float* weights, float* gradients, int64_t count, float sum) {
  FOOTLIGHT_INDEPENDENT
  for (int64_t j = 0; j < count; j++) gradients[j] = weights[j] * (gradients[j] - sum);
}

FOOTLIGHT_TARGET void run_backward(const AttentionSizes& sizes, const AttentionBackward& job, const AttentionMemory& memory, const AttentionPair& pair) {
  const int64_t d = pair.d, at = pair.head * d, base = pair.first_source * sizes.dim + at, found = pair.found;
  const float scale = 1.0f / sqrt((float)d);
  pack_columns(job.keys + base, sizes.dim, memory.sources, found, d, scale, memory.keys, memory.columns);
  pack_columns(job.values + base, sizes.dim, memory.sources, found, d, 1.0f, memory.values, memory.columns);
  pack_rows(job.keys + base, sizes.dim, memory.sources, found, d, scale, memory.key_rows, memory.width);
  fill_zeros(memory.key_gradients, 0, found * memory.width);
  fill_zeros(memory.value_gradients, 0, found * memory.width);
  for (int64_t first = 0; first < pair.steps; first += block_steps) {
    const int64_t steps = pair.steps - first < block_steps ? pair.steps - first : (int64_t)block_steps;
    const int64_t count = count_sources(sizes, memory, found, first, steps);
    const int64_t begin = (pair.first_step + first) * sizes.dim + at;
    if (count > 0) {
      pack_rows(job.queries + begin, sizes.dim, nullptr, steps, d, scale, memory.query_steps, memory.width);
      pack_rows(job.gradients + begin, sizes.dim, nullptr, steps, d, 1.0f, memory.gradient_steps, memory.width);
      multiply(job.queries + begin, sizes.dim, 1, memory.keys, memory.columns, steps, count, d, memory.scores, memory.columns, false);
      multiply(job.gradients + begin, sizes.dim, 1, memory.values, memory.columns, steps, count, d, memory.score_gradients, memory.columns, false);
      for (int64_t t = 0; t < steps; t++) {
        const int64_t step = pair.first_step + first + t, own = memory.counts[t], place = begin + t * sizes.dim;
        float *const weights = memory.scores + t * memory.columns, *const gradients = memory.score_gradients + t * memory.columns;
        normalize(weights, own, job.normalizers + 2 * (step * sizes.heads + pair.head));
        if (job.dropout.threshold) drop_weights(job.dropout, sizes, pair, step, memory.sources, gradients, own);
        differentiate_scores(weights, gradients, own, dot(job.out + place, job.gradients + place, d));
        if (job.dropout.threshold) drop_weights(job.dropout, sizes, pair, step, memory.sources, weights, own);
        fill_zeros(weights, own, count);
        fill_zeros(gradients, own, count);
      }
      multiply(memory.score_gradients, 1, memory.columns, memory.query_steps, memory.width, count, d, steps, memory.key_gradients, memory.width, true);
      multiply(memory.scores, 1, memory.columns, memory.gradient_steps, memory.width, count, d, steps, memory.value_gradients, memory.width, true);
    }
    multiply(memory.score_gradients, memory.columns, 1, memory.key_rows, memory.width, steps, d, count, memory.steps, memory.width, false);
    for (int64_t t = 0; t < steps; t++)
      for (int64_t e = 0; e < d; e++) job.query_gradients[begin + t * sizes.dim + e] = memory.steps[t * memory.width + e];
  }
  for (int64_t j = 0; j < pair.sources; j++) {
    fill_zeros(job.key_gradients + base + j * sizes.dim, 0, d);
    fill_zeros(job.value_gradients + base + j * sizes.dim, 0, d);
  }
  for (int64_t j = 0; j < found; j++)
    for (int64_t e = 0; e < d; e++) {
      job.key_gradients[base + memory.sources[j] * sizes.dim + e] = memory.key_gradients[j * memory.width + e];
      job.value_gradients[base + memory.sources[j] * sizes.dim + e] = memory.value_gradients[j * memory.width + e];
    }
}

}  // namespace FOOTLIGHT_NAMESPACE
}  // namespace

#if FOOTLIGHT_ONCE
namespace {

// Waking another thread costs more than this many multiplications.
constexpr int64_t small_work = 1 << 18;

int64_t count_sharers(const Threads& threads, const AttentionSizes& sizes) {
  int64_t pairs = 0;  // of a step and a source
  for (int64_t row = 0; row < sizes.batch; row++)
    pairs += static_cast<int64_t>(sizes.step_offsets[row + 1] - sizes.step_offsets[row]) * (sizes.source_offsets[row + 1] - sizes.source_offsets[row]);
  return max(1, min(min(threads.count, pairs * sizes.dim / small_work), sizes.batch * sizes.heads));
}

size_t count_bytes(const AttentionSizes& sizes, bool backward) {
  Parts parts;
  const AttentionMemory memory(parts, sizes, backward);
  return parts.used();
}

int64_t list_sources(const float* mask, int64_t first, int64_t count, int32_t* sources) {
  int64_t found = 0;
  for (int64_t j = 0; j < count; j++)
    if (!mask || mask[first + j] != 0.0f) sources[found++] = static_cast<int32_t>(j);
  return found;
}

template <class Job>
void run_pairs(const Threads& threads, const AttentionSizes& sizes, const Job& job, bool backward, void* workspace,
               void (*run)(const AttentionSizes& sizes, const Job& job, const AttentionMemory& memory, const AttentionPair& pair)) {
  const size_t own_bytes = count_bytes(sizes, backward);
  Counter next;
  parallel(threads, count_sharers(threads, sizes), 1, [&](int64_t, int64_t, int piece) {
    Parts parts(static_cast<uint8_t*>(workspace) + piece * own_bytes);
    const AttentionMemory memory(parts, sizes, backward);
    for (int64_t at; (at = next.take()) < sizes.batch * sizes.heads;) {
      const int64_t row = at / sizes.heads;
      const int32_t *const steps = sizes.step_offsets + row, *const sources = sizes.source_offsets + row;
      AttentionPair pair{at % sizes.heads, sizes.dim / sizes.heads, steps[0], steps[1] - steps[0], sources[0], sources[1] - sources[0], 0};
      pair.found = list_sources(job.mask, pair.first_source, pair.sources, memory.sources);
      run(sizes, job, memory, pair);
    }
  });
}

}  // namespace

AttentionDropout attention_dropout(double rate, double seed) {
  const double threshold = rate * 0x1p32;
  return {static_cast<uint32_t>(seed), threshold < 0x1p32 - 1 ? static_cast<uint32_t>(threshold) : UINT32_MAX, static_cast<float>(1 / (1 - rate))};
}

void attention(const Threads& threads, const AttentionSizes& sizes, const AttentionForward& job, void* workspace) {
  run_pairs(threads, sizes, job, false, workspace, FOOTLIGHT_DISPATCH(run_forward));
}

size_t attention_workspace(const Threads& threads, const AttentionSizes& sizes) { return count_sharers(threads, sizes) * count_bytes(sizes, false); }

void attention_gradient(const Threads& threads, const AttentionSizes& sizes, const AttentionBackward& job, void* workspace) {
  run_pairs(threads, sizes, job, true, workspace, FOOTLIGHT_DISPATCH(run_backward));
}

size_t attention_gradient_workspace(const Threads& threads, const AttentionSizes& sizes) { return count_sharers(threads, sizes) * count_bytes(sizes, true); }
#endif

}  // namespace footlight
