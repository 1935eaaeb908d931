#include "kernels/gemm.h"

#include "kernels/arithmetic.h"
#include "kernels/gemm_units.h"
#include "threading/counter.h"

#undef FOOTLIGHT_TARGET_INCLUDE
#define FOOTLIGHT_TARGET_INCLUDE "kernels/gemm.cc"
#include "simd/foreach_target.h"
#include "simd/vector-inl.h"

namespace footlight {
namespace {

namespace FOOTLIGHT_NAMESPACE {
#include "kernels/gemm_tiles-inl.h"
}
}  // namespace

#if FOOTLIGHT_ONCE
namespace {

void finish(const Product& p, int64_t i_begin, int64_t i_end, int64_t j_begin, int64_t j_end) {
  const auto [bias, activation] = p.epilogue;
  if (!bias && !activation) return;
  for (int64_t row = i_begin; row < i_end; row++) {
    float* const values = p.c + row * p.ldc;
    if (bias)
      for (int64_t x = j_begin; x < j_end; x++) values[x] += bias[x];
    if (activation) activation(values + j_begin, j_end - j_begin);
  }
}

// Cheaper for one thread than waking another.
constexpr int64_t small_work = 1 << 18;

constexpr int64_t narrow_columns = 2;

void multiply_narrow(const Threads& threads, const Product& p, float* workspace) {
  const float* columns = p.b;
  int64_t ld = p.ldb;
  if (!p.transpose_b) {
    float* const transposed = workspace;
    for (int64_t d = 0; d < p.k; d++)
      for (int64_t j = 0; j < p.n; j++) transposed[j * p.k + d] = p.b[d * p.ldb + j];
    columns = transposed;
    ld = p.k;
  }
  const auto run = FOOTLIGHT_DISPATCH(narrow);
  parallel(threads, p.m, 1 + small_work / 4 / (p.n * p.k + 1), [&](int64_t begin, int64_t end, int) {
    run(p, columns, ld, begin, end);
    finish(p, begin, end, 0, p.n);
  });
}

}  // namespace

// Measured on processors with 1 MB of second cache; smaller ones find the panels of B in the third, which is fast enough for how often they are read.
Blocks blocks() { return {384, 624, 240, 512}; }

namespace {

int64_t count_sharers(const Threads& threads, const Product& p) { return max(1, min(threads.count, p.m * p.n * max(1, p.k) / small_work)); }

int64_t workspace_of_sharer() {
  const Blocks most = blocks();
  return (round_up(most.columns, 16) + round_up(most.rows, 16)) * most.depth;
}

bool is_narrow(const Product& p) { return !p.transpose_a && p.n <= narrow_columns; }

}  // namespace

int64_t share_workspace(const Threads& threads, const Product& p) { return count_sharers(threads, p) * workspace_of_sharer(); }

void share(const Threads& threads, const Product& p, Unit unit, float* workspace) {
  if (p.m <= 0 || p.n <= 0) return;
  if (p.k <= 0 && p.beta == 0.0f)
    for (int64_t i = 0; i < p.m; i++) __builtin_memset(p.c + i * p.ldc, 0, p.n * sizeof(float));
  const Blocks most = blocks();
  int64_t down = max(1, divide_up(p.m, most.unit_rows)), across = max(1, divide_up(p.n, most.columns));
  const int64_t sharers = count_sharers(threads, p);
  // A few units are made a multiple of the threads by cutting the longer side.
  if (down * across < 8 * sharers && down * across % sharers != 0) {
    if (p.n >= p.m) across = round_up(across, sharers);
    else down = round_up(down, sharers);
  }
  Counter next;
  parallel(threads, sharers, 1, [&](int64_t, int64_t, int piece) {
    float* const own = workspace + piece * workspace_of_sharer();
    for (int64_t index; (index = next.take()) < down * across;) {
      const int64_t i = index % down, j = index / down;
      const int64_t i_begin = p.m * i / down, i_end = p.m * (i + 1) / down, j_begin = p.n * j / across, j_end = p.n * (j + 1) / across;
      unit(p, most, i_begin, i_end, j_begin, j_end, own);
      finish(p, i_begin, i_end, j_begin, j_end);
    }
  });
}

int64_t sgemm_workspace(const Threads& threads, const Product& p) { return is_narrow(p) ? (p.transpose_b ? 0 : p.n * p.k) : share_workspace(threads, p); }

void sgemm(const Threads& threads, const Product& p, float* workspace) {
  if (is_narrow(p)) multiply_narrow(threads, p, workspace);
  else share(threads, p, FOOTLIGHT_DISPATCH(unit), workspace);
}
#endif

}  // namespace footlight
